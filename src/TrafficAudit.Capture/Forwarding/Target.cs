using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Capture.Connections;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>Where a request wants to go.</summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Host">Name (lower case, ASCII) or address without brackets.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="PathAndQuery">As the client wrote it.</param>
internal sealed record Target(string Scheme, string Host, int Port, string PathAndQuery)
{
    /// <summary>The address that the client chose itself; null where its name decides.</summary>
    public PinnedAddress? Pinned { get; init; }

    /// <summary>The server name that TLS with the server is begun with: the client's own where it named one, for that is what it would have sent.</summary>
    public string TlsName { get; init; } = Host;

    /// <summary>How it came to the proxy.</summary>
    public Entrance Entrance { get; init; }

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
            var host = connection is { IsTunnelByAddress: true, Tls: null } && NameIn(context) is { } name ? name.Host : connection.TunnelHost!;
            return new Target(scheme, host, tunnel.Port, OriginForm(raw))
            {
                Pinned = connection.Pinned,
                TlsName = connection.TlsName ?? host,
                Entrance = connection.Entrance,
            };
        }

        if (raw.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(raw, UriKind.Absolute, out var url))
        {
            return new Target("http", url.IdnHost.TrimEnd('.').ToLowerInvariant(), url.Port, OriginForm(raw)) { Entrance = Entrance.Absolute };
        }

        // The network led it here, but the system doesn't say from where: a Host field that can't mean the proxy tells.
        return raw.StartsWith('/') && NameIn(context) is { } meant && meant.Port != connection.Reached.Port && meant.Host != Doors.SetupPages.HostName
            ? new Target("http", meant.Host, meant.Port, raw) { Entrance = Entrance.Transparent }
            : null;
    }

    /// <summary>The name that the Host field holds; null when it holds an address, or nothing that can be one.</summary>
    private static Authority? NameIn(HttpContext context)
    {
        var host = context.Request.Host;
        return host.HasValue && ServerName.TryParse(host.Host, out var name) && name.Address is null
            && (host.Port ?? 80) is > 0 and <= System.Net.IPEndPoint.MaxPort
            ? new Authority(name.Text, host.Port ?? 80)
            : null;
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
