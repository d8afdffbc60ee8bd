using System.Globalization;

namespace TrafficAudit.Geolocation.Recipients;

/// <summary>
/// The Public Suffix List (https://publicsuffix.org/list/, "Algorithm"), both divisions: the owner of <c>shop.github.io</c> is the shop.
/// </summary>
internal sealed class PublicSuffixes
{
    private readonly HashSet<string> _rules = new(StringComparer.Ordinal);
    private readonly HashSet<string> _wildcards = new(StringComparer.Ordinal);
    private readonly HashSet<string> _exceptions = new(StringComparer.Ordinal);

    private PublicSuffixes(TextReader list)
    {
        var idn = new IdnMapping();
        while (list.ReadLine() is { } line)
        {
            var rule = line.Trim();
            if (rule.Length == 0 || rule.StartsWith("//", StringComparison.Ordinal))
            {
                continue;
            }

            var (set, name) = rule switch
            {
                ['!', .. var rest] => (_exceptions, rest),
                ['*', '.', .. var rest] => (_wildcards, rest),
                _ => (_rules, rule),
            };
            set.Add(idn.GetAscii(name));
        }
    }

    /// <summary>The embedded list, read at its first use.</summary>
    public static Lazy<PublicSuffixes> Embedded { get; } = new(() =>
    {
        using var text = new StreamReader(EmbeddedData.Open("public_suffix_list.dat"));
        return new PublicSuffixes(text);
    });

    /// <summary>The public suffix and one label more (<c>a.b.example.co.uk</c>: <c>example.co.uk</c>); null for a suffix itself or a single label.</summary>
    /// <param name="host">A name as <see cref="HostName"/> gives it.</param>
    public string? FindRegistrableDomain(string host)
    {
        // From the longest candidate down: the longest rule wins, an exception beats all, and the rule of last resort is "*".
        var previous = (string?)null;
        for (var candidate = host; ;)
        {
            if (_exceptions.Contains(candidate))
            {
                return candidate;
            }

            var dot = candidate.IndexOf('.', StringComparison.Ordinal);
            var parent = dot < 0 ? null : candidate[(dot + 1)..];
            if (_rules.Contains(candidate) || parent is null || _wildcards.Contains(parent))
            {
                return previous;
            }

            previous = candidate;
            candidate = parent;
        }
    }
}
