using System.Text;
using TrafficAudit.Geolocation.Outlines;
using TrafficAudit.Testing;

namespace TrafficAudit.Geolocation.Tests.Outlines;

public sealed class FileTests : IDisposable
{
    private const string Square = """
        {"type":"Topology","arcs":[[[0,0],[10,0],[10,10],[0,10],[0,0]]],"objects":{"countries":{"type":"GeometryCollection","geometries":[
        {"type":"Polygon","id":"410","properties":{"name":"Nowhere"},"arcs":[[0]]}]}}}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FileInTheFolder_TakesThePlaceOfTheBuiltInOne()
    {
        Put("countries-50m.json", Square);
        var world = WorldOutlines.Load(_folder.Path);

        Assert.Equal(0, world.DistanceKm("KR", new(5, 5)));
        Assert.Equal(111.2, world.DistanceKm("KR", new(11, 5))!.Value, 0.5);
        Assert.Null(world.DistanceKm("CH", new(5, 5)));
    }

    [Fact]
    public void PlacesInTheFolder_TakeThePlaceOfTheBuiltInOnes()
    {
        Put("places.csv", "# mine\ncountry,latitude,longitude,radius_km,kind,note\nGI,36.13,-5.35,3,island,a rock, in the sea\n");
        var world = WorldOutlines.Load(_folder.Path);

        Assert.Equal(0, world.DistanceKm("GI", new(36.14, -5.35)));
        Assert.Null(world.DistanceKm("TV", new(0, 0)));
    }

    [Fact]
    public void FolderWithoutTheFiles_IsAsNone() => Assert.Equal(0, WorldOutlines.Load(_folder.Path).DistanceKm("KR", new(37.57, 126.98)));

    public static TheoryData<string, string> Damaged => new()
    {
        { "countries-50m.json", "" },
        { "countries-50m.json", "null" },
        { "countries-50m.json", "{" },
        { "countries-50m.json", "[]" },
        { "countries-50m.json", "{\"type\":\"Topology\"}" },
        { "countries-50m.json", Square.Replace("countries", "land", StringComparison.Ordinal) },
        { "countries-50m.json", Square.Replace("[[0]]", "[[1]]", StringComparison.Ordinal) },
        { "countries-50m.json", Square.Replace("[[0]]", "[[-2147483648]]", StringComparison.Ordinal) },
        { "countries-50m.json", Square.Replace("[[0]]", "[[0.5]]", StringComparison.Ordinal) },
        { "countries-50m.json", Square.Replace("[[0]]", "[[[0]]]", StringComparison.Ordinal) },
        { "countries-50m.json", Square.Replace("[[0]]", "\"0\"", StringComparison.Ordinal) },
        { "countries-50m.json", Square.Replace("[[0]]", "[null,[]]", StringComparison.Ordinal) },
        { "countries-50m.json", Square.Replace(",\"arcs\":[[0]]", "", StringComparison.Ordinal) },
        { "countries-50m.json", Square.Replace("[10,0]", "[1e999,0]", StringComparison.Ordinal) },
        { "countries-50m.json", Square.Replace("[10,0]", "[10,91]", StringComparison.Ordinal) },
        { "countries-50m.json", Square.Replace("[10,0]", "[10]", StringComparison.Ordinal) },
        { "countries-50m.json", Square.Replace("[10,0]", "null", StringComparison.Ordinal) },
        { "countries-50m.json", Square.Replace("[[[0,0],[10,0],[10,10],[0,10],[0,0]]]", "[null]", StringComparison.Ordinal) },
        { "countries-50m.json", Square.Replace("\"arcs\":[[[0", "\"transform\":{\"scale\":[1],\"translate\":[0,0]},\"arcs\":[[[0", StringComparison.Ordinal) },
        { "countries-50m.json", Square.Replace("\"arcs\":[[[0", "\"transform\":{\"scale\":[1e308,1],\"translate\":[0,0]},\"arcs\":[[[0", StringComparison.Ordinal) },
        { "countries-50m.json", Square.Replace("[[0]]", $"[[{string.Join(',', Enumerable.Repeat("0", 500_000))}]]", StringComparison.Ordinal) },
        { "countries-50m.json", new string('[', 100_000) },
        { "countries-50m.json", new string(' ', (16 * 1024 * 1024) + 1) },
        { "places.csv", "" },
        { "places.csv", "country,latitude,longitude,radius_km,kind,note\nGI,36.13,-5.35\n" },
        { "places.csv", "country,latitude,longitude,radius_km,kind,note\nUK,36.13,-5.35,3,island,\n" },
        { "places.csv", "country,latitude,longitude,radius_km,kind,note\nGI,96.13,-5.35,3,island,\n" },
        { "places.csv", "country,latitude,longitude,radius_km,kind,note\nGI,36.13,-5.35,-3,island,\n" },
        { "places.csv", "country,latitude,longitude,radius_km,kind,note\nGI,36.13,-5.35,NaN,island,\n" },
        { "places.csv", "country,latitude,longitude,radius_km,kind,note\nGI,36.13,-5.35,3,atoll,\n" },
    };

    [Theory]
    [MemberData(nameof(Damaged), DisableDiscoveryEnumeration = true)]
    public void DamagedFile_IsOneClearLineThatNamesIt(string name, string text)
    {
        Put(name, text);
        var fault = Assert.Throws<OutlineFileException>(() => WorldOutlines.Load(_folder.Path));

        Assert.StartsWith($"world/{name} ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
        Assert.InRange(fault.Message.Length, 40, 300);
    }

    [Fact]
    public void EveryTruncationOfTheFile_IsAFault()
    {
        for (var length = 0; length < Square.TrimEnd().Length; length++)
        {
            Put("countries-50m.json", Square[..length]);
            Assert.Throws<OutlineFileException>(() => WorldOutlines.Load(_folder.Path));
        }
    }

    private void Put(string name, string text)
    {
        Directory.CreateDirectory(_folder.File("world"));
        File.WriteAllBytes(_folder.File($"world/{name}"), Encoding.UTF8.GetBytes(text));
    }
}
