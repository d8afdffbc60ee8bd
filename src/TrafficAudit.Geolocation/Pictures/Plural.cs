namespace TrafficAudit.Geolocation.Pictures;

/// <summary>Counted nouns.</summary>
internal static class Plural
{
    /// <summary><c>1 item</c>, <c>2 items</c>.</summary>
    public static string Of(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {(noun[^1] == 'y' ? $"{noun[..^1]}ie" : noun)}s";
}
