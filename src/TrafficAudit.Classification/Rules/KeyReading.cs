using System.Collections.Frozen;
using System.Collections.Immutable;

namespace TrafficAudit.Classification.Rules;

/// <summary>When a key is evidence without a format that agrees.</summary>
internal enum StandsAlone
{
    Never,

    /// <summary>With a word for the person in front of it or right above it.</summary>
    Person,

    /// <summary>Where the phone says it: in what it sends, or right below a word for the phone; not right below a thing or a choice.</summary>
    Device,

    Always,
}

/// <summary>What words of a key say beside its meaning.</summary>
[Flags]
internal enum KeyTraits
{
    None = 0,

    /// <summary>A word for the person whose phone it is.</summary>
    Person = 1,

    /// <summary>A word for somebody else: a shop, a company.</summary>
    Foreign = 2,

    /// <summary>A word for a thing: numbers are its identifiers.</summary>
    Product = 4,

    /// <summary>A word for a thing or a choice: what lies right below tells of it, not of the person.</summary>
    Filter = 8,

    /// <summary>A standard header field.</summary>
    OrdinaryHeader = 16,

    /// <summary>The name's member in <c>{ "name": …, "value": … }</c>.</summary>
    PairName = 32,

    /// <summary>The value's member there.</summary>
    PairValue = 64,

    /// <summary>A key of the request itself: a trace, a signature, a nonce.</summary>
    Request = 128,

    /// <summary>A word for the phone.</summary>
    Device = 256,
}

/// <summary>One entry of the key lexicon.</summary>
/// <param name="Items">The items that the key can name, in the order in which their formats are tried.</param>
/// <param name="Default">The one that is meant when no format decides.</param>
/// <param name="Alone">Whether the key is evidence by itself.</param>
/// <param name="Digest">Whether any digest under it is evidence.</param>
internal sealed record KeyMeaning(ImmutableArray<string> Items, string Default, StandsAlone Alone, StandsAlone Digest)
{
    /// <summary>It means this only right below one of these keys; empty for below any.</summary>
    public required FrozenSet<string> Below { get; init; }

    /// <summary>It means this only beside one of these keys; empty for beside any.</summary>
    public required FrozenSet<string> Beside { get; init; }

    /// <summary>Whether it depends on the keys around.</summary>
    public bool IsConditional => Below.Count + Beside.Count > 0;
}

/// <summary>What the lexicon makes of one key.</summary>
/// <param name="Meaning">What its last step names; null when that is nothing known.</param>
/// <param name="Traits">What its last step says beside.</param>
/// <param name="StepsAbove">What the steps before the last say, nearest first; empty for a simple key.</param>
/// <param name="Name">Its last step in the form in which keys are compared.</param>
/// <param name="NameAbove">The step before the last in that form; null for a simple key.</param>
internal sealed record KeyReading(KeyMeaning? Meaning, KeyTraits Traits, ImmutableArray<KeyTraits> StepsAbove, string Name = "", string? NameAbove = null)
{
    /// <summary>What it names in some places only, in the order in which that is tried.</summary>
    public ImmutableArray<KeyMeaning> Conditional { get; init; } = [];

    /// <summary>A key that says nothing.</summary>
    public static KeyReading Nothing { get; } = new(null, KeyTraits.None, []);
}
