using System.Buffers;
using System.Buffers.Text;

namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// JSON web tokens in compact form (RFC 7519): <c>header</c> and <c>payload</c> of a signed one, <c>header</c> and the undecoded
/// <c>ciphertext</c> of an encrypted one (RFC 7516, 7.1). The signature is no field.
/// </summary>
internal static class JwtDecoder
{
    private const int SignedParts = 3;
    private const int EncryptedParts = 5;

    /// <summary>Adds what the text holds if it is such.</summary>
    public static bool TryDecode(DecodingRun run, Field field, ReadOnlySpan<char> text)
    {
        // What base64url makes of {" .
        if (!text.StartsWith("eyJ"))
        {
            return false;
        }

        Span<Range> parts = stackalloc Range[EncryptedParts];
        var count = text.Split(parts, '.');
        if (count is not (SignedParts or EncryptedParts) || Decode(text[parts[0]]) is not { } header
            || !JsonDecoder.TryDecodeText(run, field, header, "header", Decodings.Jwt))
        {
            return false;
        }

        if (count == EncryptedParts)
        {
            AddUndecoded(run, field, "ciphertext", Decode(text[parts[3]]));
        }
        else if (Decode(text[parts[1]]) is not { } payload || !JsonDecoder.TryDecodeText(run, field, payload, "payload", Decodings.Jwt))
        {
            AddUndecoded(run, field, "payload", Decode(text[parts[1]]));
        }

        return true;
    }

    private static void AddUndecoded(DecodingRun run, Field field, string key, byte[]? bytes)
    {
        if (bytes is { Length: > 0 } && run.TryStep(Scope.Under(field), Decodings.Jwt, bytes.Length, out var scope))
        {
            run.Add(scope, key, -1, FieldKind.Undecoded, null, 0, 0, bytes);
        }
    }

    private static byte[]? Decode(ReadOnlySpan<char> part)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(part.Length)];
        return Base64Url.DecodeFromChars(part, bytes, out _, out var length) == OperationStatus.Done ? bytes[..length] : null;
    }
}
