using System.Net;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>Names that are answered without DNS (<c>--resolve HOST:ADDRESS</c>; <c>*.suffix</c> stands for every name below it).</summary>
public sealed class ResolveRules
{
    private readonly Dictionary<string, IPAddress> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Suffix, IPAddress Address)> _suffixes = [];

    /// <summary>Reads the option's values.</summary>
    /// <exception cref="FormatException">A value is not HOST:ADDRESS; the message names it.</exception>
    public static ResolveRules Parse(IEnumerable<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var rules = new ResolveRules();
        foreach (var value in values)
        {
            var colon = value.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !IPAddress.TryParse(value.AsSpan(colon + 1), out var address))
            {
                throw new FormatException($"--resolve {value}: write it as HOST:ADDRESS, such as api.example.com:192.0.2.1 or *.example.com:192.0.2.1");
            }

            rules.Add(value[..colon], address);
        }

        rules._suffixes.Sort((a, b) => b.Suffix.Length.CompareTo(a.Suffix.Length));
        return rules;
    }

    /// <summary>The address for <paramref name="host"/>: the exact name first, then the longest suffix; null when no rule names it.</summary>
    public IPAddress? Find(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (_names.TryGetValue(host, out var address))
        {
            return address;
        }

        foreach (var (suffix, suffixAddress) in _suffixes)
        {
            if (host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return suffixAddress;
            }
        }

        return null;
    }

    private void Add(string name, IPAddress address)
    {
        if (name.StartsWith("*.", StringComparison.Ordinal))
        {
            _suffixes.Add((name[1..], address));
        }
        else
        {
            _names[name] = address;
        }
    }
}
