namespace TrafficAudit.Classification.Decoding;

/// <summary>A message taken apart.</summary>
/// <param name="Roots">Its parts in order: URL, path, query, headers, cookies, body.</param>
/// <param name="Fields">Every field that holds text or undecoded bytes, in document order, nested ones after the one they came from.</param>
/// <param name="Truncated">True when a bound (depth, count, size, time) ended a branch: what is listed was found before.</param>
public sealed record DecodedMessage(IReadOnlyList<Field> Roots, IReadOnlyList<Field> Fields, bool Truncated);
