using System.Text.Json.Serialization;

namespace TrafficAudit.Model;

/// <summary>What one source says about where a server is.</summary>
/// <param name="Source">The kind of source, one of <see cref="ObservationSource"/>; or what the network is used for: <c>hosting_provider</c>,
/// <c>anonymous_vpn</c>, <c>public_proxy</c>, <c>residential_proxy</c>, <c>tor_exit_node</c>.</param>
/// <param name="Name">Which one: the database's file name, the header field, the host name, the network, the lab's position.</param>
/// <param name="Country">ISO 3166-1 alpha-2; null when it has no answer.</param>
/// <param name="Built">When the database was built, UTC.</param>
/// <param name="Sha256">The database file's SHA-256, lower-case hex.</param>
public sealed record Observation(string Source, string Name, string? Country = null, DateTimeOffset? Built = null, string? Sha256 = null)
{
    /// <summary>What was seen, for people (<c>ICN, Seoul</c>; <c>3.2 ms: at most 352 km away</c>); null where the country is all.</summary>
    public string? Detail { get; init; }

    /// <summary>What it does to the answer that was given.</summary>
    public Bearing Bearing { get; init; }
}

/// <summary>The kinds of sources; stored in the evidence, never reused for something else.</summary>
public static class ObservationSource
{
    /// <summary>A database of addresses.</summary>
    public const string Database = "database";

    /// <summary>A database whose record for the address can't be read.</summary>
    public const string DamagedDatabase = "damaged_database";

    /// <summary>A field of the response in which a content delivery network or a cloud names the place that answered.</summary>
    public const string EdgeHeader = "edge_header";

    /// <summary>A part of the host's name, or of the name that its CNAME records lead to.</summary>
    public const string HostName = "host_name";

    /// <summary>The time that the TCP connection took to be made.</summary>
    public const string RoundTrip = "round_trip";

    /// <summary>A network whose addresses are in many places at once.</summary>
    public const string AnycastNetwork = "anycast_network";

    /// <summary>A content delivery network.</summary>
    public const string DeliveryNetwork = "cdn_network";

    /// <summary>A cloud in whose data centres many companies' servers are.</summary>
    public const string CloudNetwork = "cloud_network";

    /// <summary>The address was looked up at import (<c>import --resolve-now</c>), not recorded: the data may have gone to another one.</summary>
    public const string ResolvedLater = "resolved_later";
}

/// <summary>What an observation does to the country that was given as the answer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Bearing>))]
public enum Bearing
{
    /// <summary>It fits others as well, or says nothing of the country.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>It says the same.</summary>
    [JsonStringEnumMemberName("confirms")] Confirms,

    /// <summary>It says otherwise.</summary>
    [JsonStringEnumMemberName("refutes")] Refutes,
}
