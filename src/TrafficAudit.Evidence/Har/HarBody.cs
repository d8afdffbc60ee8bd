using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Har;

/// <summary>
/// One body as the file holds it. A HAR holds bodies without their content coding, and text as Unicode; so the fields of the
/// head that describe coding, framing and character set no longer fit the bytes. See <see cref="HarHead"/> for what becomes of them.
/// </summary>
/// <param name="Bytes">What the file holds.</param>
/// <param name="Length">How long the body was, as far as the file says.</param>
/// <param name="IsUnicodeText">The bytes are text that was written anew as UTF-8, whatever it was before.</param>
/// <param name="IsStillCoded">The bytes still carry their content coding.</param>
/// <param name="ContentType">The content type that the bytes have, where the head's own does not fit them; else null.</param>
internal sealed record HarBody(byte[] Bytes, long Length, bool IsUnicodeText = false, bool IsStillCoded = false, string? ContentType = null)
{
    private const long MaxClaimedSize = 1L << 50;

    /// <summary>No body.</summary>
    public static HarBody None { get; } = new([], 0);

    /// <summary>Whether the file holds all of it.</summary>
    public bool IsWhole => Length == Bytes.Length;

    /// <summary>
    /// The facts for the flow's metadata. Where the file holds a part only, the digest is that of the part: nobody can know the other.
    /// </summary>
    public MessageFacts Facts(bool complete) => new()
    {
        Head = HeadForm.Reconstructed,
        BodyLength = Length,
        BodyCaptured = Bytes.Length,
        BodySha256 = Convert.ToHexStringLower(SHA256.HashData(Bytes)),
        Complete = complete && IsWhole,
    };

    /// <summary>A response's body.</summary>
    /// <exception cref="UnusableEntryException">The base64 can't be read.</exception>
    public static HarBody OfResponse(HarResponse response, HarHeaders headers)
    {
        var content = response.Content;
        var body = Decode(content, "response.content.text", headers);
        var size = Claimed(content.Size);
        if (content.Compression is { } saved && size + saved == body.Bytes.Length)
        {
            return body; // mitmproxy: the size is that of the coded bytes
        }

        return body.Claiming(size, headers);
    }

    /// <summary>A request's body: what HTTP Toolkit holds apart, else the posted text, else what the posted parameters make.</summary>
    /// <exception cref="UnusableEntryException">The base64 can't be read.</exception>
    public static HarBody OfRequest(HarRequest request, HarHeaders headers)
    {
        var size = Claimed(request.BodySize);
        if (request.Content.Text is { Length: > 0 })
        {
            return Decode(request.Content, "request._content.text", headers).Claiming(Claimed(request.Content.Size), headers);
        }

        if (request.PostData.Text is { Length: > 0 })
        {
            // With a coding, the writers give the size of the coded bytes and the text of the decoded ones.
            return Decode(request.PostData, "request.postData.text", headers).Claiming(headers["Content-Encoding"] is null ? size : 0, headers);
        }

        if (request.Params.Count > 0)
        {
            return PostedParams.Body(request, headers);
        }

        var length = size > 0 ? size : long.TryParse(headers["Content-Length"], out var named) ? Claimed(named) : 0;
        return new HarBody([], length);
    }

    private HarBody Claiming(long size, HarHeaders headers)
    {
        // Text in another character set had another length, and a byte order mark is no part of the text.
        var isKnownOtherwise = IsUnicodeText && Bytes.Length > 0 && (headers.HasForeignCharset || size == Bytes.Length + 3);
        return size > Bytes.Length && !isKnownOtherwise ? this with { Length = size } : this;
    }

    private static long Claimed(double? size) => size is > 0 and <= MaxClaimedSize ? (long)size.Value : 0;

    private static HarBody Decode(HarContent content, string field, HarHeaders headers)
    {
        var bytes = content.Text ?? [];
        var isBase64 = string.Equals(content.Encoding?.Trim(), "base64", StringComparison.OrdinalIgnoreCase);
        var isText = !isBase64;
        if (isBase64)
        {
            bytes = FromBase64(bytes) ?? throw new UnusableEntryException($"{field} is no valid base64");
        }
        else if (AsLatin1(bytes) is { } binary)
        {
            bytes = binary;
            isText = false;
        }

        var type = isText && bytes.Length > 0 ? headers.AsUtf8 : null;
        return new HarBody(bytes, bytes.Length, isText, IsCoded(bytes, headers["Content-Encoding"]), type);
    }

    /// <summary>The bytes that a base64 text stands for; null when it is none. Overwrites the text.</summary>
    public static byte[]? FromBase64(byte[] text)
    {
        text = text.AsSpan().IndexOf((byte)'=') < 0 && text.Length % 4 is 2 or 3 ? [.. text, .. "=="u8[..(4 - (text.Length % 4))]] : text;
        return Base64.DecodeFromUtf8InPlace(text, out var length) == OperationStatus.Done ? text[..length] : null;
    }

    // Some writers give a compressed body as text of one character a byte; gzip's first two bytes can't begin a text.
    private static byte[]? AsLatin1(byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith("\u001F\u008B"u8))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes);
        return text.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF') ? null : Encoding.Latin1.GetBytes(text);
    }

    private static bool IsCoded(ReadOnlySpan<byte> bytes, string? coding) => coding?.Trim().ToLowerInvariant() switch
    {
        "gzip" or "x-gzip" => bytes.StartsWith<byte>([0x1F, 0x8B]),
        "zstd" => bytes.StartsWith<byte>([0x28, 0xB5, 0x2F, 0xFD]),
        _ => false,
    };
}
