using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace TrafficAudit.Model;

/// <summary>Where a server is, and how that is known: one look-up, kept as evidence.</summary>
public sealed record AddressLookup
{
    /// <summary>The address looked up, in its usual text form.</summary>
    public required string Address { get; init; }

    /// <summary>The host that was reached there; null for the look-up of an address alone.</summary>
    public string? Host { get; init; }

    /// <summary>How that host's name became the address; null for the look-up of an address alone, or where nobody recorded it.</summary>
    public NameResolution? Resolution { get; init; }

    /// <summary>The server's country, ISO 3166-1 alpha-2; null when nothing says.</summary>
    public string? Country { get; init; }

    /// <summary>How certain <see cref="Country"/> is.</summary>
    public required CountryGrade Grade { get; init; }

    /// <summary>Number of the autonomous system (RFC 6793), null if no database says.</summary>
    public long? Asn { get; init; }

    /// <summary>Who runs that autonomous system.</summary>
    public string? AsOrganization { get; init; }

    /// <summary>The content delivery network or cloud that the server is part of (<c>Cloudflare</c>); null where none is recognised.</summary>
    public string? Network { get; init; }

    /// <summary>What each source said, in order of preference.</summary>
    public ImmutableArray<Observation> Observations { get; init; } = [];
}

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
/// <remarks>"Country" is three facts, kept apart: the server's (<see cref="AddressLookup"/>), this organisation's, and its group's.</remarks>
/// <param name="Name">What it is called (<c>Meta Platforms</c>); for an unknown host its registrable domain or address.</param>
/// <param name="Country">Where that organisation is registered, ISO 3166-1 alpha-2; null if not known.</param>
/// <param name="Basis">How it was found: <c>directory</c>, <c>certificate</c>, <c>domain</c>, <c>as_organization</c>, <c>address</c>.</param>
/// <param name="Cloaks">A tracker that the host's name leads to by a CNAME, though the host is under the recipient's own domain; null for none.</param>
/// <param name="GroupCountry">Where the group that controls it sits, ISO 3166-1 alpha-2; null if not known.</param>
/// <param name="Carrier">The content delivery network or cloud of another company that carries the data to it; null for none.</param>
public sealed record Recipient(string Name, string? Country, string Basis, string? Cloaks = null, string? GroupCountry = null, string? Carrier = null);
