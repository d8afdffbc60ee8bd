using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Tests.WebArchives;

/// <summary>Builds WARC files as other tools write them; everything in them is invented.</summary>
internal static class WarcText
{
    public const string Shop = "https://shop.example/items?id=1";
    public const string Get = "GET /items?id=1 HTTP/1.1\r\nHost: shop.example\r\n\r\n";
    public const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok";

    public static byte[] Request(string id, string block = Get, string uri = Shop, string fields = "") => Record("request", id, block, uri, fields);

    public static byte[] Response(string id, string block = Ok, string uri = Shop, string fields = "") => Record("response", id, block, uri, fields);

    public static byte[] Record(string type, string id, string block, string uri = Shop, string fields = "", string? contentType = null, string date = "2026-01-02T03:04:05.678901Z") =>
        Record(type, id, Encoding.Latin1.GetBytes(block), uri, fields, contentType, date);

    public static byte[] Record(
        string type, string id, byte[] block, string uri = Shop, string fields = "", string? contentType = null, string date = "2026-01-02T03:04:05.678901Z")
    {
        contentType ??= $"application/http; msgtype={(type == "revisit" ? "response" : type)}";
        var header = $"WARC/1.1\r\nWARC-Type: {type}\r\nWARC-Record-ID: {Id(id)}\r\nWARC-Date: {date}\r\nWARC-Target-URI: {uri}\r\n"
            + $"Content-Type: {contentType}\r\n{fields}Content-Length: {block.Length}\r\n\r\n";
        return [.. Encoding.UTF8.GetBytes(header), .. block, .. "\r\n\r\n"u8];
    }

    public static byte[] Info(string software) => Record("warcinfo", "info", $"software: {software}\r\n", "", contentType: "application/warc-fields");

    public static string Id(string id) => $"<urn:uuid:{id}>";

    public static string ConcurrentTo(string id) => $"WARC-Concurrent-To: {Id(id)}\r\n";

    public static string Sha1(string block)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(SHA1.HashData(Encoding.Latin1.GetBytes(block)).Select(b => Convert.ToString(b, 2).PadLeft(8, '0')));
        return "sha1:" + string.Concat(bits.Chunk(5).Select(c => Letters[Convert.ToInt32(new string(c), 2)]));
    }

    /// <summary>A file as it is.</summary>
    public static byte[] Plain(params byte[][] records) => [.. records.SelectMany(r => r)];

    /// <summary>One gzip member for each record.</summary>
    public static byte[] Members(params byte[][] records) => [.. records.SelectMany(Gzip)];

    public static byte[] Gzip(byte[] bytes)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return output.ToArray();
    }

    public static string Head(this Message? message) => Encoding.Latin1.GetString(message!.Head.Span);

    public static string BodyText(this Message? message) => Encoding.Latin1.GetString(message!.Body.ToMemory().Span);
}
