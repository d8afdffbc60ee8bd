using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace TrafficAudit.Review.Api;

/// <summary>
/// Where the next page begins: behind the result that has a key, so that what is added meanwhile moves nothing. Opaque to clients, good for one list with
/// one filter, and without the text of either.
/// </summary>
internal static class PageCursor
{
    private const int DigestBytes = 8;
    private const int LongestCursor = 100;

    /// <summary>The page behind a result.</summary>
    /// <param name="key">The result's: without a colon, at most 20 characters of ASCII.</param>
    /// <param name="list">What tells the list and its filter from others.</param>
    public static string Behind(string key, string list) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{key}:{DigestOf(list)}"));

    /// <summary>The key of the result behind which the page begins.</summary>
    /// <exception cref="ApiFaultException">It is no cursor of ours, or one of another list or filter.</exception>
    public static string Read(string cursor, string list)
    {
        var text = cursor.Length <= LongestCursor && Base64Url.IsValid(cursor) ? Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)) : "";
        return text.Split(':') is [{ Length: > 0 } key, var digest] && digest == DigestOf(list) ? key : throw Wrong();
    }

    /// <summary>What is thrown of a cursor that can't be used.</summary>
    public static ApiFaultException Wrong() =>
        new(StatusCodes.Status400BadRequest, "The cursor is none of this list with this filter, or where it stood is no longer there: leave it out for the first page.");

    /// <summary>A short key in place of a long or telling one.</summary>
    public static string DigestOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, DigestBytes));
}
