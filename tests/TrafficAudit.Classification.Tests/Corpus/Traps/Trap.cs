using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Traps;

/// <summary>Something that looks like personal data and is none (reference, section 6).</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Make">Makes a document with it.</param>
/// <param name="IsAnswer">Whether only servers say such things: what a catalogue says of things is no behaviour of a person.</param>
internal sealed record Trap(string Name, Func<Chance, Tree> Make, bool IsAnswer = false);
