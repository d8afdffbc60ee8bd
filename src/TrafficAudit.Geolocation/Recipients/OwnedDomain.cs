namespace TrafficAudit.Geolocation.Recipients;

/// <summary>Domains that somebody can own: no public suffix (<c>co.kr</c>, <c>github.io</c>), and none of a single label.</summary>
public static class OwnedDomain
{
    /// <summary>The domain in the form in which names are compared; null when the text is no host, an address, or nobody's to own.</summary>
    public static string? Of(string? text) =>
        HostName.Parse(text) is { IsAddress: false } host && PublicSuffixes.Embedded.Value.FindRegistrableDomain(host.Text) is not null ? host.Text : null;
}
