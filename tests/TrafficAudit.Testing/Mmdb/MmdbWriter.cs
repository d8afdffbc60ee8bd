using System.Net;

namespace TrafficAudit.Testing.Mmdb;

/// <summary>
/// Writes small MaxMind DB files (format 2.0, https://maxmind.github.io/MaxMind-DB/) for tests. Values are strings, booleans,
/// doubles, unsigned integers (<see cref="ushort"/>, <see cref="uint"/>, <see cref="ulong"/>), maps with string keys, and sequences of these.
/// </summary>
public sealed class MmdbWriter
{
    private static readonly byte[] MetadataMarker = [0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8];

    private readonly List<(IPNetwork Network, object Data)> _networks = [];

    /// <summary>What <c>database_type</c> in the metadata says; readers choose the layout by it.</summary>
    public string DatabaseType { get; init; } = "country ipvAll";

    /// <summary>4 or 6; a file of version 6 holds both kinds of networks.</summary>
    public int IpVersion { get; init; } = 6;

    /// <summary>Bits a record: 24, 28 or 32.</summary>
    public int RecordSize { get; init; } = 24;

    /// <summary>When the database claims to be built; whole seconds.</summary>
    public DateTimeOffset Built { get; init; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>A flat file of <c>{country_code}</c>: what a lab uses to give its own addresses a country.</summary>
    /// <param name="networks">CIDR network and ISO 3166-1 alpha-2 country.</param>
    public static MmdbWriter Flat(params (string Network, string Country)[] networks)
    {
        var writer = new MmdbWriter();
        foreach (var (network, country) in networks)
        {
            writer.Add(network, Map(("country_code", country)));
        }

        return writer;
    }

    /// <summary>The layout of GeoLite2-Country and its like.</summary>
    public static MmdbWriter Country(string type = "GeoLite2-Country", params (string Network, string Country)[] networks)
    {
        var writer = new MmdbWriter { DatabaseType = type };
        foreach (var (network, country) in networks)
        {
            writer.Add(network, Map(("country", Map(("iso_code", country), ("names", Map(("en", country)))))));
        }

        return writer;
    }

    /// <summary>The layout of GeoLite2-City and its like, with a place and a position that mean nothing.</summary>
    public static MmdbWriter City(string type = "GeoLite2-City", params (string Network, string Country)[] networks)
    {
        var writer = new MmdbWriter { DatabaseType = type, RecordSize = 28 };
        foreach (var (network, country) in networks)
        {
            writer.Add(network, Map(
                ("city", Map(("geoname_id", 1u), ("names", Map(("en", "Exampleton"))))),
                ("country", Map(("iso_code", country), ("geoname_id", 2u), ("is_in_european_union", false))),
                ("location", Map(("latitude", 1.5), ("longitude", -2.25), ("accuracy_radius", (ushort)100))),
                ("subdivisions", new[] { Map(("iso_code", "EX")) })));
        }

        return writer;
    }

    /// <summary>The layout of GeoLite2-ASN.</summary>
    public static MmdbWriter Asn(params (string Network, uint Number, string Organization)[] networks)
    {
        var writer = new MmdbWriter { DatabaseType = "GeoLite2-ASN" };
        foreach (var (network, number, organization) in networks)
        {
            writer.Add(network, Map(("autonomous_system_number", number), ("autonomous_system_organization", organization)));
        }

        return writer;
    }

    /// <summary>A map value, its keys in the order given.</summary>
    public static IReadOnlyDictionary<string, object> Map(params (string Key, object Value)[] entries) =>
        entries.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);

    /// <summary>Gives every address of a CIDR network this value; where networks lie in one another, the narrowest counts.</summary>
    /// <exception cref="FormatException">The text is no network.</exception>
    public MmdbWriter Add(string network, object data)
    {
        _networks.Add((IPNetwork.Parse(network), data));
        return this;
    }

    /// <summary>Writes the file, replacing what was there.</summary>
    public void Write(string path) => File.WriteAllBytes(path, ToArray());

    /// <summary>The whole file.</summary>
    public byte[] ToArray()
    {
        var data = new MemoryStream();
        var tree = new MmdbTree(IpVersion);
        foreach (var (network, value) in _networks.OrderBy(entry => entry.Network.PrefixLength + (entry.Network.BaseAddress.GetAddressBytes().Length == 4 ? 96 : 0)))
        {
            tree.Add(network, (int)data.Position);
            MmdbEncoder.Write(data, value);
        }

        var nodes = tree.Flatten();
        var file = new MemoryStream();
        foreach (var (left, right) in nodes)
        {
            WriteNode(file, Number(left, nodes.Count), Number(right, nodes.Count));
        }

        file.Write(new byte[16]);
        data.WriteTo(file);
        file.Write(MetadataMarker);
        MmdbEncoder.Write(file, Metadata(nodes.Count));
        return file.ToArray();
    }

    private static uint Number(MmdbTree.Record? record, int nodeCount) => record switch
    {
        null => (uint)nodeCount,
        { IsData: true } data => (uint)(nodeCount + 16 + data.Value),
        { } node => (uint)node.Value,
    };

    private void WriteNode(Stream output, uint left, uint right)
    {
        byte[] bytes = RecordSize switch
        {
            24 => [(byte)(left >> 16), (byte)(left >> 8), (byte)left, (byte)(right >> 16), (byte)(right >> 8), (byte)right],
            28 =>
            [
                (byte)(left >> 16), (byte)(left >> 8), (byte)left,
                (byte)(((left >> 24) << 4) | (right >> 24)),
                (byte)(right >> 16), (byte)(right >> 8), (byte)right,
            ],
            32 =>
            [
                (byte)(left >> 24), (byte)(left >> 16), (byte)(left >> 8), (byte)left,
                (byte)(right >> 24), (byte)(right >> 16), (byte)(right >> 8), (byte)right,
            ],
            _ => throw new InvalidOperationException($"a record has 24, 28 or 32 bits, not {RecordSize}"),
        };
        output.Write(bytes);
    }

    private IReadOnlyDictionary<string, object> Metadata(int nodeCount) => Map(
        ("binary_format_major_version", (ushort)2),
        ("binary_format_minor_version", (ushort)0),
        ("build_epoch", (ulong)Built.ToUnixTimeSeconds()),
        ("database_type", DatabaseType),
        ("description", Map(("en", "Written by a test"))),
        ("ip_version", (ushort)IpVersion),
        ("languages", new[] { "en" }),
        ("node_count", (uint)nodeCount),
        ("record_size", (ushort)RecordSize));
}
