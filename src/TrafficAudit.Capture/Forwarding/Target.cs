using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TrafficAudit.Capture.Connections;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>Where a request wants to go.</summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Host">Name (lower case, ASCII) or address without brackets.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="PathAndQuery">As the client wrote it.</param>
internal sealed record Target(string Scheme, string Host, int Port, string PathAndQuery)
{
    /// <summary>The URL with the path and query untouched: .NET would otherwise resolve <c>..</c> and re-escape.</summary>
    public Uri Url => new(
        $"{Scheme}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}{PathAndQuery}",
        new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    /// <summary>The target of a request through the proxy; null when the request is for the proxy itself.</summary>
    public static Target? Of(HttpContext context, ProxiedConnection connection)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (connection.Tunnel is { } tunnel)
        {
            var scheme = connection.Tls is null ? "http" : "https";
            return new Target(scheme, connection.TunnelHost!, tunnel.Port, OriginForm(raw));
        }

        if (!raw.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || !Uri.TryCreate(raw, UriKind.Absolute, out var url))
        {
            return null;
        }

        return new Target("http", url.IdnHost.TrimEnd('.').ToLowerInvariant(), url.Port, OriginForm(raw));
    }

    /// <summary>Path and query of a request target, byte for byte (RFC 9112, section 3.2).</summary>
    private static string OriginForm(string raw)
    {
        if (raw.StartsWith('/'))
        {
            return raw;
        }

        var authority = raw.IndexOf("://", StringComparison.Ordinal);
        if (authority < 0)
        {
            return "/";
        }

        var path = raw.AsSpan(authority + 3).IndexOfAny('/', '?');
        if (path < 0)
        {
            return "/";
        }

        var rest = raw[(authority + 3 + path)..];
        return rest.StartsWith('/') ? rest : "/" + rest;
    }
}
