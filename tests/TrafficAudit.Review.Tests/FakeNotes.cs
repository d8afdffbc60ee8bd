using TrafficAudit.Assessment.Notes;

namespace TrafficAudit.Review.Tests;

/// <summary>Marks and kept filters in memory: the real book, and no journal.</summary>
internal sealed class FakeNotes(Action changed) : INoteSource
{
    public NoteBook Book { get; } = new();

    public Task MarkAsync(long flow, bool isMarked, string by, CancellationToken cancellation) => Change(() => Book.Mark(flow, isMarked));

    public Task SaveFilterAsync(string name, string filter, string by, CancellationToken cancellation) => Change(
        () => Book.Keep(new SavedFilter(SavedFilter.NameOf(name) ?? throw new RejectedRequestException("That is no name."), filter, by)));

    public Task RemoveFilterAsync(string name, string by, CancellationToken cancellation) => Change(() => Book.Drop(name));

    private Task Change(Action change)
    {
        change();
        changed();
        return Task.CompletedTask;
    }
}
