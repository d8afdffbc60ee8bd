using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TrafficAudit.Benchmarks.Traffic;

/// <summary>The one exchange of the comparison: a phone's small query and a shop's answer of 2 KB. All of it is invented.</summary>
internal static class BenchTraffic
{
    public const string Host = "bench.example";

    /// <summary>Where the sequence number stands in <see cref="Target"/>; it makes each request another one.</summary>
    public const string SequencePlace = "0000000000";

    public static string Target { get; } = $"/v2/products?category=audio&page=3&gaid={BenchPersona.Gaid}&seq={SequencePlace}";

    /// <summary>The request's fields but <c>Host</c>, as a phone's browser sends them.</summary>
    public static IReadOnlyList<(string Name, string Value)> RequestFields { get; } =
    [
        ("User-Agent", "Mozilla/5.0 (Linux; Android 14; Pixel Bench) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"),
        ("Accept", "application/json, text/plain, */*"),
        ("Accept-Language", "ko-KR,ko;q=0.9,en;q=0.8"),
        ("Accept-Encoding", "gzip, deflate, br"),
        ("Referer", "https://bench.example/category/audio"),
        ("Origin", "https://bench.example"),
        ("Sec-Fetch-Site", "same-origin"),
        ("Sec-Fetch-Mode", "cors"),
        ("Sec-Fetch-Dest", "empty"),
        ("X-Requested-With", "XMLHttpRequest"),
        ("Cookie", "sid=7c1f0b3e9d2a4c55; locale=ko_KR; ab=B2; cart=3"),
    ];

    /// <summary>The answer's fields beside <c>Date</c>, <c>Content-Type</c> and <c>Content-Length</c>.</summary>
    public static IReadOnlyList<(string Name, string Value)> ResponseFields { get; } =
    [
        ("Cache-Control", "private, max-age=0"),
        ("ETag", "\"b3nch-000001\""),
        ("Vary", "Accept-Encoding, Origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "SAMEORIGIN"),
        ("Strict-Transport-Security", "max-age=31536000"),
        ("X-Request-Id", "4bf92f3577b34da6a3ce929d0e0e4736"),
    ];

    public const string ResponseType = "application/json; charset=utf-8";

    public static byte[] ResponseBody { get; } = JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            page = 3,
            total = 118,
            currency = "KRW",
            items = Enumerable.Range(1, 9).Select(i => new
            {
                productId = 1005000000000000 + i,
                sku = $"BENCH-{i:D4}-BK",
                name = $"Wireless earphones model {i}",
                price = (19_900 + (i * 1_300)).ToString(CultureInfo.InvariantCulture),
                rating = 4.1 + (i * 0.05),
                image = $"https://img.bench.example/p/{i:D8}/main_480.webp",
                stock = i * 7,
                tags = new[] { "audio", "bluetooth" },
            }),
        });

    /// <summary>The request as HTTP/1.1.</summary>
    public static byte[] Http11Request()
    {
        var text = new StringBuilder($"GET {Target} HTTP/1.1\r\nHost: {Host}\r\n");
        foreach (var (name, value) in RequestFields)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        return Encoding.ASCII.GetBytes(text.Append("\r\n").ToString());
    }
}
