using System.IO.Compression;
using System.Text;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.Decoding;

/// <summary>Decodes small messages and writes their leaves as lines: <c>path [decodings] text</c>.</summary>
internal static class Reading
{
    public static DecodedMessage Target(string target) => MessageDecoder.Decode(MessageKind.Request, Some.Message($"GET {target} HTTP/1.1\nHost: shop.example"));

    public static DecodedMessage Fields(string fields) => MessageDecoder.Decode(MessageKind.Request, Some.Message("GET / HTTP/1.1\n" + fields));

    public static DecodedMessage Body(string body, string? type = null, string? coding = null, DecodingLimits? limits = null) =>
        Body(Encoding.UTF8.GetBytes(body), type, coding, limits);

    public static DecodedMessage Body(byte[] body, string? type = null, string? coding = null, DecodingLimits? limits = null, TimeProvider? time = null)
    {
        var head = "HTTP/1.1 200 OK" + (type is null ? "" : "\nContent-Type: " + type) + (coding is null ? "" : "\nContent-Encoding: " + coding);
        return MessageDecoder.Decode(MessageKind.Response, Some.Message(head, body), limits, time);
    }

    public static string[] Lines(this DecodedMessage message, MessagePart part = MessagePart.Body) =>
        [.. message.Fields.Where(f => f.Part == part).Select(Line)];

    public static string Line(Field field)
    {
        var content = field.Kind == FieldKind.Undecoded ? $"<{field.Bytes.Length} bytes>" : field.Text;
        return $"{field.Path} [{string.Join(",", field.Decodings)}] {content}".TrimStart();
    }

    public static byte[] Gzip(byte[] plain) => Pack(plain, s => new GZipStream(s, CompressionLevel.Optimal));

    public static byte[] Zlib(byte[] plain) => Pack(plain, s => new ZLibStream(s, CompressionLevel.Optimal));

    public static byte[] RawDeflate(byte[] plain) => Pack(plain, s => new DeflateStream(s, CompressionLevel.Optimal));

    public static byte[] Brotli(byte[] plain) => Pack(plain, s => new BrotliStream(s, CompressionLevel.Optimal));

    public static byte[] Zstd(byte[] plain)
    {
        using var compressor = new ZstdSharp.Compressor();
        return compressor.Wrap(plain).ToArray();
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string Base64(string text) => Convert.ToBase64String(Utf8(text));

    private static byte[] Pack(byte[] plain, Func<Stream, Stream> open)
    {
        using var packed = new MemoryStream();
        using (var stream = open(packed))
        {
            stream.Write(plain);
        }

        return packed.ToArray();
    }
}
