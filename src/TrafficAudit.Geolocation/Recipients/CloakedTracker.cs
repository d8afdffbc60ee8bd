namespace TrafficAudit.Geolocation.Recipients;

/// <summary>A tracker behind a name of another's domain.</summary>
/// <param name="Organisation">What it is called.</param>
/// <param name="Name">The name in its domain that the host led to by CNAME records.</param>
public sealed record CloakedTracker(string Organisation, string Name);
