using System.Net.Mime;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TrafficAudit.Review.Api;

/// <summary>
/// Answers with JSON under an ETag that is the digest of it (RFC 9110, section 8.8.3), so that it tells apart whatever changes an answer: flows, decisions,
/// names, databases; also over restarts. A client that has the answer gets 304 without it.
/// </summary>
internal static class JsonReply
{
    private const int DigestBytes = 16;

    /// <summary>Writes the answer.</summary>
    public static async Task WriteAsync<T>(HttpContext context, T reply, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(reply, type);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, DigestBytes))}\"");
        context.Response.GetTypedHeaders().ETag = tag;
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(tag, useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = MediaTypeNames.Application.Json;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
