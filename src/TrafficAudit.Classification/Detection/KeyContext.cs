using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Rules;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Detection;

/// <summary>What a field's key names.</summary>
internal readonly struct KeyContext
{
    private const int MaxSteps = 12;
    private const int MaxPairMembers = 4;

    private readonly KeyReading _reading;
    private readonly Field? _keyed;
    private readonly Neighbours _neighbours;

    private KeyContext(KeyReading reading, KeyMeaning? meaning, Field? keyed, Neighbours neighbours)
    {
        _reading = reading;
        _keyed = keyed;
        _neighbours = neighbours;
        Meaning = meaning;
    }

    /// <summary>What the key names; null for nothing known.</summary>
    public KeyMeaning? Meaning { get; }

    /// <summary>What the key itself says beside.</summary>
    public KeyTraits Traits => _reading.Traits;

    /// <summary>The key; empty for none.</summary>
    public string Key => _keyed?.Key ?? "";

    /// <summary>What lies beside the field that has the key.</summary>
    public IReadOnlyList<Field> Siblings => _keyed is null ? [] : _neighbours.Of(_keyed);

    /// <summary>Reads the nearest key at or above <paramref name="field"/>.</summary>
    public static KeyContext Of(Field field, Neighbours neighbours)
    {
        var keyed = field;
        while (keyed is { Key: null })
        {
            keyed = keyed.Parent;
        }

        if (keyed is null)
        {
            return new KeyContext(KeyReading.Nothing, meaning: null, keyed: null, neighbours);
        }

        var reading = KeyLexicon.BuiltIn.Read(keyed.Key!);
        var meaning = Conditional(reading, keyed, neighbours) ?? reading.Meaning;
        var isPair = meaning is null && reading.Traits.HasFlag(KeyTraits.PairValue);
        return new KeyContext(reading, isPair ? PairMeaning(keyed.Parent) : meaning, keyed, neighbours);
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

        var (step, isFilter, isDevice) = (0, false, false);
        foreach (var traits in StepsAbove())
        {
            isFilter |= step == 0 && traits.HasFlag(KeyTraits.Filter);
            isDevice |= step == 0 && traits.HasFlag(KeyTraits.Device);
            if (traits.HasFlag(KeyTraits.Foreign))
            {
                return new Owner(IsPerson: false, IsForeign: true, isFilter, isDevice);
            }

            if (traits.HasFlag(KeyTraits.Person))
            {
                return new Owner(IsPerson: step == 0, IsForeign: false, isFilter, isDevice);
            }

            step++;
        }

        if (_keyed is { Message: MessageKind.Response or MessageKind.WebSocketReceived } told && IsInAThing(told))
        {
            return new Owner(IsPerson: false, IsForeign: true, isFilter, isDevice);
        }

        return new Owner(IsPerson: false, IsForeign: false, isFilter, isDevice);
    }

    // An answer's object that says of itself what it is: { "place_name": …, "phone": … }, or { "@type": "LocalBusiness" } (schema.org) around it.
    private bool IsInAThing(Field told)
    {
        foreach (var sibling in Siblings)
        {
            if (sibling.Key is { } key && KeyLexicon.BuiltIn.Read(key) is { Traits: var traits, Name: var name } && traits.HasFlag(KeyTraits.Foreign) && name.EndsWith("name", StringComparison.Ordinal))
            {
                return true;
            }
        }

        for (var field = told; field is not null; field = field.Parent)
        {
            foreach (var sibling in _neighbours.Of(field))
            {
                if (sibling is { Key: "@type", Text: { } type } && type is not ("Person" or "PostalAddress" or "ContactPoint"))
                {
                    return true;
                }
            }
        }

        return false;
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

    // The first meaning for which the keys around are as it wants them: below `device`, beside `ssid`.
    private static KeyMeaning? Conditional(KeyReading reading, Field keyed, Neighbours neighbours)
    {
        foreach (var meaning in reading.Conditional)
        {
            if ((meaning.Below.Count == 0 || meaning.Below.Contains(NameAbove(reading, keyed)))
                && (meaning.Beside.Count == 0 || IsBeside(meaning, keyed, neighbours)))
            {
                return meaning;
            }
        }

        return null;
    }

    private static string NameAbove(KeyReading reading, Field keyed)
    {
        if (reading.NameAbove is { } within)
        {
            return within;
        }

        var above = keyed.Parent;
        while (above is { Key: null })
        {
            above = above.Parent;
        }

        return above is null ? "" : KeyLexicon.BuiltIn.Read(above.Key!).Name;
    }

    private static bool IsBeside(KeyMeaning meaning, Field keyed, Neighbours neighbours)
    {
        foreach (var sibling in neighbours.Of(keyed))
        {
            if (sibling.Key is { } key && sibling != keyed && meaning.Beside.Contains(KeyLexicon.BuiltIn.Read(key).Name))
            {
                return true;
            }
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
