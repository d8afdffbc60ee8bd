using System.Collections.Immutable;
using System.Text;
using TrafficAudit.Classification.Explaining;
using TrafficAudit.Classification.Personas;
using TrafficAudit.Classification.Rules;

namespace TrafficAudit.Classification.Detection;

/// <summary>Finds a persona's values in a text: plain in any form and case, and as digests. Immutable, thread-safe.</summary>
internal sealed class PersonaDetector(PersonaNeedles needles)
{
    private const int MaxHits = 64;
    private const int LongestKeyedText = 512;
    private const int LongestShortDigest = 40;

    /// <summary>Whether there is anything to look for.</summary>
    public bool HasValues => needles.All.Count > 0;

    /// <summary>The hits in <paramref name="text"/> in their order, none inside another; null for none.</summary>
    public List<PersonaHit>? Find(string text, in KeyContext key)
    {
        List<PersonaHit>? hits = null;
        FindStrong(text, needles.AsciiTexts, key, ref hits);
        if (!Ascii.IsValid(text))
        {
            FindStrong(text, needles.OtherTexts, key, ref hits);
        }

        if (text.Length >= DigestText.Shortest && needles.HasDigests)
        {
            FindDigests(text, key, ref hits);
        }

        if (hits is null && key.Meaning is not null && text.Length <= LongestShortDigest)
        {
            FindShortDigest(text, key, ref hits);
        }

        if (needles.LongestWeak > 0 && hits is null)
        {
            FindWeak(text, key, ref hits);
        }

        return hits is { Count: > 1 } ? Outermost(hits) : hits;
    }

    /// <summary>Writes down why nothing was found in a text.</summary>
    public void Explain(FieldNotes notes, string text, in KeyContext key) => PersonaAccount.Write(notes, needles, text, key);

    /// <summary>The runs of base64 in a text inside of which known values stand; null for none. For texts that were not decoded further.</summary>
    public List<PersonaHit>? FindInBase64(string text, in KeyContext key)
    {
        List<PersonaHit>? hits = null;
        var runs = Base64Text.Runs(text);
        while (runs.MoveNext() && !(hits?.Count >= MaxHits))
        {
            var run = text.AsSpan(runs.Start, runs.Length);
            for (var alignment = 0; alignment < Base64Text.Alignments && Base64Text.IsLikely(run); alignment++)
            {
                if (Base64Text.Decode(run, alignment) is { Length: > 0 } decoded && Find(decoded, key) is { } inside)
                {
                    foreach (var hit in inside)
                    {
                        (hits ??= []).Add(hit with
                        {
                            Start = runs.Start, Length = runs.Length, Transformations = hit.Transformations.Add(Transformation.Base64), IsEncoded = true,
                        });
                    }
                }
            }
        }

        return hits;
    }

    /// <summary>The digest that some bytes are, where no decoder reads them; null when they are none.</summary>
    public PersonaHit? FindRaw(ReadOnlySpan<byte> bytes, in KeyContext key) =>
        FindRaw(bytes, key, isWhole: true) is { } digest
            ? new PersonaHit(0, bytes.Length, digest.Needle, digest.Transformations.Add(Transformation.Raw), IsDigest: true)
            : null;

    private static Needle? Best(ReadOnlySpan<Needle> candidates, in KeyContext key, bool isWhole)
    {
        Needle? best = null;
        foreach (var needle in candidates)
        {
            if (Counts(needle, key, isWhole) && (best is null || (key.Names(needle.Item) && !key.Names(best.Item))))
            {
                best = needle;
            }
        }

        return best;
    }

    private static DigestNeedle? Best(ReadOnlySpan<DigestNeedle> candidates, in KeyContext key, bool isWhole)
    {
        DigestNeedle? best = null;
        foreach (var digest in candidates)
        {
            if (Counts(digest.Needle, key, isWhole) && (best is null || (key.Names(digest.Needle.Item) && !key.Names(best.Needle.Item))))
            {
                best = digest;
            }
        }

        return best;
    }

    private static bool Counts(Needle needle, in KeyContext key, bool isWhole) => needle.Weight switch
    {
        NeedleWeight.Strong => true,
        NeedleWeight.Weak => IsNamed(needle, key) || (isWhole && key.Meaning is null && !key.Traits.HasFlag(KeyTraits.Product)),
        _ => IsNamed(needle, key),
    };

    // The gender in a search filter and the shop's postcode are not the persona's, though they may be equal.
    private static bool IsNamed(Needle needle, in KeyContext key) =>
        key.Names(needle.Item) && key.FindOwner() is { IsForeign: false, IsFilter: false };

    private static List<PersonaHit> Outermost(List<PersonaHit> hits)
    {
        bool IsInside(PersonaHit hit) => hits.Exists(other => other.Start <= hit.Start && other.End >= hit.End && other.Length > hit.Length);
        return [.. hits.Where(hit => !IsInside(hit)).OrderBy(hit => hit.Start)];
    }

    private void FindStrong(string text, System.Buffers.SearchValues<string> texts, in KeyContext key, ref List<PersonaHit>? hits)
    {
        var span = text.AsSpan();
        for (var at = 0; at < span.Length;)
        {
            var offset = span[at..].IndexOfAny(texts);
            if (offset < 0 || hits?.Count >= MaxHits)
            {
                return;
            }

            at += offset;
            var length = LongestAt(span, at, key, ref hits);
            at += Math.Max(1, length);
        }
    }

    private int LongestAt(ReadOnlySpan<char> text, int at, in KeyContext key, ref List<PersonaHit>? hits)
    {
        foreach (var known in needles.StrongFrom(text[at]))
        {
            if (!text[at..].StartsWith(known, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var seen = text.Slice(at, known.Length);
            var isWhole = text.Trim().Length == known.Length;
            if (Best(needles.Find(seen), key, isWhole) is { } needle && HitBorders.AreFree(text, at, known.Length, needle.Item))
            {
                (hits ??= []).Add(new PersonaHit(at, known.Length, needle, Transformations(seen, needle), IsDigest: false));
                return known.Length;
            }
        }

        return 0;
    }

    private void FindDigests(string text, in KeyContext key, ref List<PersonaHit>? hits)
    {
        var trimmed = text.AsSpan().Trim();
        var hex = DigestText.Hex(text);
        while (hex.MoveNext() && !(hits?.Count >= MaxHits))
        {
            if (Best(needles.FindDigest(text.AsSpan(hex.Start, hex.Length)), key, isWhole: trimmed.Length == hex.Length) is { } digest)
            {
                (hits ??= []).Add(new PersonaHit(hex.Start, hex.Length, digest.Needle, digest.Transformations, IsDigest: true));
            }
        }

        var base64 = DigestText.Base64(text);
        Span<byte> bytes = stackalloc byte[DigestText.Longest];
        while (base64.MoveNext() && !(hits?.Count >= MaxHits))
        {
            var isWhole = trimmed.TrimEnd('=').Length == base64.Length;
            if (DigestText.Decode(text.AsSpan(base64.Start, base64.Length), bytes) is > 0 and var count && FindRaw(bytes[..count], key, isWhole) is { } digest)
            {
                (hits ??= []).Add(new PersonaHit(base64.Start, base64.Length, digest.Needle, digest.Transformations.Add(Transformation.Base64), IsDigest: true));
            }
        }
    }

    private void FindShortDigest(string text, in KeyContext key, ref List<PersonaHit>? hits)
    {
        var trimmed = text.AsSpan().Trim();
        foreach (var digest in needles.FindShortDigest(trimmed))
        {
            if (IsNamed(digest.Needle, key))
            {
                (hits ??= []).Add(new PersonaHit(text.AsSpan().IndexOf(trimmed), trimmed.Length, digest.Needle, digest.Transformations, IsDigest: true));
                return;
            }
        }
    }

    private DigestNeedle? FindRaw(ReadOnlySpan<byte> bytes, in KeyContext key, bool isWhole) => Best(needles.FindDigest(bytes), key, isWhole);

    private void FindWeak(string text, in KeyContext key, ref List<PersonaHit>? hits)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length <= needles.LongestWeak && Best(needles.Find(trimmed), key, isWhole: true) is { } whole)
        {
            var start = text.AsSpan().IndexOf(trimmed);
            (hits ??= []).Add(new PersonaHit(start, trimmed.Length, whole, Transformations(trimmed, whole), IsDigest: false));
            return;
        }

        if (key.Meaning is not { } meaning || text.Length > LongestKeyedText)
        {
            return;
        }

        foreach (var item in meaning.Items)
        {
            foreach (var needle in needles.WeakOf(item))
            {
                var at = text.IndexOf(needle.Form.Text, StringComparison.OrdinalIgnoreCase);
                if (at >= 0 && IsNamed(needle, key) && HitBorders.AreFree(text, at, needle.Form.Text.Length, item))
                {
                    var seen = text.AsSpan(at, needle.Form.Text.Length);
                    (hits ??= []).Add(new PersonaHit(at, seen.Length, needle, Transformations(seen, needle), IsDigest: false));
                    return;
                }
            }
        }
    }

    // The search ignores case: what was seen may be the form itself, a known form in another case, or neither.
    private ImmutableArray<string> Transformations(ReadOnlySpan<char> seen, Needle needle)
    {
        foreach (var other in needles.Find(seen))
        {
            if (other.Item == needle.Item && seen.SequenceEqual(other.Form.Text))
            {
                return other.Form.Transformations;
            }
        }

        return needle.Form.Transformations.Add(Transformation.MixedCase);
    }
}
