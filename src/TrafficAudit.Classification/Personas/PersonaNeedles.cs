using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Personas;

/// <summary>Everything to search for because of one persona; built once, read by many threads.</summary>
internal sealed class PersonaNeedles
{
    private readonly FrozenDictionary<char, string[]> _strongByFirst;
    private readonly FrozenDictionary<string, Needle[]>.AlternateLookup<ReadOnlySpan<char>> _byText;
    private readonly FrozenDictionary<string, DigestNeedle[]>.AlternateLookup<ReadOnlySpan<char>> _digests;
    private readonly FrozenDictionary<string, DigestNeedle[]>.AlternateLookup<ReadOnlySpan<char>> _shortDigests;
    private readonly FrozenDictionary<string, Needle[]> _weakByItem;

    /// <summary>Computes the forms and digests of every value.</summary>
    public PersonaNeedles(Persona persona)
    {
        var needles = persona.Values.SelectMany(value => NormalForms.Of(value).Select(form => Needle.Of(value, form))).ToList();
        All = needles;
        var strong = needles.Where(needle => needle.Weight == NeedleWeight.Strong).Select(needle => needle.Form.Text)
            .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var weak = needles.Where(needle => needle.Weight != NeedleWeight.Strong).ToList();

        // Two sets: the vectorised search for ASCII texts is quick in any case, the other one needs its case folding done by hand and
        // is only used where a text has such characters. Hangul has no case.
        AsciiTexts = SearchValues.Create([.. strong.Where(text => Ascii.IsValid(text))], StringComparison.OrdinalIgnoreCase);
        OtherTexts = SearchValues.Create([.. strong.Where(text => !Ascii.IsValid(text))], StringComparison.OrdinalIgnoreCase);
        _strongByFirst = strong.GroupBy(text => char.ToUpperInvariant(text[0]))
            .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(text => text.Length).ToArray());
        _byText = needles.GroupBy(needle => needle.Form.Text, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        _weakByItem = weak.GroupBy(needle => needle.Item, StringComparer.Ordinal)
            .ToFrozenDictionary(
                group => group.Key, group => group.OrderByDescending(needle => needle.Form.Text.Length).ToArray(), StringComparer.Ordinal);
        LongestWeak = weak.Count == 0 ? 0 : weak.Max(needle => needle.Form.Text.Length);
        _digests = ByText(needles.SelectMany(KnownDigests.Of));
        _shortDigests = ByText(needles.SelectMany(KnownDigests.ShortOf));
        HasDigests = needles.Count > 0;
    }

    /// <summary>Every form of every value.</summary>
    public IReadOnlyList<Needle> All { get; }

    /// <summary>The strong forms that are ASCII, for search in any case.</summary>
    public SearchValues<string> AsciiTexts { get; }

    /// <summary>The strong forms with other characters.</summary>
    public SearchValues<string> OtherTexts { get; }

    /// <summary>The length of the longest form that counts as a whole leaf only; 0 when there is none.</summary>
    public int LongestWeak { get; }

    /// <summary>Whether there is any digest to look for.</summary>
    public bool HasDigests { get; }

    /// <summary>The strong texts that begin with this character in any case, longest first.</summary>
    public ReadOnlySpan<string> StrongFrom(char first) => _strongByFirst.TryGetValue(char.ToUpperInvariant(first), out var texts) ? texts : [];

    /// <summary>The needles whose text this is, in any case; empty for none.</summary>
    public ReadOnlySpan<Needle> Find(ReadOnlySpan<char> text) => _byText.TryGetValue(text, out var needles) ? needles : [];

    /// <summary>The weak needles of one item, longest first.</summary>
    public ReadOnlySpan<Needle> WeakOf(string item) => _weakByItem.TryGetValue(item, out var needles) ? needles : [];

    /// <summary>The needles whose digest this hex text is; empty for none.</summary>
    public ReadOnlySpan<DigestNeedle> FindDigest(scoped ReadOnlySpan<char> hex) => _digests.TryGetValue(hex, out var needles) ? needles : [];

    /// <summary>The needles whose digest these bytes are; empty for none.</summary>
    public ReadOnlySpan<DigestNeedle> FindDigest(ReadOnlySpan<byte> bytes)
    {
        if (!HasDigests || !Digest.Lengths.Contains(bytes.Length))
        {
            return [];
        }

        Span<char> hex = stackalloc char[2 * bytes.Length];
        _ = Convert.TryToHexStringLower(bytes, hex, out _);
        return FindDigest(hex);
    }

    /// <summary>The needles of which this text is a short digest, see <see cref="KnownDigests.ShortOf"/>; empty for none.</summary>
    public ReadOnlySpan<DigestNeedle> FindShortDigest(ReadOnlySpan<char> text) => _shortDigests.TryGetValue(text, out var needles) ? needles : [];

    private static FrozenDictionary<string, DigestNeedle[]>.AlternateLookup<ReadOnlySpan<char>> ByText(IEnumerable<DigestNeedle> digests) =>
        digests.GroupBy(digest => digest.Text, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
}
