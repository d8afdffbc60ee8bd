using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>
/// What Kestrel lets through in HTTP/2 and what would be another request, or none, once it is written for a server of HTTP/1.1. Such requests are
/// malformed (RFC 9113, sections 8.2.2 and 8.3.1).
/// </summary>
internal static class Http2Form
{
    private static readonly string[] OfAConnection = ["Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "Upgrade"];

    private static readonly SearchValues<char> BlanksAndControls = SearchValues.Create([.. Enumerable.Range(0, 0x21).Append(0x7F).Select(c => (char)c)]);

    /// <summary>Why the request is malformed; null when it is not, or is no HTTP/2.</summary>
    public static string? FaultOf(HttpContext context)
    {
        var request = context.Request;
        if (!HttpProtocol.IsHttp2(request.Protocol))
        {
            return null;
        }

        if (context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.AsSpan().ContainsAny(BlanksAndControls))
        {
            return "The :path has a blank or a control character (RFC 9113, section 8.3.1)";
        }

        foreach (var name in OfAConnection)
        {
            if (request.Headers.ContainsKey(name))
            {
                return $"The request has a field of its connection, {name} (RFC 9113, section 8.2.2)";
            }
        }

        return null;
    }
}
