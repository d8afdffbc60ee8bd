namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>Identifiers that libraries make for an installation of an app or for a browser.</summary>
internal static class InstallationFormats
{
    private const int TimeLength = 13;

    /// <summary>An identifier of an installation, in any of the usual forms; under a key that names one.</summary>
    public static FormatMatch? Installation(ReadOnlySpan<char> value, DateTimeOffset captured) =>
        Distinct(value, captured) is { } distinct ? distinct
            : PushTokenFormats.IsInstallation(value) ? new FormatMatch("install_id", "a Firebase installation ID's format")
            : value.ContainsAnyExceptInRange('0', '9') ? DeviceFormats.AnyIdentifier("install_id", value)
            : null;

    /// <summary>One that is told by its form: AppsFlyer's (time of the first launch and a random number), Facebook's (<c>XZ</c> and a UUID).</summary>
    public static FormatMatch? Distinct(ReadOnlySpan<char> value, DateTimeOffset captured)
    {
        if (value.Length is >= TimeLength + 17 and <= TimeLength + 20 && value[TimeLength] == '-'
            && DigitText.IsNumber(value[..TimeLength]) && DigitText.IsNumber(value[(TimeLength + 1)..]) && DigitText.IsTimeNear(value[..TimeLength], captured))
        {
            return new FormatMatch("install_id", "an AppsFlyer installation ID: the time of the first launch and a random number");
        }

        return value.Length == 38 && value.StartsWith("XZ") && DeviceFormats.IsHyphenated(value[2..])
            ? new FormatMatch("install_id", "an anonymous ID of Facebook's library")
            : null;
    }

    /// <summary>An identifier that a page keeps in a cookie: Meta's <c>_fbp</c>, Google Analytics' <c>_ga</c>.</summary>
    public static FormatMatch? Browser(ReadOnlySpan<char> value, DateTimeOffset captured)
    {
        Span<Range> parts = stackalloc Range[5];
        if (value.Length > 64 || value.Split(parts, '.') != 4)
        {
            return null;
        }

        var made = value[parts[2]];
        var random = value[parts[3]];
        if (!DigitText.IsNumber(random) || value[parts[1]].Length != 1)
        {
            return null;
        }

        if (value[parts[0]] is "fb")
        {
            return made.Length == TimeLength && DigitText.IsTimeNear(made, captured) ? new FormatMatch("web_id_cookie", "Meta's identifier of a browser") : null;
        }

        // GA1.2.random.seconds
        return value[parts[0]] is ['G', 'A', _] && DigitText.IsNumber(made) && random.Length == 10 && DigitText.IsTimeNear(random, captured)
            ? new FormatMatch("web_id_cookie", "Google Analytics' identifier of a browser")
            : null;
    }
}
