using TrafficAudit.Capture.Certificates;

namespace TrafficAudit.Capture.Handshakes;

/// <summary>Hosts by name or pattern: <c>api.example.com</c>, <c>*.example.com</c> (every name below it), <c>192.0.2.1</c>, <c>*</c> (all).</summary>
public sealed class HostPatterns
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _suffixes = [];
    private bool _all;

    /// <summary>The patterns as they were written.</summary>
    public IReadOnlyList<string> Patterns { get; private init; } = [];

    /// <summary>Matches nothing.</summary>
    public static HostPatterns None { get; } = new();

    /// <summary>Reads patterns.</summary>
    /// <exception cref="FormatException">One is no pattern; the message names it.</exception>
    public static HostPatterns Parse(IEnumerable<string> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        var parsed = new HostPatterns { Patterns = [.. patterns] };
        foreach (var pattern in parsed.Patterns)
        {
            var name = pattern.StartsWith("*.", StringComparison.Ordinal) ? pattern[2..] : pattern;
            if (pattern == "*")
            {
                parsed._all = true;
            }
            else if (!ServerName.TryParse(name, out var host) || (host.Address is not null && name.Length < pattern.Length))
            {
                throw new FormatException($"'{pattern}' is no host pattern: write a name, *.name, an address, or * for all");
            }
            else if (name.Length < pattern.Length)
            {
                parsed._suffixes.Add($".{host.Text}");
            }
            else
            {
                parsed._names.Add(host.Text);
            }
        }

        return parsed;
    }

    /// <summary>Whether a pattern names <paramref name="host"/> (in any case).</summary>
    public bool Match(string host) =>
        _all || _names.Contains(host) || _suffixes.Exists(s => host.EndsWith(s, StringComparison.OrdinalIgnoreCase));
}
