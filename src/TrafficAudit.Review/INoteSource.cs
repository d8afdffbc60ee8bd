using TrafficAudit.Assessment.Notes;

namespace TrafficAudit.Review;

/// <summary>Marks and kept filters of a case: read from the book, made by the members here, which journal each before it counts. Every member may be called by any thread.</summary>
public interface INoteSource
{
    /// <summary>What there is; it changes.</summary>
    NoteBook Book { get; }

    /// <summary>Marks a flow, or takes the mark away.</summary>
    /// <exception cref="RejectedRequestException">There is no such flow, or the journal can't be written.</exception>
    Task MarkAsync(long flow, bool isMarked, string by, CancellationToken cancellation);

    /// <summary>Keeps a filter under a name, in the place of one that has it.</summary>
    /// <exception cref="RejectedRequestException">The name or the filter can't be used, there are too many, or the journal can't be written.</exception>
    Task SaveFilterAsync(string name, string filter, string by, CancellationToken cancellation);

    /// <summary>Keeps a filter no longer.</summary>
    /// <exception cref="RejectedRequestException">There is none of the name, or the journal can't be written.</exception>
    Task RemoveFilterAsync(string name, string by, CancellationToken cancellation);
}
