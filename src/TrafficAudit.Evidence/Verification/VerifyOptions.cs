using System.Security.Cryptography.X509Certificates;

namespace TrafficAudit.Evidence.Verification;

/// <summary>How a case is verified.</summary>
public sealed record VerifyOptions
{
    /// <summary>The fingerprint that the newest seal's key must have (SHA-256 in hex, with or without colons); null when none was lodged elsewhere.</summary>
    public string? Key { get; init; }

    /// <summary>The roots to which timestamps must lead; null to try the system's and say when they do not.</summary>
    public X509Certificate2Collection? TimestampRoots { get; init; }

    /// <summary>Looks at every record by itself also where the sealed bytes are what they were.</summary>
    public bool EveryRecord { get; init; }
}
