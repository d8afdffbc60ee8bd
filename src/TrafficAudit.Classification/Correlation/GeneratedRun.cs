namespace TrafficAudit.Classification.Correlation;

/// <summary>Tells runs of characters that nobody wrote from words, models and times: at least 64 bits that look random.</summary>
internal static class GeneratedRun
{
    private const int ShortestHex = 16;
    private const int ShortestDecimal = 16;
    private const int ShortestLetters = 16;
    private const int ShortestBase64 = 20;
    private const int LongBase64 = 40;
    private const int LongestOfKind = 5;
    private const int FewestDistinct = 6;

    private static readonly long[] UnitsOfSecond = [1, 1_000, 1_000_000, 1_000_000_000];

    /// <summary>Whether a run of letters and digits is a digest, a long number or random characters.</summary>
    public static bool IsGenerated(ReadOnlySpan<char> run, DateTimeOffset captured)
    {
        if (run.Length < ShortestHex || Distinct(run) < FewestDistinct)
        {
            return false;
        }

        var counts = Counts.Of(run);
        if (counts.Digits == run.Length)
        {
            return run.Length >= ShortestDecimal && !IsTime(run, captured);
        }

        if (counts.IsHex && counts is { Digits: >= 2, Letters: >= 2 } && (counts.Upper == 0 || counts.Lower == 0))
        {
            return true;
        }

        // Random characters of 36 go from digit to letter or back two times in five; words with numbers between them (qcomsm8450kalama5g12) less often.
        return run.Length >= ShortestLetters && counts is { Digits: >= 3, Letters: >= 3 } && (counts.Upper == 0 || counts.Lower == 0)
            && counts.Changes * 3 >= run.Length;
    }

    /// <summary>
    /// Whether a text is base64 or base64url of random bytes: capitals, small letters and digits that take turns as they do by chance, which names in
    /// <c>camelCase</c> do not.
    /// </summary>
    public static bool IsBase64(ReadOnlySpan<char> text)
    {
        if (text.Length < ShortestBase64)
        {
            return false;
        }

        var counts = Counts.Of(text);
        if (counts is not { Upper: >= 3, Lower: >= 3, Digits: >= 1 } || counts.Others * 8 > text.Length)
        {
            return false;
        }

        // Of random characters 0.64 are of another kind than the one before. SamsungGalaxyS23Ultra5G has 0.41, and a word in it.
        return text.Length < LongBase64
            ? counts.Changes * 20 >= text.Length * 9 && counts.Longest <= LongestOfKind
            : counts.Changes * 25 >= text.Length * 12;
    }

    /// <summary>Whether a run of digits is a time near its capture: since 1970 in seconds to nanoseconds, or written as <c>20260102030405</c>.</summary>
    public static bool IsTime(ReadOnlySpan<char> run, DateTimeOffset captured)
    {
        if (!long.TryParse(run, out var number))
        {
            return false;
        }

        var first = captured.AddYears(-20).ToUnixTimeSeconds();
        var last = captured.AddYears(20).ToUnixTimeSeconds();
        foreach (var unit in UnitsOfSecond)
        {
            if (number / unit >= first && number / unit <= last)
            {
                return true;
            }
        }

        return run.Length is >= 8 and <= 18 && run[..2] is "19" or "20" && run[4] <= '1' && run[6] <= '3';
    }

    private static int Distinct(ReadOnlySpan<char> run)
    {
        var seen = UInt128.Zero;
        foreach (var c in run)
        {
            seen |= UInt128.One << c;
        }

        return (int)UInt128.PopCount(seen);
    }

    private readonly record struct Counts(int Upper, int Lower, int Digits, int Others, int Changes, int Longest, bool IsHex)
    {
        public int Letters => Upper + Lower;

        public static Counts Of(ReadOnlySpan<char> text)
        {
            var (upper, lower, digits, others, changes, longest, isHex) = (0, 0, 0, 0, 0, 0, true);
            var (before, length) = (-1, 0);
            foreach (var c in text)
            {
                var kind = char.IsAsciiDigit(c) ? 0 : char.IsAsciiLetterUpper(c) ? 1 : char.IsAsciiLetterLower(c) ? 2 : 3;
                changes += before >= 0 && before != kind ? 1 : 0;
                length = before == kind ? length + 1 : 1;
                longest = Math.Max(longest, length);
                before = kind;
                isHex &= char.IsAsciiHexDigit(c);
                _ = kind switch { 0 => digits++, 1 => upper++, 2 => lower++, _ => others++ };
            }

            return new Counts(upper, lower, digits, others, changes, longest, isHex);
        }
    }
}
