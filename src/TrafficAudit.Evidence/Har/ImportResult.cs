using System.Collections.Immutable;

namespace TrafficAudit.Evidence.Har;

/// <summary>What became of a file.</summary>
/// <param name="Imported">Entries that became flows.</param>
/// <param name="SkippedCount">Entries that did not.</param>
/// <param name="Skipped">Why, for the first <see cref="MaxRemarks"/> of them.</param>
/// <param name="NoteCount">Things about imported entries that a reader of the evidence should know.</param>
/// <param name="Notes">The first <see cref="MaxRemarks"/> of them.</param>
/// <param name="Fault">One line that says where the file broke off; null when it was read to its end. What came before is imported.</param>
public sealed record ImportResult(
    long Imported, long SkippedCount, ImmutableArray<ImportRemark> Skipped, long NoteCount, ImmutableArray<ImportRemark> Notes, string? Fault)
{
    /// <summary>How many remarks of each kind are kept; the others are only counted.</summary>
    public const int MaxRemarks = 100;
}

/// <summary>A remark on one entry.</summary>
/// <param name="Entry">The entry's index from 0, as in <c>.log.entries[0]</c>.</param>
/// <param name="Text">The field and what is the matter with it; holds no captured value.</param>
public sealed record ImportRemark(long Entry, string Text);
