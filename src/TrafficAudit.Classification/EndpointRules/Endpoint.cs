using System.Text.RegularExpressions;
using TrafficAudit.Classification.EndpointRules.Values;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>
/// Where requests go that a rule knows. Written as <c>host/path</c> without scheme, port and query: <c>*.</c> before the host stands for any host under
/// it, <c>*</c> in the path for anything but a slash, <c>**</c> for anything.
/// </summary>
internal sealed class Endpoint
{
    private readonly ValueFilter? _hostPattern;
    private readonly ValueFilter _path;

    private Endpoint(string text, string? host, bool isSuffix, ValueFilter? hostPattern, ValueFilter path)
    {
        Text = text;
        Host = host;
        IsSuffix = isSuffix;
        _hostPattern = hostPattern;
        _path = path;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The host in lower case, or what hosts end with (<see cref="IsSuffix"/>); null when only a pattern says.</summary>
    public string? Host { get; }

    /// <summary>Whether hosts under <see cref="Host"/> are meant, and not itself.</summary>
    public bool IsSuffix { get; }

    /// <summary>Reads <c>host/path</c>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Endpoint Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = (slash < 0 ? text : text[..slash]).ToLowerInvariant();
        var isSuffix = host.StartsWith("*.", StringComparison.Ordinal);
        host = isSuffix ? host[2..] : host;
        if (Uri.CheckHostName(host) != UriHostNameType.Dns || !host.Contains('.', StringComparison.Ordinal) || text.AsSpan().ContainsAny("?#"))
        {
            throw new FormatException($"'{text}' is no endpoint: write host/path, such as api.example.com/v1/* or *.example.com/**");
        }

        return new Endpoint(text, host, isSuffix, hostPattern: null, PathFilter(slash < 0 ? "" : text[slash..].TrimEnd('/')));
    }

    /// <summary>An endpoint by patterns; of the hosts either is given.</summary>
    /// <exception cref="FormatException">A pattern is none.</exception>
    public static Endpoint Matching(string? host, string? hostPattern, string pathPattern) => new(
        (host ?? hostPattern) + pathPattern, host, isSuffix: false, hostPattern is null ? null : ValueFilter.Pattern(hostPattern), ValueFilter.Pattern(pathPattern));

    /// <summary>Whether the pattern, where one says, matches this host in lower case.</summary>
    public bool MatchesHost(string host) => _hostPattern?.Holds(host) == true;

    /// <summary>Whether a path is meant, which is as it was sent, with or without a slash at its end.</summary>
    public bool MatchesPath(string path) => _path.Holds(path) || (path is [.., '/'] && _path.Holds(path[..^1]));

    private static ValueFilter PathFilter(string path) => path.Contains('*', StringComparison.Ordinal)
        ? ValueFilter.Pattern($"^{Regex.Escape(path).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}$")
        : ValueFilter.Equal(path);
}
