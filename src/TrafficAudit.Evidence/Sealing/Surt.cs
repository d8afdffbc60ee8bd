using System.Net;

namespace TrafficAudit.Evidence.Sealing;

/// <summary>
/// The key under which indexes of web archives list a URL (Sort-friendly URI Reordering Transform): host reversed, everything in lower case, the query's
/// parts in order: <c>https://www.Shop.example/A?b=2&amp;a=1</c> is <c>example,shop)/a?a=1&amp;b=2</c>.
/// </summary>
internal static class Surt
{
    /// <summary>The key of <paramref name="url"/>: what is no URL of the web stands for itself, <c>-</c> for none.</summary>
    public static string KeyOf(string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "ws" or "wss") || uri.Host.Length == 0)
        {
            return string.IsNullOrEmpty(url) ? "-" : url.Replace(' ', '+');
        }

        var port = uri.IsDefaultPort ? "" : $":{uri.Port}";
        var path = uri.AbsolutePath.Length > 1 ? uri.AbsolutePath.TrimEnd('/') : uri.AbsolutePath;
        var query = uri.Query.Length > 1 ? "?" + string.Join('&', uri.Query[1..].Split('&').Order(StringComparer.Ordinal)) : "";
        return $"{HostOf(uri.IdnHost)}{port}){path}{query}".ToLowerInvariant().Replace(' ', '+');
    }

    private static string HostOf(string host)
    {
        if (IPAddress.TryParse(host, out _))
        {
            return host;
        }

        var name = host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;
        return string.Join(',', name.Split('.').Reverse());
    }
}
