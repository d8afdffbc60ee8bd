using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Locating;

/// <summary>A source that names a country for a server.</summary>
/// <param name="Said">The observation.</param>
/// <param name="Kind">What kind of source it is: two of one kind may share their errors.</param>
internal sealed record Claim(Observation Said, ClaimKind Kind)
{
    public string Country => Said.Country!;
}

/// <summary>What kind of source a claim is of.</summary>
internal enum ClaimKind
{
    /// <summary>A database of addresses.</summary>
    Database,

    /// <summary>The edge itself, in its response.</summary>
    Edge,

    /// <summary>A cloud's own name for one of its machines.</summary>
    Name,
}
