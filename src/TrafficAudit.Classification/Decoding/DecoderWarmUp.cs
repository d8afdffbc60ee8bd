using System.Text;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// Runs the decoders once before the first message: what .NET compiles and what tables are made for on first use counts against the time that a message has, and on a
/// busy machine the first messages of a recording were given up for it.
/// </summary>
internal static class DecoderWarmUp
{
    private static readonly DecodingLimits Unhurried = DecodingLimits.Default with { Time = TimeSpan.FromMinutes(5) };

    private static readonly Lazy<bool> Done = new(Run);

    /// <summary>Returns when it was done, by this caller or another one.</summary>
    public static void Once() => _ = Done.Value;

    private static bool Run()
    {
        const string head = "POST /a/b?c=%41&d=e HTTP/1.1\r\nHost: a.example\r\nCookie: f=g; h=i\r\nContent-Type: {0}\r\n\r\n";
        const string json = """{"a":"dGhpcyBpcyBhIHNhbXBsZSBvZiBlbmNvZGVkIHRleHQ=","b":[1,2.5,true,null],"c":"{\"d\":\"e\"}","f":"<g>h</g>","i":"j=k&l=m","n":"https://a.example/?o=p","q":"0123456789abcdef0123456789abcdef"}""";
        foreach (var (type, body) in new[]
        {
            ("application/json", Encoding.UTF8.GetBytes(json)), ("application/x-www-form-urlencoded", "a=b&c=%7B%22d%22%3A1%7D"u8.ToArray()),
            ("application/x-protobuf", [0x0A, 5, .. "hello"u8, 0x10, 1]), ("application/octet-stream", [0x93, 1, 2, 3, 0xFF, 0xFE]), ("text/xml", "<a b=\"c\">d</a>"u8.ToArray()),
        })
        {
            var bytes = Encoding.ASCII.GetBytes(head.Replace("{0}", type, StringComparison.Ordinal));
            MessageDecoder.Decode(MessageKind.Request, new Message(bytes, new MemoryBody(body)), Unhurried);
        }

        return true;
    }
}
