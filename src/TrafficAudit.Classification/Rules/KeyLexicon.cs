using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
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
    private const int MaxLabelLength = 48;
    private const int MinJoinedPrefix = 4;
    private const KeyTraits Owners = KeyTraits.Person | KeyTraits.Foreign;

    private readonly FrozenDictionary<string, ImmutableArray<KeyMeaning>> _meanings;
    private readonly FrozenDictionary<string, KeyTraits> _wordTraits;
    private readonly FrozenSet<string> _technical;
    private readonly FrozenSet<string> _prefixes;
    private readonly string[] _longPrefixes;
    private readonly FrozenSet<string> _ordinaryHeaders;
    private readonly FrozenSet<string> _requestKeys;
    private readonly ConcurrentDictionary<string, KeyReading> _readings = new(StringComparer.Ordinal);
    private int _cached;

    private KeyLexicon(YamlMappingNode pack, FrozenSet<string> requestKeys)
    {
        _meanings = Meanings(pack);
        _technical = pack.Words("technical").ToFrozenSet(StringComparer.Ordinal);
        _prefixes = pack.Words("person").Concat(pack.Words("order")).ToFrozenSet(StringComparer.Ordinal);
        _longPrefixes = [.. _prefixes.Where(word => word.Length >= MinJoinedPrefix || !char.IsAscii(word[0])).OrderByDescending(word => word.Length)];
        _ordinaryHeaders = pack.Words("ordinary_headers").Select(KeyWords.Joined).ToFrozenSet(StringComparer.Ordinal);
        _requestKeys = requestKeys;
        _wordTraits = WordTraits(pack);
    }

    /// <summary>The lexicon that is embedded.</summary>
    public static KeyLexicon BuiltIn { get; } = new(EmbeddedYaml.Read("Rules/keys.yaml"), Traps.BuiltIn.RequestKeys);

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
    public bool IsLabel(ReadOnlySpan<char> value)
    {
        if (value.Length is 0 or > MaxLabelLength || KeyWords.Steps(value.ToString()) is not [.., var last])
        {
            return false;
        }

        var traits = KeyTraits.None;
        return !Meanings(last, ref traits).IsEmpty;
    }

    private static FrozenDictionary<string, ImmutableArray<KeyMeaning>> Meanings(YamlMappingNode pack)
    {
        var meanings = new Dictionary<string, ImmutableArray<KeyMeaning>>(StringComparer.Ordinal);
        foreach (var entry in pack.Mappings("keys"))
        {
            var items = entry.Words("items");
            if (items.FirstOrDefault(item => ItemTaxonomy.Find(item) is null) is { } unknown)
            {
                throw new InvalidOperationException($"keys.yaml, line {entry.Start.Line}: {unknown} is no item of the taxonomy");
            }

            var meaning = new KeyMeaning(items, entry.Text("default", items[0]), When(entry, "alone"), When(entry, "digest"))
            {
                Below = KeyWords.JoinedSet(entry.Words("below")),
                Beside = KeyWords.JoinedSet(entry.Words("beside")),
            };
            foreach (var name in entry.Words("names"))
            {
                Add(meanings, KeyWords.Joined(name), meaning, entry.Start.Line);
            }
        }

        return meanings.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // Of several meanings those that depend on the keys around come first.
    private static void Add(Dictionary<string, ImmutableArray<KeyMeaning>> meanings, string name, KeyMeaning meaning, long line)
    {
        var known = meanings.GetValueOrDefault(name, []);
        if (known.Contains(meaning))
        {
            return; // written together and apart
        }

        if (!meaning.IsConditional && known.Any(other => !other.IsConditional))
        {
            throw new InvalidOperationException($"keys.yaml, line {line}: {name} is in another entry already");
        }

        meanings[name] = meaning.IsConditional ? known.Insert(0, meaning) : known.Add(meaning);
    }

    private static StandsAlone When(YamlMappingNode entry, string key) => entry.Text(key, "never") switch
    {
        "always" => StandsAlone.Always,
        "person" => StandsAlone.Person,
        "device" => StandsAlone.Device,
        "never" => StandsAlone.Never,
        _ => throw new InvalidOperationException($"keys.yaml, line {entry.Start.Line}: {key} is always, person, device or never"),
    };

    private static FrozenDictionary<string, KeyTraits> WordTraits(YamlMappingNode pack)
    {
        var traits = new Dictionary<string, KeyTraits>(StringComparer.Ordinal);
        foreach (var (list, trait) in new[]
        {
            ("person", KeyTraits.Person), ("foreign", KeyTraits.Foreign), ("product", KeyTraits.Product), ("filter", KeyTraits.Filter),
            ("device", KeyTraits.Device), ("pair_names", KeyTraits.PairName), ("pair_values", KeyTraits.PairValue),
        })
        {
            foreach (var word in pack.Words(list))
            {
                traits[word] = traits.GetValueOrDefault(word) | trait;
                if (trait == KeyTraits.Foreign)
                {
                    traits[$"{word}s"] = traits.GetValueOrDefault($"{word}s") | trait; // several sellers' is no less
                }
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

        var name = KeyWords.Joined(last);
        if (_requestKeys.Contains(name))
        {
            traits |= KeyTraits.Request;
        }

        var meanings = Meanings(last, ref traits);
        return new KeyReading(
            meanings is [.., { IsConditional: false } meaning] ? meaning : null, traits, [.. steps.SkipLast(1).Reverse().Select(Traits)],
            name, steps.Count > 1 ? KeyWords.Joined(steps[^2]) : null)
        {
            Conditional = meanings is [{ IsConditional: true }, ..] ? [.. meanings.Where(other => other.IsConditional)] : [],
        };
    }

    private KeyTraits Traits(List<string> words)
    {
        var traits = KeyTraits.None;
        foreach (var word in words)
        {
            var trait = _wordTraits.GetValueOrDefault(word);
            traits &= (trait & Owners) == KeyTraits.None ? traits : ~Owners;
            traits |= trait;
        }

        // Pair members are whole keys: `value` is one, `order_value` is not.
        return words.Count == 1 ? traits : traits & ~(KeyTraits.PairName | KeyTraits.PairValue);
    }

    private ImmutableArray<KeyMeaning> Meanings(List<string> words, ref KeyTraits traits)
    {
        if (Find(KeyWords.Joined(words)) is { IsEmpty: false } whole)
        {
            return whole;
        }

        var bare = words.FindAll(word => !_technical.Contains(word));
        var joined = KeyWords.Joined(bare);
        if (bare.Count < words.Count && Find(joined) is { IsEmpty: false } plain)
        {
            return plain;
        }

        var prefixes = bare.TakeWhile(_prefixes.Contains).Count();
        if (prefixes > 0 && Find(KeyWords.Joined(bare.Skip(prefixes))) is { IsEmpty: false } meanings)
        {
            return meanings;
        }

        return Joined(joined, ref traits);
    }

    // Header names and older systems write words together in one case: receivername, custemail.
    private ImmutableArray<KeyMeaning> Joined(string joined, ref KeyTraits traits)
    {
        foreach (var prefix in _longPrefixes)
        {
            if (joined.StartsWith(prefix, StringComparison.Ordinal) && Find(joined[prefix.Length..]) is { IsEmpty: false } meanings)
            {
                traits |= _wordTraits.GetValueOrDefault(prefix);
                return meanings;
            }
        }

        return [];
    }

    private ImmutableArray<KeyMeaning> Find(string joined) =>
        _meanings.TryGetValue(joined, out var meanings) ? meanings : _meanings.GetValueOrDefault(WithoutNumber(joined), []);
}
