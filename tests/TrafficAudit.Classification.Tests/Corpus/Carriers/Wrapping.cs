using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Carriers;

/// <summary>What is done to a text before it is laid into a message.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Encode">Does it.</param>
/// <param name="OnlyDocuments">Whether only whole documents are treated so: nobody compresses a telephone number, or writes one in UTF-16.</param>
internal sealed record Wrapping(string Name, Func<Value, Value> Encode, bool OnlyDocuments = false)
{
    /// <summary>Those that carry any text.</summary>
    public static IReadOnlyList<Wrapping> All { get; } =
    [
        new("percent", value => value.Percent()),
        new("percent twice", value => value.Percent().Percent()),
        new("base64", value => value.Base64()),
        new("base64url", value => value.Base64Url()),
        new("base64 twice", value => value.Base64().Base64()),
        new("base64 of percent", value => value.Percent().Base64()),
        new("hex", value => value.Hex()),
        new("base32", value => value.Base32()),
        new("base64 of gzip", value => value.Packed(Pack.Gzip).Base64()),
        new("base64url of gzip", value => value.Packed(Pack.Gzip).Base64Url()),
        new("base64 of zlib", value => value.Packed(Pack.Zlib).Base64()),
        new("base64 of deflate", value => value.Packed(Pack.Deflate).Base64(), OnlyDocuments: true),
        new("base64 of brotli", value => value.Packed(Pack.Brotli).Base64(), OnlyDocuments: true),
        new("base64 of zstd", value => value.Packed(Pack.Zstd).Base64()),
        new("base64 of lz4", value => value.Packed(Pack.Lz4).Base64()),
        new("hex of gzip", value => value.Packed(Pack.Gzip).Hex()),
        new("lz-string base64", value => value.LzString(LzStringWriter.ToBase64)),
        new("lz-string url", value => value.LzString(LzStringWriter.ToUrl)),
        new("lz-string utf-16", value => value.LzString(LzStringWriter.ToUtf16)),
        new("html entities", value => value.Html()),
        new("escapes", value => value.Escapes()),
        new("base64 of utf-16", value => value.Utf16().Base64(), OnlyDocuments: true),
        new("hex of utf-16", value => value.Utf16().Hex(), OnlyDocuments: true),
    ];
}
