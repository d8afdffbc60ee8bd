using System.Collections.Frozen;
using System.Collections.Immutable;
using TrafficAudit.Geolocation.Recipients;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>
/// Reads places out of host names: the region codes of cloud providers and of organisations where they are known to stand, and codes of countries and cities
/// that may mean something else. Immutable, thread-safe.
/// </summary>
public sealed class HostNameRegions
{
    // Shorter codes of providers (kr, sgp1, eu-de) are too common to be looked for under other domains.
    private const int MinUnscoped = 6;

    private readonly Airports _airports;
    private readonly FrozenDictionary<string, ImmutableArray<(RegionProvider Provider, HostForm Form)>> _forms;
    private readonly FrozenDictionary<string, Place> _unscoped;

    private HostNameRegions(Airports airports, CloudRegions regions)
    {
        Sha256 = HintFile.Digest(airports.File, regions.File);
        _airports = airports;
        Regions = regions;
        _forms = regions.Providers
            .SelectMany(provider => provider.Hosts.Select(form => (Provider: provider, Form: form)))
            .GroupBy(row => row.Form.Suffix, StringComparer.Ordinal)
            .ToFrozenDictionary(rows => rows.Key, rows => rows.ToImmutableArray(), StringComparer.Ordinal);

        // A code that two providers give to two countries says nothing under a third one's domain.
        _unscoped = regions.Providers
            .SelectMany(provider => provider.Regions)
            .Where(region => region.Key.Length >= MinUnscoped)
            .GroupBy(region => region.Key, region => region.Value, StringComparer.OrdinalIgnoreCase)
            .Where(places => places.Select(place => place.Country).Distinct(StringComparer.Ordinal).Count() == 1)
            .ToFrozenDictionary(places => places.Key, places => places.First(), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>SHA-256 of <c>hints/airports.csv</c> and <c>hints/cloud-regions.yaml</c>, one after the other, lower-case hex.</summary>
    public string Sha256 { get; }

    internal CloudRegions Regions { get; }

    /// <summary>The embedded tables, or a folder's in their place, file by file.</summary>
    /// <param name="folder">A geo-data folder; may be null or missing.</param>
    /// <exception cref="HintFileException">A file of the folder can't be used.</exception>
    public static HostNameRegions Load(string? folder) => Of(Airports.Load(folder), CloudRegions.Load(folder));

    /// <summary>The same of tables that are read already.</summary>
    internal static HostNameRegions Of(Airports airports, CloudRegions regions) => new(airports, regions);

    /// <summary>
    /// What a host's name, a name that it led to, or an address's reverse name says of its place: the providers' codes first, each once. Empty for an address and
    /// for what can be no host.
    /// </summary>
    public IReadOnlyList<NameHint> Read(string host)
    {
        if (HostName.Parse(host) is not { IsAddress: false, Text: var name })
        {
            return [];
        }

        var hints = new List<NameHint>();
        var labels = name.Split('.');
        var read = ReadProviders(labels, hints);
        var domain = PublicSuffixes.Embedded.Value.FindRegistrableDomain(name);
        var free = labels.Length - (domain?.Split('.').Length ?? labels.Length);
        for (var i = 0; i < free; i++)
        {
            if (i != read && FindWord(labels[i]) is { } hint && !hints.Contains(hint))
            {
                hints.Add(hint);
            }
        }

        return hints;
    }

    /// <summary>Adds what the label nearest to a provider's domain says; gives its index, -1 where none says anything.</summary>
    private int ReadProviders(string[] labels, List<NameHint> hints)
    {
        var suffix = "";
        for (var i = labels.Length - 1; i >= 0; i--)
        {
            foreach (var (provider, form) in _forms.GetValueOrDefault(suffix, []))
            {
                if ((i > 0 || !form.IsBelow) && form.Find(labels[i], code => Find(provider, form.Code, code)) is var (token, place))
                {
                    hints.Add(new NameHint(token, provider.Name, place));
                    return i;
                }
            }

            suffix = suffix.Length == 0 ? labels[i] : $"{labels[i]}.{suffix}";
        }

        return -1;
    }

    private Place? Find(RegionProvider provider, PlaceCode kind, string code) => kind switch
    {
        PlaceCode.Iata => provider.Regions.GetValueOrDefault(code) ?? _airports.Find(code),
        PlaceCode.Locode => _airports.FindLocode(code),
        _ => provider.Regions.GetValueOrDefault(code),
    };

    private NameHint? FindWord(string label)
    {
        if (_unscoped.TryGetValue(label, out var region))
        {
            return new NameHint(label, Provider: null, region);
        }

        if (Regions.Phrases.Contains(label))
        {
            return null;
        }

        var parts = label.Split('-');
        foreach (var word in (ReadOnlySpan<string>)[label, parts[0], parts[^1]])
        {
            if (Regions.Words.TryGetValue(word, out var place))
            {
                return new NameHint(word, Provider: null, place);
            }
        }

        return null;
    }
}
