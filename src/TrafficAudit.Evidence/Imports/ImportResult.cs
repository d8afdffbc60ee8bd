using System.Collections.Immutable;

namespace TrafficAudit.Evidence.Imports;

/// <summary>What became of a file.</summary>
/// <param name="Imported">Entries that became flows.</param>
/// <param name="SkippedCount">Entries that did not.</param>
/// <param name="Skipped">Why, for the first <see cref="MaxRemarks"/> of them.</param>
/// <param name="NoteCount">Things about the file and its entries that a reader of the evidence should know.</param>
/// <param name="Notes">The first <see cref="MaxRemarks"/> of them.</param>
/// <param name="Fault">One line that says where the file broke off; null when it was read to its end. What came before is imported.</param>
public sealed record ImportResult(
    long Imported, long SkippedCount, ImmutableArray<ImportRemark> Skipped, long NoteCount, ImmutableArray<ImportRemark> Notes, string? Fault)
{
    /// <summary>How many remarks of each kind are kept; the others are only counted.</summary>
    public const int MaxRemarks = 100;

    /// <summary>What kind of file it is (<c>HAR 1.2</c>).</summary>
    public string Format { get; init; } = "";

    /// <summary>When the very same file was imported before, so that nothing was added now; null when it was not.</summary>
    public DateTimeOffset? ImportedBefore { get; init; }

    /// <summary>Flows that an interrupted import of the same file had recorded already, and that were not recorded again.</summary>
    public long Present { get; init; }
}

/// <summary>A remark on a place in the file.</summary>
/// <param name="Place">Where, as the format counts (<c>entries[0]</c>, <c>record 17</c>, <c>flow 3</c>).</param>
/// <param name="Text">What is the matter; holds no captured value.</param>
public sealed record ImportRemark(string Place, string Text);
