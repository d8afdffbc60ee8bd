using System.Text.Json.Nodes;
using TrafficAudit.Assessment.Notes;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Review;

namespace TrafficAudit.Running;

/// <summary>Marks flows and keeps filters in a case that this process has open; one at a time, and each counts once it is in the journal.</summary>
/// <param name="book">What there is so far.</param>
/// <param name="index">The case's flows.</param>
/// <param name="filters">Reads a filter as it is meant in the case; one that names a kept filter is refused.</param>
/// <param name="journal">Notes something in the case; completes when it is on the disk.</param>
/// <param name="changed">Told after each change.</param>
internal sealed class NoteDesk(
    NoteBook book, ICaseIndex index, Func<string, FlowFilter> filters, Func<string, JsonNode, CancellationToken, Task> journal, Action changed) : INoteSource, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public NoteBook Book => book;

    public void Dispose() => _turn.Dispose();

    public Task MarkAsync(long flow, bool isMarked, string by, CancellationToken cancellation) => InTurnAsync(
        async () =>
        {
            if (index.Find(flow, FlowFilter.None) is null)
            {
                throw new RejectedRequestException($"There is no flow #{flow}.");
            }

            if (book.IsMarked(flow) != isMarked)
            {
                await journal(JournalKinds.FlowMarked, NoteBook.MarkRecord(flow, isMarked, by), CancellationToken.None);
                book.Mark(flow, isMarked);
            }
        },
        cancellation);

    public Task SaveFilterAsync(string name, string filter, string by, CancellationToken cancellation) => InTurnAsync(
        async () =>
        {
            var saved = new SavedFilter(
                SavedFilter.NameOf(name) ?? throw new RejectedRequestException($"A name has 1 to {SavedFilter.LongestName} characters, none of them a control character."),
                Checked(filter),
                by);
            if (book.Filters.Count >= NoteBook.MostFilters && book.Find(saved.Name) is null)
            {
                throw new RejectedRequestException($"A case keeps {NoteBook.MostFilters} filters; remove one first.");
            }

            await journal(JournalKinds.FilterSaved, NoteBook.FilterRecord(saved.Name, saved.Filter, by), CancellationToken.None);
            book.Keep(saved);
        },
        cancellation);

    public Task RemoveFilterAsync(string name, string by, CancellationToken cancellation) => InTurnAsync(
        async () =>
        {
            var saved = book.Find(name) ?? throw new RejectedRequestException("There is no filter of that name.");
            await journal(JournalKinds.FilterSaved, NoteBook.FilterRecord(saved.Name, filter: null, by), CancellationToken.None);
            book.Drop(saved.Name);
        },
        cancellation);

    private string Checked(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new RejectedRequestException("There is no filter to keep; type one first.");
        }

        try
        {
            filters(text);
            return text.Trim();
        }
        catch (FlowFilterException e)
        {
            throw new RejectedFilterException(e.Message, e.Position, e);
        }
    }

    // What has been handed to the journal can't be taken back: from then on nobody's leaving keeps it from counting.
    private async Task InTurnAsync(Func<Task> act, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await act();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CaseException)
        {
            throw new RejectedRequestException($"Nothing was noted, since the journal can't be written: {e.Message}", e);
        }
        finally
        {
            _turn.Release();
        }

        changed();
    }
}
