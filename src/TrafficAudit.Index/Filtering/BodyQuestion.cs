namespace TrafficAudit.Index.Filtering;

/// <summary><c>body:</c>: whether one of several texts is found anywhere in a body or in a WebSocket's message.</summary>
public sealed class BodyQuestion : ContentQuestion
{
    private readonly TextPattern[] _patterns;

    internal BodyQuestion(IReadOnlyList<FilterValue> values)
        : base(values[0].Position) => _patterns = [.. values.Select(v => v.Pattern.Anywhere())];

    /// <summary>Whether one is found in a decoded value or a key.</summary>
    public bool IsIn(ReadOnlySpan<char> text)
    {
        foreach (var pattern in _patterns)
        {
            if (pattern.Matches(text))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one is found in bytes read as UTF-8; what is none is no text. Takes a fixed amount of memory, whatever their number.</summary>
    public bool IsIn(ReadOnlySpan<byte> utf8)
    {
        foreach (var pattern in _patterns)
        {
            if (!utf8.IsEmpty && Utf8Scan.Finds(pattern, utf8))
            {
                return true;
            }
        }

        return false;
    }
}
