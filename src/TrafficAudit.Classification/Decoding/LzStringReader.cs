namespace TrafficAudit.Classification.Decoding;

/// <summary>Reads the codes of lz-string: a Lempel-Ziv dictionary of stretches of the output, whose codes grow bit by bit.</summary>
/// <param name="text">The characters that hold the bits.</param>
/// <param name="width">Bits in each: <see cref="DigitWidth"/> or <see cref="WideWidth"/>.</param>
internal ref struct LzStringReader(ReadOnlySpan<char> text, int width)
{
    /// <summary>Bits in a digit of base64.</summary>
    public const int DigitWidth = 6;

    /// <summary>Bits in a character of UTF-16, of which 32 more is sent, so that it is no control character.</summary>
    public const int WideWidth = 15;

    private const int WideOffset = 32;
    private const int EightBits = 0;
    private const int SixteenBits = 1;
    private const int End = 2;
    private const int FirstEntry = 3;
    private readonly ReadOnlySpan<char> _text = text;
    private readonly List<(int Start, int Length)> _entries = [];
    private readonly List<char> _output = [];
    private int _bit;
    private int _codeWidth = 3;
    private int _untilWider = 4;

    /// <summary>A first look without memory: whether the first three codes are characters of text, or what can follow such.</summary>
    public static bool BeginsWithText(ReadOnlySpan<char> text, int width)
    {
        var bit = 0;
        var (first, entries) = (Bits(text, width, ref bit, 2), 0);
        for (var code = first; entries <= 4; code = Bits(text, width, ref bit, 3))
        {
            // Each step adds an entry, and a new character one more; the fifth makes codes wider.
            if (code is EightBits or SixteenBits ? !IsOfText(Bits(text, width, ref bit, code == EightBits ? 8 : 16)) : code == End || code > FirstEntry + entries || entries == 0)
            {
                return false;
            }

            entries += entries == 0 ? 1 : code is EightBits or SixteenBits ? 2 : 1;
        }

        return true;
    }

    /// <summary>The text; null when a code is wrong, when they don't end with the last character, or say more than <paramref name="most"/> characters.</summary>
    public string? Read(int most)
    {
        if (!TryCharacter(Bits(2)))
        {
            return null;
        }

        _entries.Add((0, 1));
        var (start, length) = (0, 1);
        while (_output.Count <= most)
        {
            var code = Bits(_codeWidth);
            if (code == End)
            {
                return IsPadding((_text.Length * width) - _bit) ? new string([.. _output]) : null;
            }

            var next = _output.Count;
            if (TryCharacter(code))
            {
                Enter(next, 1);
            }
            else if (!TryEntry(code, start, length))
            {
                return null;
            }

            // The entry before and the first character of this one, which follows it in the output.
            Enter(start, length + 1);
            (start, length) = (next, _output.Count - next);
        }

        return null;
    }

    private static int Bits(ReadOnlySpan<char> text, int width, ref int bit, int count)
    {
        var value = 0;
        for (var i = 0; i < count; i++, bit++)
        {
            var at = bit / width;
            var character = at < text.Length ? ValueOf(text[at], width) : -1;
            if (character < 0)
            {
                return -1;
            }

            value |= ((character >> (width - 1 - (bit % width))) & 1) << i;
        }

        return value;
    }

    private static int ValueOf(char c, int width) =>
        width == WideWidth ? c is >= (char)WideOffset and < (char)(0x8000 + WideOffset) ? c - WideOffset : -1
        : c switch
        {
            >= 'A' and <= 'Z' => c - 'A',
            >= 'a' and <= 'z' => c - 'a' + 26,
            >= '0' and <= '9' => c - '0' + 52,
            '+' => 62,
            '/' or '-' => 63,
            _ => -1,
        };

    /// <summary>No control characters, and nothing of private use.</summary>
    private static bool IsOfText(int character) =>
        character is (>= ' ' and < 0x7F) or '\t' or '\n' or '\r' or (>= 0xA0 and < 0xE000) or (>= 0xF900 and < 0xFFF0);

    private bool TryCharacter(int code)
    {
        var character = code is EightBits or SixteenBits ? Bits(code == EightBits ? 8 : 16) : -1;
        var isOfText = IsOfText(character);
        if (isOfText)
        {
            _output.Add((char)character);
        }

        return isOfText;
    }

    private readonly bool TryEntry(int code, int start, int length)
    {
        var entry = code - FirstEntry;
        if (code < FirstEntry || entry > _entries.Count)
        {
            return false;
        }

        // One past the last is the one being made: the entry before and its own first character.
        var (from, count) = entry < _entries.Count ? _entries[entry] : (start, length + 1);
        for (var i = 0; i < count; i++)
        {
            _output.Add(_output[from + i]);
        }

        return true;
    }

    /// <summary>Less than two characters, of nothing but zeros.</summary>
    private bool IsPadding(int left) => left < 2 * width && Bits(left) == 0;

    private void Enter(int start, int length)
    {
        _entries.Add((start, length));
        if (--_untilWider == 0)
        {
            _untilWider = 1 << _codeWidth;
            _codeWidth++;
        }
    }

    private int Bits(int count) => Bits(_text, width, ref _bit, count);
}
