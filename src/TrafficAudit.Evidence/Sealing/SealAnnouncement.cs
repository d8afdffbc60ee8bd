namespace TrafficAudit.Evidence.Sealing;

/// <summary>The content of the journal record <c>sealed</c>, the last that its seal covers: with it a seal that is taken away is missed.</summary>
/// <param name="Number">The seal's number.</param>
/// <param name="Previous">SHA-256 of the seal before, in lower-case hex; null for the first.</param>
/// <param name="Key">The fingerprint of the key that signs.</param>
internal sealed record SealAnnouncement(int Number, string? Previous, string Key);
