namespace TrafficAudit.Geolocation.Recipients;

/// <summary>An organisation of the directory, and the domain by which a host is its.</summary>
/// <param name="Entry">The organisation.</param>
/// <param name="Suffix">The longest of the directory's suffixes that the host ends in.</param>
public sealed record RecipientMatch(RecipientEntry Entry, string Suffix);
