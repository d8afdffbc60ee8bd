namespace TrafficAudit.Capture.Doors;

/// <summary>Whose set-up steps a visitor needs first.</summary>
internal enum PhoneSystem
{
    /// <summary>Another, or one that the browser doesn't tell. An iPad asks for desktop pages and calls itself a Macintosh.</summary>
    Other,

    /// <summary>Android.</summary>
    Android,

    /// <summary>iOS or iPadOS.</summary>
    Apple,
}

/// <summary>Tells a system by what its browser calls itself.</summary>
internal static class PhoneSystems
{
    public static PhoneSystem Of(string? userAgent)
    {
        var text = userAgent is { Length: > 512 } ? userAgent[..512] : userAgent ?? "";
        if (text.Contains("Android", StringComparison.Ordinal))
        {
            return PhoneSystem.Android;
        }

        return text.Contains("iPhone", StringComparison.Ordinal) || text.Contains("iPad", StringComparison.Ordinal)
            || text.Contains("iPod", StringComparison.Ordinal)
            ? PhoneSystem.Apple
            : PhoneSystem.Other;
    }
}
