using System.Text;

namespace TrafficAudit.Evidence.Imports;

/// <summary>Where a request went and its target, taken from a URL that an imported file has.</summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>; WebSocket's schemes are those (RFC 6455, section 3).</param>
/// <param name="Host">Lower case, IDN in its ASCII form; an IPv6 address without brackets.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Target">Path and query as the file has them; bytes that can't stand in a request line are percent-encoded.</param>
internal sealed record ImportedUrl(string Scheme, string Host, int Port, string Target)
{
    // Longer than any name: 253 characters of host, user information, port.
    private const int MaxAuthority = 4096;

    private static readonly string[] LocalSchemes =
    [
        "data", "blob", "file", "filesystem", "about", "javascript", "chrome", "chrome-extension", "chrome-search", "chrome-untrusted",
        "devtools", "edge", "moz-extension", "resource", "safari-extension", "safari-web-extension", "webkit-masked-url", "view-source",
    ];

    /// <summary>Host and port as <c>Host</c> names them (RFC 9110, section 7.2): without a scheme's usual port.</summary>
    public string Authority => Port == UsualPort(Scheme) ? HostText : HostAndPort;

    /// <summary>The target of a <c>CONNECT</c> (RFC 9112, section 3.2.3).</summary>
    public string HostAndPort => $"{HostText}:{Port}";

    private string HostText => Host.Contains(':') ? $"[{Host}]" : Host;

    /// <summary>Reads a URL; <paramref name="field"/> is what messages call it.</summary>
    /// <exception cref="UnusableEntryException">There is no URL, it can't be read, or it is none of the network's.</exception>
    public static ImportedUrl Parse(string? url, string field)
    {
        if (string.IsNullOrWhiteSpace(url))
        {
            throw new UnusableEntryException($"{field} is missing");
        }

        var text = url.AsSpan().Trim();
        var colon = text.IndexOf(':');
        var scheme = colon < 0 ? "" : text[..colon].ToString().ToLowerInvariant();
        if (Array.IndexOf(LocalSchemes, scheme) >= 0)
        {
            throw new UnusableEntryException($"{field} is a {scheme}: URL: nothing went over the network");
        }

        if (scheme is not ("http" or "https" or "ws" or "wss") || !text[colon..].StartsWith("://"))
        {
            throw new UnusableEntryException($"{field} is no absolute http or https URL");
        }

        return Parse(scheme is "http" or "ws" ? "http" : "https", text[(colon + 3)..], field);
    }

    private static ImportedUrl Parse(string scheme, ReadOnlySpan<char> rest, string field)
    {
        var end = rest.IndexOfAny("/?#\\");
        var authority = end < 0 ? rest : rest[..end];
        if (authority.Length > MaxAuthority || !Uri.TryCreate($"{scheme}://{authority}/", UriKind.Absolute, out var uri)
            || uri.Port is < 1 or > 65535 || AsciiHost(uri) is not { Length: > 0 } host)
        {
            throw new UnusableEntryException($"{field} has no valid host and port");
        }

        return new ImportedUrl(scheme, host, uri.Port, TargetOf(end < 0 ? "" : rest[end..]));
    }

    private static int UsualPort(string scheme) => scheme == "http" ? 80 : 443;

    private static string? AsciiHost(Uri uri)
    {
        try
        {
            var host = uri.IdnHost.ToLowerInvariant();
            return Ascii.IsValid(host) && !host.AsSpan().ContainsAny(" %\r\n\0") ? host : null;
        }
        catch (UriFormatException)
        {
            return null; // TryCreate lets names through that have no ASCII form (RFC 5891)
        }
    }

    private static string TargetOf(ReadOnlySpan<char> rest)
    {
        var hash = rest.IndexOf('#');
        rest = hash < 0 ? rest : rest[..hash];
        var target = new StringBuilder(rest.Length + 1);
        if (rest.IsEmpty || rest[0] != '/')
        {
            // A backslash in the authority's place is what browsers take as a slash.
            target.Append('/');
            rest = rest is ['\\', ..] ? rest[1..] : rest;
        }

        if (!rest.ContainsAnyExceptInRange('!', '~'))
        {
            return target.Append(rest).ToString();
        }

        foreach (var value in Encoding.UTF8.GetBytes(rest.ToString()))
        {
            _ = value is > 0x20 and < 0x7F ? target.Append((char)value) : target.Append('%').Append(value.ToString("X2"));
        }

        return target.ToString();
    }
}
