namespace TrafficAudit.Index.Filtering;

/// <summary>The domains of the company under investigation: a host belongs to it when it is one of them or lies under one.</summary>
public sealed class FirstParties(IEnumerable<string> domains)
{
    private readonly string[] _domains = [.. domains.Select(d => d.Trim().Trim('*', '.')).Where(d => d.Length > 0)];

    /// <summary>Whether a host is the company's.</summary>
    public bool Own(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var name = host.AsSpan().TrimEnd('.');
        foreach (var domain in _domains)
        {
            if (name.EndsWith(domain, StringComparison.OrdinalIgnoreCase) && (name.Length == domain.Length || name[^(domain.Length + 1)] == '.'))
            {
                return true;
            }
        }

        return false;
    }
}
