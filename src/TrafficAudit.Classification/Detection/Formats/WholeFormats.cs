namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>Formats that are looked for in whole values only, whatever their key: inside a longer text they would be anything.</summary>
internal static class WholeFormats
{
    private const int Shortest = 14;
    private const int Longest = 90;

    /// <summary>The format that the trimmed <paramref name="value"/> has; null for none.</summary>
    public static FormatMatch? Match(ReadOnlySpan<char> value, DateTimeOffset captured) =>
        value.Length is < Shortest or > Longest ? null
            : MacFormat.Match("mac", value, isNamed: false)
                ?? PaymentFormats.Iban(value)
                ?? InstallationFormats.Distinct(value, captured)
                ?? InstallationFormats.Browser(value, captured)
                ?? TravelDocumentFormats.Zone(value);
}
