using TrafficAudit.Classification.Decoding;

namespace TrafficAudit.Classification.Tests.Corpus;

/// <summary>A message and what is in it; the label comes from the builder that put it there.</summary>
/// <param name="Message">The message.</param>
/// <param name="Item">The one item that it holds; null for none.</param>
/// <param name="IsKnown">Whether it is a value of <see cref="SomePersona.Full"/>.</param>
/// <param name="What">What it shows, for a failing test's output; invented values only.</param>
internal sealed record LabelledMessage(DecodedMessage Message, string? Item, bool IsKnown, string What);
