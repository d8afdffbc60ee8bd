using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TrafficAudit.Benchmarks.Traffic;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Benchmarks.Throughput;

/// <summary>A message of a kind that apps send or get, in a flow without a body on the other side.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Flow">The flow.</param>
/// <param name="Bytes">Heads and bodies together.</param>
internal sealed record Sample(string Name, FlowRecord Flow, long Bytes)
{
    public override string ToString() => Name;
}

/// <summary>The messages that classification is measured with. All of it is invented and the same in each run.</summary>
internal static class Samples
{
    /// <summary>Written as servers write: Korean as it is, not as escapes.</summary>
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<Sample> All { get; } =
    [
        Sent("2 KB JSON request", "application/json; charset=utf-8", Encoding.UTF8.GetBytes(Event())),
        Received("200 KB JSON response", "application/json; charset=utf-8", Encoding.UTF8.GetBytes(Products(200_000))),
        Sent("form with base64 JSON in it", "application/x-www-form-urlencoded", Encoding.ASCII.GetBytes(Form())),
        Received("200 KB HTML response", "text/html; charset=utf-8", Encoding.UTF8.GetBytes(Page(200_000))),
        Received("300 KB JPEG response", "image/jpeg", Picture(300_000)),
    ];

    private static Sample Sent(string name, string type, byte[] body)
    {
        var request = Some.Message($"POST /v1/events?sdk=4.2.0 HTTP/1.1\n{RequestFields}\nContent-Type: {type}\nContent-Length: {body.Length}", body);
        return Of(name, Some.Flow(request: request, response: Some.Message("HTTP/1.1 204 No Content\nDate: Fri, 02 Jan 2026 03:04:05 GMT")));
    }

    private static Sample Received(string name, string type, byte[] body)
    {
        var request = Some.Message($"GET /v1/list?page=2 HTTP/1.1\n{RequestFields}");
        var response = Some.Message($"HTTP/1.1 200 OK\nDate: Fri, 02 Jan 2026 03:04:05 GMT\nContent-Type: {type}\nContent-Length: {body.Length}", body);
        return Of(name, Some.Flow(request: request, response: response));
    }

    private static Sample Of(string name, FlowRecord flow) => new(
        name, flow, flow.Request!.Head.Length + flow.Request.Body.Length + flow.Response!.Head.Length + flow.Response.Body.Length);

    private static string RequestFields => $"Host: {BenchTraffic.Host}\n" + string.Join('\n', BenchTraffic.RequestFields.Select(f => $"{f.Name}: {f.Value}"));

    private static string Event() => JsonSerializer.Serialize(
        new
        {
            session = new { id = "0f8fad5b-d9cb-469f-a165-70867728950e", started = 1767323045678, count = 12 },
            device = new { model = "Bench-1", os = "Android 14", gaid = BenchPersona.Gaid, android_id = BenchPersona.AndroidId, locale = "ko_KR", screen = "1080x2340" },
            user = new { id = "u-2026-000123456", email = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(BenchPersona.Email))), phone = BenchPersona.Phone },
            receiver = new { name = BenchPersona.Name, address = BenchPersona.Address, zip = "04524" },
            events = Enumerable.Range(1, 10).Select(i => new
            {
                name = "view_item",
                time = 1767323045678 + i,
                item = $"1005000000{i:D6}",
                price = 19_900 + i,
                screen = "ProductDetailActivity",
            }),
        },
        Json);

    private static string Products(int length)
    {
        var products = new List<object>();
        for (var size = 0; size < length; size += 420)
        {
            var i = products.Count;
            products.Add(new
            {
                productId = 1005000000000000 + i,
                title = $"무선 이어폰 모델 {i} 블루투스 5.3 노이즈 캔슬링",
                price = new { value = 19_900 + (i % 97 * 100), currency = "KRW", discount = i % 40 },
                image = $"https://img.bench.example/p/{i:D8}/main_480.webp",
                seller = new { id = $"s-{i % 50:D6}", name = "좋은상점", rating = 4.5, country = "KR" },
                stock = i * 7 % 1000,
                shipping = new { free = true, days = 3, from = "Incheon" },
                trace = Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(i)))[..32],
            });
        }

        return JsonSerializer.Serialize(new { page = 2, items = products }, Json);
    }

    private static string Form()
    {
        var inner = Convert.ToBase64String(Encoding.UTF8.GetBytes(Event()));
        var outer = Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { version = 3, payload = inner, checksum = "5d41402a" })));
        return $"app_id=bench&ts=1767323045678&em={Uri.EscapeDataString(BenchPersona.Email)}&ph={Uri.EscapeDataString(BenchPersona.Phone)}&data={Uri.EscapeDataString(outer)}";
    }

    private static string Page(int length)
    {
        var page = new StringBuilder("<!doctype html><html lang=\"ko\"><head><meta charset=\"utf-8\"><title>오디오</title></head><body>\n");
        for (var i = 0; page.Length < length * 0.9; i++)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<div class=\"card card--{i % 4}\" data-id=\"{1005000000000000 + i}\"><a href=\"/item/{i}.html?ref=list&amp;pos={i}\"><img src=\"https://img.bench.example/p/{i:D8}/main_240.webp\" alt=\"이어폰 {i}\" loading=\"lazy\"></a><p class=\"price\">{19_900 + i}원</p></div>\n");
        }

        return page.Append("<script>window.__state={\"page\":2,\"locale\":\"ko_KR\"};</script></body></html>").ToString();
    }

    /// <summary>Bytes that no decoder can make anything of, behind the beginning of a JPEG.</summary>
    private static byte[] Picture(int length)
    {
        var bytes = new byte[length];
        new Random(20260102).NextBytes(bytes);
        byte[] beginning = [0xff, 0xd8, 0xff, 0xe0, 0, 0x10, (byte)'J', (byte)'F', (byte)'I', (byte)'F', 0, 1, 1];
        beginning.CopyTo(bytes, 0);
        return bytes;
    }
}
