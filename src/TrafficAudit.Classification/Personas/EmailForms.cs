namespace TrafficAudit.Classification.Personas;

/// <summary>The forms of an e-mail address.</summary>
internal static class EmailForms
{
    public static void Add(FormSet forms, string text)
    {
        var lower = text.ToLowerInvariant();
        ReadOnlySpan<string> way = lower == text ? [] : [Transformation.Lowercase];
        forms.Add(lower, way);
        var at = lower.LastIndexOf('@');
        if (at <= 0)
        {
            return;
        }

        var domain = lower[at..];
        var local = lower[..at];
        var isGmail = domain is "@gmail.com" or "@googlemail.com";
        if (isGmail)
        {
            forms.Add(WithoutDots(local) + domain, [.. way, Transformation.GmailDotsRemoved]);
        }

        var plus = local.IndexOf('+', StringComparison.Ordinal);
        if (plus > 0)
        {
            forms.Add(local[..plus] + domain, [.. way, Transformation.TagRemoved]);
            if (isGmail)
            {
                forms.Add(WithoutDots(local[..plus]) + domain, [.. way, Transformation.TagRemoved, Transformation.GmailDotsRemoved]);
            }
        }
    }

    private static string WithoutDots(string local) => local.Replace(".", "", StringComparison.Ordinal);
}
