namespace TrafficAudit.Index.Filtering;

/// <summary>The notation of ranges: <c>from..to</c>, an end left out being open.</summary>
internal static class FilterRange
{
    /// <summary>The two ends; null when the text is no range.</summary>
    public static (string From, string To)? Split(string text)
    {
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        return dots < 0 ? null : (text[..dots], text[(dots + 2)..]);
    }
}
