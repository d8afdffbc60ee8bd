namespace TrafficAudit.Model;

/// <summary>The form in which a personal value is shown unless a person asked to see it.</summary>
public static class MaskedValue
{
    /// <summary>
    /// Keeps at most two characters at each end, never more than a third of the value in all, and says how long it was:
    /// <c>so…om (16)</c>. Short values show nothing but their length.
    /// </summary>
    public static string Of(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var keep = Math.Min(2, value.Length / 6);
        return keep == 0 ? $"… ({value.Length})" : $"{value[..keep]}…{value[^keep..]} ({value.Length})";
    }
}
