namespace TrafficAudit.Geolocation.Hints;

/// <summary>Where a code says that a machine stands.</summary>
/// <param name="Country">ISO 3166-1 alpha-2, in capitals.</param>
/// <param name="Name">The city, or the name that a provider gives its region; for people.</param>
/// <param name="Code">The code that named it, as the tables write it (<c>ICN</c>, <c>ap-northeast-2</c>); null where the country alone was named.</param>
public sealed record Place(string Country, string Name, string? Code);
