using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TrafficAudit.Evidence.Walking;
using TrafficAudit.Evidence.Warc;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Sealing;

/// <summary>
/// A record's line in <c>evidence-00001.cdxj</c>: key, time and JSON, as indexes of web archives have them (CDXJ; members as in WACZ 1.1.1), in the
/// order of the file:
/// <code>
/// example,shop)/a 20260102030405 {"url":"https://shop.example/a","mime":"text/html","status":"200","digest":"sha256:…","length":"512",
///   "offset":"1024","filename":"evidence-00001.warc.gz","recordDigest":"sha256:…","type":"response","id":"&lt;urn:uuid:…&gt;","flow":"12"}
/// </code>
/// <c>digest</c> is the payload's where it is known, else the block's; <c>recordDigest</c> that of the gzip member at <c>offset</c>.
/// </summary>
internal sealed record CdxjLine
{
    /// <summary>Text as it is where JSON allows it.</summary>
    private static readonly CdxjJson Readable = new(new JsonSerializerOptions(CdxjJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public required string Url { get; init; }

    public required string Mime { get; init; }

    public string? Status { get; init; }

    public required string Digest { get; init; }

    public required string Length { get; init; }

    public required string Offset { get; init; }

    public required string Filename { get; init; }

    [JsonPropertyName("recordDigest")]
    public required string RecordDigest { get; init; }

    public required string Type { get; init; }

    public required string Id { get; init; }

    public string? Flow { get; init; }

    /// <summary>The line of a record, without its end.</summary>
    /// <param name="record">The record.</param>
    /// <param name="block">Its block, read.</param>
    /// <param name="file">The segment's name.</param>
    /// <param name="memberDigest">SHA-256 of the record as it lies in the file.</param>
    public static string Of(WarcRecord record, BlockReading block, string file, string memberDigest)
    {
        var head = record.Type == "response" && record[WarcHeaders.Erased] is null ? HttpHead.Parse(block.Start) : null;
        var line = new CdxjLine
        {
            Url = record[WarcHeaders.TargetUri] ?? "",
            Mime = head is null ? record[WarcHeaders.ContentType] ?? "" : head.MediaType,
            Status = head?.Status?.ToString(),
            Digest = record[WarcHeaders.PayloadDigest] ?? record[WarcHeaders.BlockDigest] ?? "",
            Length = record.MemberLength.ToString(),
            Offset = record.Offset.ToString(),
            Filename = file,
            RecordDigest = memberDigest,
            Type = record.Type,
            Id = record[WarcHeaders.RecordId] ?? "",
            Flow = record[WarcHeaders.Flow],
        };
        return $"{Surt.KeyOf(line.Url)} {TimeOf(record[WarcHeaders.Date])} {JsonSerializer.Serialize(line, Readable.CdxjLine)}";
    }

    /// <summary>Reads a line; null when it is none.</summary>
    public static CdxjLine? Parse(string line)
    {
        var json = line.IndexOf('{', StringComparison.Ordinal);
        try
        {
            return json < 0 ? null : JsonSerializer.Deserialize(line[json..], CdxjJson.Default.CdxjLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The 14 digits of <c>2026-01-02T03:04:05.678901Z</c>.</summary>
    private static string TimeOf(string? date)
    {
        var digits = string.Concat((date ?? "").Where(char.IsAsciiDigit).Take(14));
        return digits.Length == 14 ? digits : "00000000000000";
    }
}

/// <summary>The JSON of a line.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CdxjLine))]
internal sealed partial class CdxjJson : JsonSerializerContext;
