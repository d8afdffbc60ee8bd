using System.Collections.Immutable;
using System.Xml.Linq;
using TrafficAudit.Geolocation.Outlines;
using TrafficAudit.Geolocation.Pictures;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Tests.Pictures;

/// <summary>Transfers and pictures of them.</summary>
internal static class Some
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static readonly WorldOutlines World = WorldOutlines.Load(null);

    public static readonly GeoPosition Seoul = new(37.57, 126.98);

    public static PictureContext Context(GeoPosition? lab = null) => new()
    {
        Title = "Case 17: Example Shop",
        Day = new(2026, 11, 26),
        Outlines = World,
        Lab = lab,
        Attributions = [new("IP Geolocation by DB-IP", new("https://db-ip.com")), new("Made with Natural Earth")],
    };

    public static Transfer Transfer(
        string item, string recipient, string? country, CountryGrade grade = CountryGrade.Located, int flows = 1, Confidence confidence = Confidence.Certain) =>
        new(item, recipient, [], country, grade, [], [.. Enumerable.Range(1, flows).Select(number => (long)number)], default, default, [], confidence, null);

    /// <summary>Each grade, a small territory, a country without an outline, an unknown one.</summary>
    public static ImmutableArray<Transfer> Typical { get; } =
    [
        Transfer("phone", "Example Shop", "KR", CountryGrade.Confirmed, 240),
        Transfer("email", "Example Shop", "KR", CountryGrade.Confirmed, 12),
        Transfer("postal_address", "Example Shop", "SG"),
        Transfer("gaid", "Example Ads", "US", CountryGrade.Edge, 55),
        Transfer("email", "Example Ads", "US", CountryGrade.Located, 2),
        Transfer("gaid", "Example Push", "CN", CountryGrade.Disputed, 17),
        Transfer("android_id", "Example Push", "CN", CountryGrade.Disputed, 17, Confidence.Possible),
        Transfer("location", "Example Maps", "BR", CountryGrade.Located, 1200, Confidence.Likely),
        Transfer("gaid", "Example Maps", "QZ", CountryGrade.Located),
        Transfer("gaid", "tracker.example", null, CountryGrade.Unknown, 2),
        Transfer("email", "tracker.example", null, CountryGrade.Unknown, 2),
    ];

    /// <summary>So many recipients with several items each, all over the world.</summary>
    public static ImmutableArray<Transfer> Many(int recipients)
    {
        string[] countries = [.. World.Countries];
        return
        [
            .. from recipient in Enumerable.Range(0, recipients)
               from item in Enumerable.Range(0, 1 + (recipient % 7))
               let country = countries[recipient * 37 % countries.Length]
               select Transfer($"item_{((recipient * 7) + item) % 40}", $"Recipient {recipient} Incorporated", country, (CountryGrade)(1 + (recipient % 4))),
        ];
    }

    public static string Map(IReadOnlyList<Transfer> transfers, PictureContext context) => Write(TransferMap.Write, transfers, context);

    public static string Matrix(IReadOnlyList<Transfer> transfers, PictureContext context) => Write(TransferMatrix.Write, transfers, context);

    private static string Write(Action<TextWriter, IReadOnlyList<Transfer>, PictureContext> write, IReadOnlyList<Transfer> transfers, PictureContext context)
    {
        var writer = new StringWriter();
        write(writer, transfers, context);
        return writer.ToString();
    }
}
