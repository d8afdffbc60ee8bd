using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TrafficAudit.Review.Api;

/// <summary>Where the next page begins: opaque to clients, good for one filter, and without the filter's text.</summary>
internal static class PageCursor
{
    private const int DigestBytes = 8;
    private const int LongestCursor = 64;

    /// <summary>The page below a flow.</summary>
    public static string After(long flow, string filter) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{flow}:{DigestOf(filter)}")));

    /// <summary>The flow below which the page is.</summary>
    /// <exception cref="RejectedRequestException">It is none of ours, or of another filter.</exception>
    public static long Read(string cursor, string filter)
    {
        var text = cursor.Length <= LongestCursor && Base64Url.IsValid(cursor) ? Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)) : "";
        return text.Split(':') is [var number, var digest]
            && digest == DigestOf(filter)
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var flow)
            && flow > 0
            ? flow
            : throw new RejectedRequestException("The cursor is none of this list with this filter; leave it out for the first page.");
    }

    private static string DigestOf(string filter) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(filter)).AsSpan(0, DigestBytes));
}
