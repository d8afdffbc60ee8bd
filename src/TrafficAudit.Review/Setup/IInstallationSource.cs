namespace TrafficAudit.Review.Setup;

/// <summary>What the installation has: read anew at each call, from many threads at once.</summary>
public interface IInstallationSource
{
    /// <summary>What results rest on.</summary>
    DataReport Data();

    /// <summary>The certificate authority that phones under test trust.</summary>
    AuthorityReport Authority { get; }

    /// <summary>What the case takes on the disk, how it is sealed, and whether this computer is fit to record.</summary>
    StorageReport Storage();
}
