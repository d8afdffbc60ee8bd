using System.Net;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Model;
using TrafficAudit.Testing.Mmdb;

namespace TrafficAudit.Geolocation.Tests.Databases;

/// <summary>Every layout against every form of address and every kind of damage.</summary>
public sealed class LayoutMatrixTests
{
    private const string V4 = "192.0.2.0/24";
    private const string V6 = "2001:db8::/32";

    public static TheoryData<string> Layouts =>
    [
        "GeoLite2-City", "GeoIP2-City", "GeoLite2-Country", "GeoIP2-Country", "GeoIP2-Enterprise", "GeoLite2-ASN", "GeoIP2-ISP", "GeoIP2-Anonymous-IP",
        "DBIP-City-Lite", "DBIP-Country-Lite", "DBIP-ASN-Lite (compat=GeoLite2-ASN)", "DBIP-Location-ISP (compat=Enterprise)", "country ipvAll", "asn ipvAll",
    ];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void EveryFormOfAddress_FindsItsOwnRecord(string type)
    {
        using var folder = new GeoFolder().With("a.mmdb", Database(type));
        using var databases = GeoDatabases.Load(folder.Path);

        // The wrong networks hold what must never be found: 2002::/16 and Teredo's prefix as a whole, and the bits of IPv6 read as IPv4.
        var wanted = Answer(databases, "192.0.2.77");
        Assert.NotEqual(Answer(databases, "198.51.100.1"), wanted);
        Assert.Equal(wanted, Answer(databases, "::ffff:192.0.2.77"));
        Assert.Equal(wanted, Answer(databases, "2002:c000:24d::1"));
        Assert.Equal(wanted, Answer(databases, "64:ff9b::192.0.2.77"));
        Assert.Equal(wanted, Answer(databases, "2001:db8::1"));
        Assert.Equal(Answer(databases, "198.51.100.1"), Answer(databases, "2002:c633:6401::1"));
        Assert.Equal(Answer(databases, "198.51.100.1"), Answer(databases, "2001:0:5ef5:79fd::1"));
        Assert.Equal("2002:c000:24d::1", databases.Find(IPAddress.Parse("2002:c000:24d::1")).Address);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void CutFile_IsRefusedAtEveryLength(string type)
    {
        var whole = Database(type).ToArray();
        for (var length = 0; length < whole.Length; length += 23)
        {
            using var file = new MemoryStream(whole[..length]);
            Assert.Throws<GeoDatabaseException>(() => LoadedDatabase.Open(file, "cut.mmdb", "cut.mmdb"));
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void DamagedFile_IsRefusedOrAnswersWithoutThrowing(string type)
    {
        var whole = Database(type).ToArray();
        var random = new Random(20260101);
        for (var i = 0; i < 100; i++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            using var file = new MemoryStream(bytes);
            try
            {
                using var database = LoadedDatabase.Open(file, "a.mmdb", "a.mmdb");
                database.TryRead(IPAddress.Parse("192.0.2.1"), out _);
                database.TryRead(IPAddress.Parse("2001:db8::1"), out _);
            }
            catch (GeoDatabaseException e)
            {
                Assert.StartsWith("geo database a.mmdb ", e.Message, StringComparison.Ordinal);
            }
        }
    }

    private static (string?, long?, string?, string) Answer(GeoDatabases databases, string address)
    {
        var lookup = databases.Find(IPAddress.Parse(address));
        var own = lookup.Observations.Where(o => o.Name == "a.mmdb").ToList();
        return (own.Select(o => o.Country).FirstOrDefault(c => c is not null), lookup.Asn, lookup.AsOrganization, string.Join(' ', own.Select(o => o.Source)));
    }

    private static MmdbWriter Database(string type)
    {
        var writer = new MmdbWriter { DatabaseType = type };
        foreach (var (networks, right) in new[] { (new[] { V4, V6 }, true), (["2002::/16", "2001::/32", "32.0.0.0/8"], false) })
        {
            foreach (var network in networks)
            {
                writer.Add(network, Record(type, right));
            }
        }

        return writer;
    }

    private static IReadOnlyDictionary<string, object> Record(string type, bool right)
    {
        var country = MmdbWriter.Map(("iso_code", right ? "KR" : "FR"));
        (string, object)[] network = [("autonomous_system_number", right ? 64500u : 64666u), ("autonomous_system_organization", right ? "Right" : "Wrong")];
        return type switch
        {
            "country ipvAll" => MmdbWriter.Map(("country_code", right ? "KR" : "FR")),
            "GeoIP2-Anonymous-IP" => MmdbWriter.Map((right ? "is_hosting_provider" : "is_tor_exit_node", true)),
            _ when type.Contains("ASN", StringComparison.OrdinalIgnoreCase) || type == "GeoIP2-ISP" => MmdbWriter.Map(network),
            _ when type.Contains("Enterprise", StringComparison.Ordinal) => MmdbWriter.Map(("country", country), ("traits", MmdbWriter.Map(network))),
            _ => MmdbWriter.Map(("country", country)),
        };
    }
}
