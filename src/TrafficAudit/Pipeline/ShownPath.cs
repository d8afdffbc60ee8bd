using TrafficAudit.Model;

namespace TrafficAudit.Pipeline;

/// <summary>The path that lists show: without its query, and with every segment masked in which personal data was found.</summary>
internal static class ShownPath
{
    private const int MaximumLength = 512;

    public static string Of(string target, IReadOnlyList<Finding> findings)
    {
        // The query goes first: it may hold a URL, whose path is not this one's.
        var end = target.AsSpan().IndexOfAny('?', '#');
        var path = WithoutAuthority(end < 0 ? target : target[..end]);
        if (findings.Any(f => f.Location is { Message: MessageKind.Request, Part: MessagePart.Path }))
        {
            path = Masked(path, findings);
        }

        return path.Length <= MaximumLength ? path : path[..MaximumLength];
    }

    /// <summary>Of a target in absolute form (RFC 9112, 3.2.2) only the path; a path may hold <c>://</c> itself.</summary>
    private static string WithoutAuthority(string target)
    {
        var scheme = target.StartsWith('/') ? -1 : target.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return target;
        }

        var slash = target.IndexOf('/', scheme + 3);
        return slash < 0 ? "/" : target[slash..];
    }

    private static string Masked(string path, IReadOnlyList<Finding> findings)
    {
        var segments = path.Split('/');
        foreach (var finding in findings.Where(f => f.Location is { Message: MessageKind.Request, Part: MessagePart.Path }))
        {
            // A path's fields are its segments: "[0]" is the first one behind the leading slash.
            var close = finding.Location.Path.IndexOf(']', StringComparison.Ordinal);
            if (close > 1 && int.TryParse(finding.Location.Path.AsSpan(1, close - 1), out var index) && index + 1 < segments.Length)
            {
                segments[index + 1] = "…";
            }
        }

        return string.Join('/', segments);
    }
}
