using System.Collections.Concurrent;
using System.Collections.Frozen;
using TrafficAudit.Classification.Packs;
using TrafficAudit.Classification.Taxonomy;
using YamlDotNet.RepresentationModel;

namespace TrafficAudit.Classification.Rules;

/// <summary>
/// Says which item a key names. Readings are kept, since traffic repeats its keys. The cache begins anew when it holds
/// <see cref="MaxCached"/> keys: objects keyed by identifiers would fill it otherwise, and keys made up by a peer the memory. Thread-safe.
/// </summary>
internal sealed class KeyLexicon
{
    private const int MaxCached = 16_384;
    private const int MaxKeyLength = 128;
    private const int MinJoinedPrefix = 4;

    private readonly FrozenDictionary<string, KeyMeaning> _meanings;
    private readonly FrozenDictionary<string, KeyTraits> _wordTraits;
    private readonly FrozenSet<string> _technical;
    private readonly FrozenSet<string> _prefixes;
    private readonly string[] _longPrefixes;
    private readonly FrozenSet<string> _ordinaryHeaders;
    private readonly ConcurrentDictionary<string, KeyReading> _readings = new(StringComparer.Ordinal);
    private int _cached;

    private KeyLexicon(YamlMappingNode pack)
    {
        _meanings = Meanings(pack);
        _technical = pack.Words("technical").ToFrozenSet(StringComparer.Ordinal);
        _prefixes = pack.Words("person").Concat(pack.Words("order")).ToFrozenSet(StringComparer.Ordinal);
        _longPrefixes = [.. _prefixes.Where(word => word.Length >= MinJoinedPrefix || !char.IsAscii(word[0])).OrderByDescending(word => word.Length)];
        _ordinaryHeaders = pack.Words("ordinary_headers").Select(KeyWords.Joined).ToFrozenSet(StringComparer.Ordinal);
        _wordTraits = WordTraits(pack);
    }

    /// <summary>The lexicon that is embedded.</summary>
    public static KeyLexicon BuiltIn { get; } = new(EmbeddedYaml.Read("Rules/keys.yaml"));

    /// <summary>What <paramref name="key"/> says; never null.</summary>
    public KeyReading Read(string key)
    {
        if (_readings.TryGetValue(key, out var known))
        {
            return known;
        }

        if (key.Length is 0 or > MaxKeyLength)
        {
            return KeyReading.Nothing;
        }

        var reading = Analyze(key);
        if (_readings.TryAdd(key, reading) && Interlocked.Increment(ref _cached) > MaxCached)
        {
            // Several threads may do this at once: that empties it twice, no more.
            Interlocked.Exchange(ref _cached, 0);
            _readings.Clear();
        }

        return reading;
    }

    /// <summary>Whether a value is itself the name of an item, as in a table of labels (<c>"email": "E-mail"</c>).</summary>
    public bool IsLabel(ReadOnlySpan<char> value) => value.Length is > 0 and <= MaxKeyLength && Analyze(value.ToString()).Meaning is not null;

    private static FrozenDictionary<string, KeyMeaning> Meanings(YamlMappingNode pack)
    {
        var meanings = new Dictionary<string, KeyMeaning>(StringComparer.Ordinal);
        foreach (var entry in pack.Mappings("keys"))
        {
            var items = entry.Words("items");
            if (items.FirstOrDefault(item => ItemTaxonomy.Find(item) is null) is { } unknown)
            {
                throw new InvalidOperationException($"keys.yaml, line {entry.Start.Line}: {unknown} is no item of the taxonomy");
            }

            var meaning = new KeyMeaning(items, entry.Text("default", items[0]), When(entry, "alone"), When(entry, "digest"));
            foreach (var name in entry.Words("names"))
            {
                meanings.TryAdd(KeyWords.Joined(name), meaning);
            }
        }

        return meanings.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static StandsAlone When(YamlMappingNode entry, string key) => entry.Text(key, "never") switch
    {
        "always" => StandsAlone.Always,
        "person" => StandsAlone.Person,
        "never" => StandsAlone.Never,
        _ => throw new InvalidOperationException($"keys.yaml, line {entry.Start.Line}: {key} is always, person or never"),
    };

    private static FrozenDictionary<string, KeyTraits> WordTraits(YamlMappingNode pack)
    {
        var traits = new Dictionary<string, KeyTraits>(StringComparer.Ordinal);
        foreach (var (list, trait) in new[]
        {
            ("person", KeyTraits.Person), ("foreign", KeyTraits.Foreign), ("product", KeyTraits.Product), ("filter", KeyTraits.Filter),
            ("pair_names", KeyTraits.PairName), ("pair_values", KeyTraits.PairValue),
        })
        {
            foreach (var word in pack.Words(list))
            {
                traits[word] = traits.GetValueOrDefault(word) | trait;
            }
        }

        return traits.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string WithoutNumber(string joined) => joined.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    private KeyReading Analyze(string key)
    {
        var steps = KeyWords.Steps(key);
        if (steps.Count == 0)
        {
            return KeyReading.Nothing;
        }

        var last = steps[^1];
        var traits = Traits(last);
        if (_ordinaryHeaders.Contains(KeyWords.Joined(steps.SelectMany(step => step))))
        {
            traits |= KeyTraits.OrdinaryHeader;
        }

        return new KeyReading(Meaning(last, ref traits), traits, [.. steps.SkipLast(1).Reverse().Select(Traits)]);
    }

    private KeyTraits Traits(List<string> words)
    {
        var traits = KeyTraits.None;
        foreach (var word in words)
        {
            traits |= _wordTraits.GetValueOrDefault(word);
        }

        // Pair members are whole keys: `value` is one, `order_value` is not.
        return words.Count == 1 ? traits : traits & ~(KeyTraits.PairName | KeyTraits.PairValue);
    }

    private KeyMeaning? Meaning(List<string> words, ref KeyTraits traits)
    {
        var bare = words.Where(word => !_technical.Contains(word)).ToList();
        var person = bare.SkipWhile(_prefixes.Contains).ToList();
        foreach (var candidate in new[] { words, bare, person })
        {
            if (Find(KeyWords.Joined(candidate)) is { } meaning)
            {
                return meaning;
            }
        }

        // Header names and older systems write words together in one case: receivername, custemail.
        var joined = KeyWords.Joined(bare);
        foreach (var prefix in _longPrefixes)
        {
            if (joined.StartsWith(prefix, StringComparison.Ordinal) && Find(joined[prefix.Length..]) is { } meaning)
            {
                traits |= _wordTraits.GetValueOrDefault(prefix);
                return meaning;
            }
        }

        return null;
    }

    private KeyMeaning? Find(string joined) =>
        _meanings.GetValueOrDefault(joined) ?? _meanings.GetValueOrDefault(WithoutNumber(joined));
}
