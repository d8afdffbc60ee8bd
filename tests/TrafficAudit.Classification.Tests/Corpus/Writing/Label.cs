namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>An item in a message, as its builder put it there.</summary>
/// <param name="Mark">What it is.</param>
/// <param name="Place">Where.</param>
internal sealed record Label(Mark Mark, Place Place);
