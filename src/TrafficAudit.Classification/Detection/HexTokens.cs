namespace TrafficAudit.Classification.Detection;

/// <summary>Walks over the digests in a text: runs of hex digits that are as long as an MD5, SHA-1, SHA-2 or SHA-3.</summary>
internal ref struct HexTokens(ReadOnlySpan<char> text)
{
    private const int Shortest = 32;
    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    /// <summary>First character of the current run.</summary>
    public int Start { get; private set; }

    /// <summary>Its length: 32, 40, 56, 64, 96 or 128.</summary>
    public int Length { get; private set; }

    /// <summary>Goes to the next run. Looks at every 32nd character only, as a run of 32 can't hide between two of them.</summary>
    public bool MoveNext()
    {
        while (_at + Shortest <= _text.Length)
        {
            var probe = _at + Shortest - 1;
            if (!char.IsAsciiHexDigit(_text[probe]))
            {
                _at = probe + 1;
                continue;
            }

            var start = probe;
            while (start > _at && char.IsAsciiHexDigit(_text[start - 1]))
            {
                start--;
            }

            var end = probe + 1;
            while (end < _text.Length && char.IsAsciiHexDigit(_text[end]))
            {
                end++;
            }

            (Start, Length, _at) = (start, end - start, end);
            if (Length is 32 or 40 or 56 or 64 or 96 or 128)
            {
                return true;
            }
        }

        return false;
    }
}
