using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Benchmarks.Traffic;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Benchmarks.Servers;

/// <summary>The server that all candidates fetch from: HTTPS, HTTP/1.1 and HTTP/2, one small JSON answer.</summary>
internal static class UpstreamServer
{
    /// <summary>Apart from the loopback address of clients and candidates, as a server is from phones.</summary>
    public const string Address = "127.0.0.2";

    /// <summary>Serves until standard input ends.</summary>
    /// <param name="port">Where to listen on <see cref="Address"/>.</param>
    /// <param name="authorityFile">Where the certificate authority (PEM) is written for candidates that verify.</param>
    public static async Task RunAsync(int port, string authorityFile)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue([BenchTraffic.Host, Address]);
        await File.WriteAllTextAsync(authorityFile, authority.Pem);
        await using var server = await WebServer.StartAsync(Address, AnswerAsync, certificate, port: port);
        await StandardInput.EndAsync();
    }

    private static Task AnswerAsync(HttpContext context)
    {
        var response = context.Response;
        if (context.WebSockets.IsWebSocketRequest
            && context.Request.Path.StartsWithSegments("/messages", StringComparison.Ordinal, out var rate) && int.TryParse(rate.Value.AsSpan(1), CultureInfo.InvariantCulture, out var perSecond))
        {
            return MessageServer.SendAsync(context, perSecond);
        }

        if (!context.Request.Path.StartsWithSegments("/v2/products", StringComparison.Ordinal))
        {
            response.StatusCode = (int)HttpStatusCode.NotFound;
            return Task.CompletedTask;
        }

        foreach (var (name, value) in BenchTraffic.ResponseFields)
        {
            response.Headers[name] = value;
        }

        response.ContentType = BenchTraffic.ResponseType;
        response.ContentLength = BenchTraffic.ResponseBody.Length;
        return response.Body.WriteAsync(BenchTraffic.ResponseBody).AsTask();
    }
}
