using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Rules;

namespace TrafficAudit.Classification.Detection;

/// <summary>Whose value it is, by the keys above.</summary>
/// <param name="IsPerson">
/// A word for the person stands in the key or in the step right above it; no higher, as <c>user.data[0].name</c> is a data provider's.
/// </param>
/// <param name="IsForeign">The nearest such word is for somebody else.</param>
/// <param name="IsFilter">The step right above is a thing or a choice.</param>
internal readonly record struct Owner(bool IsPerson, bool IsForeign, bool IsFilter);

/// <summary>What a field's key names.</summary>
internal readonly struct KeyContext
{
    private const int MaxSteps = 12;
    private const int MaxPairMembers = 4;

    private readonly KeyReading _reading;
    private readonly Field? _keyed;

    private KeyContext(KeyReading reading, KeyMeaning? meaning, Field? keyed)
    {
        _reading = reading;
        _keyed = keyed;
        Meaning = meaning;
    }

    /// <summary>What the key names; null for nothing known.</summary>
    public KeyMeaning? Meaning { get; }

    /// <summary>What the key itself says beside.</summary>
    public KeyTraits Traits => _reading.Traits;

    /// <summary>Reads the nearest key at or above <paramref name="field"/>.</summary>
    public static KeyContext Of(Field field)
    {
        var keyed = field;
        while (keyed is { Key: null })
        {
            keyed = keyed.Parent;
        }

        if (keyed is null)
        {
            return new KeyContext(KeyReading.Nothing, meaning: null, keyed: null);
        }

        var reading = KeyLexicon.BuiltIn.Read(keyed.Key!);
        var isPair = reading.Meaning is null && reading.Traits.HasFlag(KeyTraits.PairValue);
        return new KeyContext(reading, isPair ? PairMeaning(keyed.Parent) : reading.Meaning, keyed);
    }

    /// <summary>Whether the key names <paramref name="item"/>.</summary>
    public bool Names(string item) => Meaning is { } meaning && meaning.Items.Contains(item);

    /// <summary>
    /// Looks whose value it is. The nearest word decides: in <c>shop.user.phone</c> it is the user's, in <c>user.shop.phone</c> the shop's.
    /// </summary>
    public Owner FindOwner()
    {
        if (_reading.Traits.HasFlag(KeyTraits.Person))
        {
            return new Owner(IsPerson: true, IsForeign: false, IsFilter: false);
        }

        var (step, isFilter) = (0, false);
        foreach (var traits in StepsAbove())
        {
            isFilter |= step == 0 && traits.HasFlag(KeyTraits.Filter);
            if (traits.HasFlag(KeyTraits.Foreign))
            {
                return new Owner(IsPerson: false, IsForeign: true, isFilter);
            }

            if (traits.HasFlag(KeyTraits.Person))
            {
                return new Owner(IsPerson: step == 0, IsForeign: false, isFilter);
            }

            step++;
        }

        return new Owner(IsPerson: false, IsForeign: false, isFilter);
    }

    /// <summary>Whether the key or the step above it numbers things: goods, orders, regions.</summary>
    public bool IsProduct()
    {
        if (Traits.HasFlag(KeyTraits.Product))
        {
            return true;
        }

        foreach (var traits in StepsAbove())
        {
            return traits.HasFlag(KeyTraits.Product);
        }

        return false;
    }

    // { "name": "phone", "value": "010-…" }: the sibling's text is the key.
    private static KeyMeaning? PairMeaning(Field? pair)
    {
        if (pair is null || pair.Children.Count > MaxPairMembers)
        {
            return null;
        }

        foreach (var member in pair.Children)
        {
            if (member is { Key: { } key, Text: { } name } && KeyLexicon.BuiltIn.Read(key).Traits.HasFlag(KeyTraits.PairName)
                && KeyLexicon.BuiltIn.Read(name).Meaning is { } meaning)
            {
                return meaning;
            }
        }

        return null;
    }

    private IEnumerable<KeyTraits> StepsAbove()
    {
        foreach (var traits in _reading.StepsAbove)
        {
            yield return traits;
        }

        var left = MaxSteps;
        for (var field = _keyed?.Parent; field is not null && left > 0; field = field.Parent)
        {
            if (field.Key is null)
            {
                continue;
            }

            left--;
            var above = KeyLexicon.BuiltIn.Read(field.Key);
            yield return above.Traits;
            foreach (var traits in above.StepsAbove)
            {
                yield return traits;
            }
        }
    }
}
