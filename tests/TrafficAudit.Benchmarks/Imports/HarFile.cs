using System.Globalization;
using System.Text.Json;
using TrafficAudit.Benchmarks.Traffic;
using TrafficAudit.Testing;

namespace TrafficAudit.Benchmarks.Imports;

/// <summary>
/// A HAR of any size: a shop's exchanges with answers in JSON, each with another sequence number, and now and then a picture of 8 MiB. All of it is invented.
/// </summary>
internal static class HarFile
{
    private const int PictureBytes = 8 * 1024 * 1024;
    private const int EntriesPerPicture = 5000;

    /// <summary>Writes the file.</summary>
    public static void Write(string path, int entries, long bytes)
    {
        var picture = Convert.ToBase64String(new byte[PictureBytes]);
        var pictures = entries / EntriesPerPicture;
        var usual = (int)Math.Max(0, (bytes - ((long)pictures * picture.Length)) / entries);
        var answer = Answer(usual);
        using var file = new StreamWriter(path);
        file.Write("""{"log":{"version":"1.2","creator":{"name":"bench","version":"1"},"entries":[""");
        for (var i = 0; i < entries; i++)
        {
            file.Write(i == 0 ? "\n" : ",\n");
            file.Write(Entry(i, i % EntriesPerPicture == EntriesPerPicture - 1 ? Content("image/jpeg", picture, "base64") : answer));
        }

        file.Write("]}}");
    }

    private static string Entry(int index, string content) => JsonSerializer.Serialize(new
    {
        startedDateTime = Some.Time.AddMilliseconds(index).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        time = 42.5,
        serverIPAddress = $"192.0.2.{1 + (index % 250)}",
        request = new
        {
            method = "GET",
            url = $"https://{BenchTraffic.Host}{BenchTraffic.Target.Replace(BenchTraffic.SequencePlace, index.ToString("D10", CultureInfo.InvariantCulture), StringComparison.Ordinal)}",
            httpVersion = "h2",
            headers = BenchTraffic.RequestFields.Select(f => new { name = f.Name, value = f.Value }),
        },
        response = new
        {
            status = 200,
            statusText = "",
            httpVersion = "h2",
            headers = BenchTraffic.ResponseFields.Append(("Content-Type", BenchTraffic.ResponseType)).Select(f => new { name = f.Item1, value = f.Item2 }),
            content = JsonDocument.Parse(content).RootElement,
        },
        timings = new { blocked = 1, dns = -1, connect = -1, send = 0.5, wait = 40, receive = 1 },
    });

    private static string Answer(int bytes)
    {
        var item = new { name = "Wireless earphones", price = "19900", image = "https://img.bench.example/p/00000001/main_480.webp", stock = 7 };
        var rest = Math.Max(1, (bytes - 1500) / 150);
        return Content(BenchTraffic.ResponseType, JsonSerializer.Serialize(new { items = Enumerable.Repeat(item, rest) }), encoding: null);
    }

    private static string Content(string type, string text, string? encoding) => JsonSerializer.Serialize(new { mimeType = type, text, encoding });
}
