using TrafficAudit.Classification.Decoding;

namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>Tokens that a decoder has read: what they hold is judged by itself, and the token is an item besides.</summary>
internal static class TokenFormat
{
    /// <summary>A JSON web token (RFC 7519), when the text of <paramref name="field"/> was decoded as one.</summary>
    public static FormatMatch? Match(Field field) =>
        field.Children is [{ Decodings: [.., Decodings.Jwt, Decodings.Json] }, ..] or [{ Decodings: [.., Decodings.Jwt] }, ..] && field.Text?.StartsWith("eyJ", StringComparison.Ordinal) is true
            ? new FormatMatch("jwt", "a JSON web token")
            : null;
}
