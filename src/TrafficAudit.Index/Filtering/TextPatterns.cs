namespace TrafficAudit.Index.Filtering;

/// <summary>One text to compare with, without regard to case; <c>*</c> stands for any run of characters.</summary>
internal sealed class TextPattern
{
    /// <summary>The longest piece: that of a filter.</summary>
    public const int Longest = FilterParser.MaximumLength;

    private readonly string[] _pieces;
    private readonly TextPiece[] _inner;

    private TextPattern(string[] pieces)
    {
        _pieces = pieces;
        _inner = pieces.Length == 1 ? [] : [.. pieces[1..^1].Where(p => p.Length > 0).Select(p => new TextPiece(p))];
    }

    /// <summary>What stands between the two ends, in order; nothing that is empty.</summary>
    public ReadOnlySpan<TextPiece> Inner => _inner;

    /// <summary>Compares with the whole text; <c>*</c> stands for any run.</summary>
    public static TextPattern Wildcard(string text) => new(text.Split('*'));

    /// <summary>Compares with the whole text, <c>*</c> being itself.</summary>
    public static TextPattern Literal(string text) => new([text]);

    /// <summary>The same, anywhere in the text.</summary>
    public TextPattern Anywhere() => new(["", .. _pieces, ""]);

    // Leftmost matches suffice for the pieces between the ends, so the time is bounded by text x pattern: nothing backtracks.
    public bool Matches(ReadOnlySpan<char> text)
    {
        var first = _pieces[0];
        if (_pieces.Length == 1)
        {
            return text.Equals(first, StringComparison.OrdinalIgnoreCase);
        }

        var last = _pieces[^1];
        if (text.Length < first.Length + last.Length
            || !text.StartsWith(first, StringComparison.OrdinalIgnoreCase)
            || !text.EndsWith(last, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        text = text[first.Length..^last.Length];
        foreach (var piece in _inner)
        {
            var at = piece.IndexIn(text);
            if (at < 0)
            {
                return false;
            }

            text = text[(at + piece.Length)..];
        }

        return true;
    }
}

/// <summary>Several texts of which one has to match. What a flow does not have (no phase, no status) matches none.</summary>
internal sealed class TextPatterns(IReadOnlyList<TextPattern> alternatives)
{
    public bool Matches(string? text)
    {
        if (text is null)
        {
            return false;
        }

        for (var i = 0; i < alternatives.Count; i++)
        {
            if (alternatives[i].Matches(text))
            {
                return true;
            }
        }

        return false;
    }
}
