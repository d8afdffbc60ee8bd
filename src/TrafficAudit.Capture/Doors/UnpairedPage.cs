using System.Collections.Immutable;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace TrafficAudit.Capture.Doors;

/// <summary>A whole answer, for connections that no HTTP server serves.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Headers">The headers, Content-Length among them.</param>
/// <param name="Body">The body.</param>
public sealed record DoorAnswer(HttpStatusCode Status, ImmutableArray<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The answer as HTTP/1.1 bytes (RFC 9112). The sender closes the connection after it, as its <c>Connection: close</c> says.</summary>
    public byte[] ToHttp11()
    {
        var head = new StringBuilder($"HTTP/1.1 {(int)Status} {Status}\r\n");
        foreach (var (name, value) in Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. Body.Span];
    }

    /// <summary>The answer on a connection that an HTTP server serves.</summary>
    public async Task WriteAsync(HttpResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        response.StatusCode = (int)Status;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        if (!HttpMethods.IsHead(response.HttpContext.Request.Method))
        {
            await response.Body.WriteAsync(Body);
        }
    }
}

/// <summary>
/// What a client that isn't paired, or whose device is blocked, gets when it asks the proxy for something else than the proxy: how to pair, or
/// that it is blocked, and nothing forwarded.
/// </summary>
public static class UnpairedPage
{
    // No style sheet: this page is shown under another host's name, where there is none.
    private const string Policy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>For a request in absolute form: 403 and a page.</summary>
    /// <param name="acceptLanguage">The request's Accept-Language, if any.</param>
    /// <param name="reached">The local end of the client's connection, where the set-up pages are (<see cref="SetupPages.AreAskedFor"/>).</param>
    /// <param name="isBlocked">Whether it is a device that is blocked.</param>
    public static DoorAnswer ForRequest(string? acceptLanguage, IPEndPoint reached, bool isBlocked = false)
    {
        var page = SetupHtml.Page(
            SetupLanguage.InOrderFor(acceptLanguage), w => SetupHtml.Message(w, isBlocked ? w.Blocked : w.NotForwarded, AddressOf(reached)));
        return Answer("text/html; charset=utf-8", page.Markup, new KeyValuePair<string, string>("Content-Security-Policy", Policy));
    }

    /// <summary>For CONNECT: 403 and one line of text, which few clients show.</summary>
    /// <param name="reached">The local end of the client's connection.</param>
    /// <param name="isBlocked">Whether it is a device that is blocked.</param>
    public static DoorAnswer ForConnect(IPEndPoint reached, bool isBlocked = false)
    {
        var why = isBlocked ? "This device is blocked in TrafficAudit" : "This device is not paired with TrafficAudit";
        return Answer("text/plain; charset=utf-8", $"{why}; nothing was forwarded. See {AddressOf(reached)}\n");
    }

    private static string AddressOf(IPEndPoint reached) => $"http://{new IPEndPoint(ClientAddress.Normal(reached.Address), reached.Port)}/";

    private static DoorAnswer Answer(string type, string text, params ReadOnlySpan<KeyValuePair<string, string>> more)
    {
        var body = Encoding.UTF8.GetBytes(text);
        return new DoorAnswer(
            HttpStatusCode.Forbidden,
            [
                new("Content-Type", type), new("Content-Length", body.Length.ToString()), new("Cache-Control", "no-store"),
                new("X-Content-Type-Options", "nosniff"), new("Connection", "close"), .. more,
            ],
            body);
    }
}
