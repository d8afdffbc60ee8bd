namespace TrafficAudit.Geolocation.Hints;

/// <summary>What a part of a host name says of where the host is.</summary>
/// <param name="Token">The part, lower case (<c>ap-northeast-2</c>, <c>kr</c>).</param>
/// <param name="Provider">
/// Whose code it is, under a domain where it has that meaning; null for a country's or city's code that anybody may have meant by something else: to be shown,
/// never counted.
/// </param>
/// <param name="Place">Where it says.</param>
public sealed record NameHint(string Token, string? Provider, Place Place);
