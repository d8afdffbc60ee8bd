namespace TrafficAudit.Geolocation.Pictures;

/// <summary>Whose data a picture shows.</summary>
/// <param name="Text">The words: <c>IP Geolocation by DB-IP</c>.</param>
/// <param name="Link">Where they lead (an absolute http or https address); null for nowhere.</param>
public sealed record Attribution(string Text, Uri? Link = null)
{
    /// <summary>Of the outlines of countries, which are in the public domain: asked for, not demanded.</summary>
    public static Attribution NaturalEarth { get; } = new("Made with Natural Earth", new Uri("https://www.naturalearthdata.com"));
}
