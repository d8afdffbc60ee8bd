using System.Collections.Immutable;

namespace TrafficAudit.Review.Setup;

/// <summary>What a case takes on the disk, and how it is sealed.</summary>
/// <param name="Folder">Where it lies.</param>
/// <param name="Evidence">Bytes of its evidence.</param>
/// <param name="Segments">In how many segments.</param>
/// <param name="Index">Bytes of its index, which can be made anew.</param>
/// <param name="Spool">Bytes that wait to become evidence.</param>
/// <param name="Free">Bytes that are free on the disk.</param>
/// <param name="Lasts">How long that lasts at the average rate since the recording began; null while nothing is recorded, or nothing comes.</param>
/// <param name="Seal">The newest seal; null when there is none.</param>
/// <param name="Checks">Whether this computer is fit to record.</param>
public sealed record StorageReport(
    string Folder, long Evidence, int Segments, long Index, long Spool, long Free, TimeSpan? Lasts, SealReport? Seal, ImmutableArray<FitnessCheck> Checks);

/// <summary>The newest seal of a case.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Time">When it was made.</param>
/// <param name="Key">SHA-256 of its key.</param>
/// <param name="TimestampAuthority">Who stamped it; null for nobody.</param>
/// <param name="Records">How many records it covers.</param>
/// <param name="Bytes">How many bytes of evidence it covers.</param>
public sealed record SealReport(int Number, DateTimeOffset Time, string Key, string? TimestampAuthority, long Records, long Bytes);

/// <summary>One thing that <c>doctor</c> looks at.</summary>
/// <param name="Part">What: <c>databases</c>, <c>authority</c>, <c>disk</c>, <c>clock</c>.</param>
/// <param name="Result"><c>ok</c>, <c>warning</c> or <c>fault</c>.</param>
/// <param name="Text">One line for people.</param>
public sealed record FitnessCheck(string Part, string Result, string Text);
