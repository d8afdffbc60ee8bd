using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace TrafficAudit.Model;

/// <summary>Where an IP address is, and how that is known: one look-up, kept as evidence.</summary>
public sealed record AddressLookup
{
    /// <summary>The address looked up, in its usual text form.</summary>
    public required string Address { get; init; }

    /// <summary>The server's country, ISO 3166-1 alpha-2; null when nothing says.</summary>
    public string? Country { get; init; }

    /// <summary>How certain <see cref="Country"/> is.</summary>
    public required CountryGrade Grade { get; init; }

    /// <summary>Number of the autonomous system (RFC 6793), null if no database says.</summary>
    public long? Asn { get; init; }

    /// <summary>Who runs that autonomous system.</summary>
    public string? AsOrganization { get; init; }

    /// <summary>What each source said, in order of preference.</summary>
    public ImmutableArray<Observation> Observations { get; init; } = [];
}

/// <summary>What one source says about where an address is.</summary>
/// <param name="Source">The kind of source: <c>database</c>, or <c>damaged_database</c> for a record that can't be read; or what the network is used
/// for: <c>hosting_provider</c>, <c>anonymous_vpn</c>, <c>public_proxy</c>, <c>residential_proxy</c>, <c>tor_exit_node</c>.</param>
/// <param name="Name">Which one: the database's file name.</param>
/// <param name="Country">ISO 3166-1 alpha-2; null when it has no answer.</param>
/// <param name="Built">When the database was built, UTC.</param>
/// <param name="Sha256">The database file's SHA-256, lower-case hex.</param>
public sealed record Observation(string Source, string Name, string? Country = null, DateTimeOffset? Built = null, string? Sha256 = null);

/// <summary>How sure a country is (design: destinations, "Server country").</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CountryGrade>))]
public enum CountryGrade
{
    /// <summary>No address, or nobody knows it.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,

    /// <summary>Two independent sources agree.</summary>
    [JsonStringEnumMemberName("confirmed")] Confirmed,

    /// <summary>One source.</summary>
    [JsonStringEnumMemberName("located")] Located,

    /// <summary>Sources disagree.</summary>
    [JsonStringEnumMemberName("disputed")] Disputed,

    /// <summary>Anycast or content delivery: the data may go on.</summary>
    [JsonStringEnumMemberName("edge")] Edge,
}

/// <summary>The organisation behind a host name.</summary>
/// <param name="Name">What it is called (<c>Meta Platforms</c>); for an unknown host its registrable domain or address.</param>
/// <param name="Country">Where that organisation is registered, ISO 3166-1 alpha-2; null if not known.</param>
/// <param name="Basis">How it was found: <c>directory</c>, <c>certificate</c>, <c>domain</c>, <c>as_organization</c>, <c>address</c>.</param>
/// <param name="Cloaks">A tracker that the host's name leads to by a CNAME, though the host is under the recipient's own domain; null for none.</param>
public sealed record Recipient(string Name, string? Country, string Basis, string? Cloaks = null);
