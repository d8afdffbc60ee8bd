using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace TrafficAudit.Review.Api;

/// <summary>Reads what a request sends.</summary>
internal static class JsonBody
{
    /// <summary>Reads the body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">What it is to be.</param>
    /// <param name="expected">For people: how it is sent.</param>
    /// <exception cref="ApiFaultException">It is something else.</exception>
    /// <exception cref="BadHttpRequestException">It is too long, or was cut off.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, string expected)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted) ?? throw Wrong(expected);
        }
        catch (JsonException)
        {
            throw Wrong(expected);
        }
    }

    /// <summary>What is thrown of a body that can't be used.</summary>
    public static ApiFaultException Wrong(string expected) => new(StatusCodes.Status400BadRequest, expected);
}
