using System.Buffers;
using System.Collections.Frozen;

namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>
/// Finds Korean addresses: a province or metropolitan city, one or two of 시/군/구, perhaps 읍/면, then a street (로, 길) or a village
/// (동, 리, 가) with its number. The 시/군/구 is required (Sejong has none): without it half of all sentences about results (결과로 3) match.
/// Every step takes one word, so that the search is linear.
/// </summary>
internal static class KoreanAddress
{
    private const int MaxWord = 20;

    private static readonly string[] RegionNames =
    [
        "서울특별시", "서울시", "서울", "부산광역시", "부산시", "부산", "대구광역시", "대구시", "대구", "인천광역시", "인천시", "인천", "광주광역시", "광주시", "광주",
        "대전광역시", "대전시", "대전", "울산광역시", "울산시", "울산", "세종특별자치시", "세종시", "세종", "경기도", "경기", "강원특별자치도", "강원도", "강원",
        "충청북도", "충북", "충청남도", "충남", "전라북도", "전북특별자치도", "전북", "전라남도", "전남", "경상북도", "경북", "경상남도", "경남",
        "제주특별자치도", "제주도", "제주",
    ];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Regions =
        RegionNames.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<string> RegionStarts = SearchValues.Create(
        ["서울", "부산", "대구", "인천", "광주", "대전", "울산", "세종", "경기", "강원", "충청", "충북", "충남", "전라", "전북", "전남", "경상", "경북", "경남", "제주"],
        StringComparison.Ordinal);

    /// <summary>The first address at or after <paramref name="from"/>; null if there is none.</summary>
    public static TextMatch? Find(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length)
        {
            var offset = text[from..].IndexOfAny(RegionStarts);
            if (offset < 0)
            {
                return null;
            }

            var start = from + offset;
            if ((start == 0 || !IsHangul(text[start - 1])) && End(text, start) is var end && end > start)
            {
                return new TextMatch(new FormatMatch("postal_address", "a Korean address"), start, end - start);
            }

            from = start + 1;
        }

        return null;
    }

    private static int End(ReadOnlySpan<char> text, int start)
    {
        var at = start;
        var region = Word(text, ref at);
        if (!Regions.Contains(region))
        {
            return -1;
        }

        var districts = 0;
        var isSejong = region.StartsWith("세종");
        for (var i = 0; i < 5; i++)
        {
            var wordStart = at;
            var word = Word(text, ref at);
            if (word.IsEmpty)
            {
                return -1;
            }

            if (word.Length >= 2 && word[^1] is '시' or '군' or '구' && districts < 2 && IsAllHangul(word))
            {
                districts++;
            }
            else if ((districts > 0 || isSejong) && Number(text, word, wordStart, ref at) is > 0 and var end)
            {
                return end;
            }
            else if (!(word[^1] is '읍' or '면' or '길' or '로' or '동' or '리'))
            {
                return -1;
            }
        }

        return -1;
    }

    // The number after a street or village: in a word of its own (세종대로 110) or written to the name (세종대로110).
    private static int Number(ReadOnlySpan<char> text, ReadOnlySpan<char> word, int wordStart, ref int at)
    {
        var joined = word.LastIndexOfAny('로', '길');
        if (joined > 0 && joined < word.Length - 1 && IsHouseNumber(word[(joined + 1)..]))
        {
            return wordStart + word.Length + LeadingBlanks(text, wordStart);
        }

        if (word.Length < 2 || !(word[^1] is '로' or '길' or '동' or '리' or '가'))
        {
            return -1;
        }

        var ahead = at;
        var next = Word(text, ref ahead);
        if (next is "지하" or "산")
        {
            next = Word(text, ref ahead);
        }

        var digits = HouseNumberLength(next);

        // 강남대로 94길 20: the street goes on.
        return digits > 0 && !(digits < next.Length && next[digits..] is ['길', ..] or ['번', '길', ..] or ['가', '길', ..])
            ? ahead - (next.Length - digits)
            : -1;
    }

    private static int LeadingBlanks(ReadOnlySpan<char> text, int at)
    {
        var count = 0;
        while (at + count < text.Length && IsBlank(text[at + count]))
        {
            count++;
        }

        return count;
    }

    // The next word, without blanks and commas around it; empty at the end or when it is too long to be one (and then not read on, or
    // a long text of hyphens would be read again from every region's name in it).
    private static ReadOnlySpan<char> Word(ReadOnlySpan<char> text, ref int at)
    {
        at += LeadingBlanks(text, at);
        var start = at;
        while (at < text.Length && at - start <= MaxWord && (IsHangul(text[at]) || char.IsAsciiDigit(text[at]) || text[at] is '-' or '·'))
        {
            at++;
        }

        return at - start <= MaxWord ? text[start..at] : [];
    }

    private static bool IsHouseNumber(ReadOnlySpan<char> word) => HouseNumberLength(word) is > 0 and var length && length == word.Length;

    // 110, 12-3: one to four digits each
    private static int HouseNumberLength(ReadOnlySpan<char> word)
    {
        var first = Digits(word);
        if (first is 0 or > 4)
        {
            return 0;
        }

        var second = first < word.Length && word[first] == '-' ? Digits(word[(first + 1)..]) : 0;
        return second is > 0 and <= 4 ? first + 1 + second : first;
    }

    private static int Digits(ReadOnlySpan<char> word)
    {
        var count = word.IndexOfAnyExceptInRange('0', '9');
        return count < 0 ? word.Length : count;
    }

    private static bool IsBlank(char c) => c is ' ' or ',' or '\t' or '\u00A0';

    private static bool IsHangul(char c) => c is >= '가' and <= '힣';

    private static bool IsAllHangul(ReadOnlySpan<char> word) => !word.ContainsAnyExceptInRange('가', '힣');
}
