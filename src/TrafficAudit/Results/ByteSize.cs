namespace TrafficAudit.Results;

/// <summary>Numbers of bytes as people read them: decimal units, short.</summary>
internal static class ByteSize
{
    public static string Of(long bytes) => bytes switch
    {
        < 1000 => $"{bytes} B",
        < 1_000_000 => $"{bytes / 1e3:0.#} kB",
        < 1_000_000_000 => $"{bytes / 1e6:0.#} MB",
        _ => $"{bytes / 1e9:0.##} GB",
    };

    /// <summary>A part and its whole, the unit once where it is the same (<c>12.4 of 15 MB</c>, <c>11 B of 1 kB</c>).</summary>
    public static string OfWhole(long part, long whole)
    {
        var (first, second) = (Of(part), Of(whole));
        var unit = second[second.IndexOf(' ', StringComparison.Ordinal)..];
        return part > 0 && !first.EndsWith(unit, StringComparison.Ordinal) ? $"{first} of {second}" : $"{first[..first.IndexOf(' ', StringComparison.Ordinal)]} of {second}";
    }
}
