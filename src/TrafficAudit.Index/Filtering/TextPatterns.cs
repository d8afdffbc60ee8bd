namespace TrafficAudit.Index.Filtering;

/// <summary>One text to compare with, without regard to case; <c>*</c> stands for any run of characters.</summary>
internal sealed class TextPattern
{
    /// <summary>The longest piece: that of a filter.</summary>
    public const int Longest = FilterParser.MaximumLength;

    private readonly string[] _pieces;

    private TextPattern(string[] pieces) => _pieces = pieces;

    /// <summary>What stands between the two ends, in order; nothing that is empty.</summary>
    public ReadOnlySpan<string> Inner => Array.FindAll(_pieces[1..^1], p => p.Length > 0);

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
        foreach (var piece in _pieces.AsSpan(1, _pieces.Length - 2))
        {
            var at = text.IndexOf(piece, StringComparison.OrdinalIgnoreCase);
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
