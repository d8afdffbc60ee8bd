namespace TrafficAudit.Geolocation.Pictures;

/// <summary>Whose data a picture shows.</summary>
/// <param name="Text">The words: <c>IP Geolocation by DB-IP</c>.</param>
/// <param name="Link">Where they lead (an absolute http or https address); null for nowhere.</param>
public sealed record Attribution(string Text, Uri? Link = null);
