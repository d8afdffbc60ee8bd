using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace TrafficAudit.Capture.Doors;

/// <summary>Reads the body of a form, bounded in size and time: the proxy's port lets phones send for as long as they like.</summary>
internal static class SetupForm
{
    public const int LargestBody = 4 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The fields of a form; or null and the status to answer with: 413 too large, 408 too slow, 400 broken or gone.</summary>
    public static async Task<(Dictionary<string, StringValues>? Fields, int Status)> ReadAsync(HttpRequest request, TimeProvider clock)
    {
        if (request.ContentLength > LargestBody)
        {
            return (null, StatusCodes.Status413PayloadTooLarge);
        }

        using var tooSlow = new CancellationTokenSource(Patience, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(tooSlow.Token, request.HttpContext.RequestAborted);
        try
        {
            var body = new byte[LargestBody + 1];
            var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, ended.Token);
            return length > LargestBody
                ? (null, StatusCodes.Status413PayloadTooLarge)
                : (QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body, 0, length)), StatusCodes.Status200OK);
        }
        catch (OperationCanceledException)
        {
            return (null, StatusCodes.Status408RequestTimeout);
        }
        catch (IOException)
        {
            // Chunks that are none, or the client left.
            return (null, StatusCodes.Status400BadRequest);
        }
    }
}
