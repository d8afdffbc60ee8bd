using System.CommandLine;
using TrafficAudit.CommandLine;
using TrafficAudit.Logging;
using TrafficAudit.Pipeline;
using TrafficAudit.Provenance;
using TrafficAudit.Review;
using TrafficAudit.Review.Api;
using TrafficAudit.Running;

namespace TrafficAudit.Commands;

/// <summary>Where a command's decisions go: to the program that has the case open, or into the case itself.</summary>
internal sealed class DecisionTable : IAsyncDisposable
{
    private readonly RunningCase? _running;
    private readonly RecordedCase? _recorded;
    private readonly DecisionDesk? _desk;
    private readonly JournalDesk? _journal;

    private DecisionTable(RunningCase running) => _running = running;

    private DecisionTable(RecordedCase recorded, DecisionDesk desk, JournalDesk journal) => (_recorded, _desk, _journal) = (recorded, desk, journal);

    public static async Task<DecisionTable> OpenAsync(ParseResult parsed, string caseName, CancellationToken cancellation)
    {
        var captures = parsed.GetValue(CommonOptions.Captures)!;
        var folder = CaseFinder.Existing(captures, caseName);
        if (await RunningCase.FindAsync(parsed.GetValue(CommonOptions.Home)!, folder, cancellation) is { } running)
        {
            return new DecisionTable(running);
        }

        using var loggers = ProgramLog.Create(null, isVerbose: false);
        folder = CasePassphrase.Unlock(folder, parsed.GetValue(CommonOptions.PassphraseFile));
        var recorded = await RecordedCase.OpenAsync(folder, CommonOptions.SourcesOf(parsed), loggers, cancellation);
        var journal = new JournalDesk(folder, Recorder.Of(parsed));
        return new DecisionTable(recorded, RecordedCase.DeskOf(recorded.Index, recorded.Renderer, recorded.Books.Decisions, captures, journal.RecordAsync, () => { }), journal);
    }

    public Task<string> DecideAsync(DecisionMessage message, CancellationToken cancellation) =>
        _running is not null ? _running.DecideAsync(message, cancellation) : new DecisionWording(_desk!).DecideAsync(message, cancellation);

    public Task<string> UndoAsync(string id, ByMessage message, CancellationToken cancellation) =>
        _running is not null ? _running.UndoAsync(id, message, cancellation) : new DecisionWording(_desk!).UndoAsync(id, message, cancellation);

    public Task<string> RequireReviewersAsync(ReviewersMessage message, CancellationToken cancellation) =>
        _running is not null ? _running.RequireReviewersAsync(message, cancellation) : new DecisionWording(_desk!).RequireReviewersAsync(message, cancellation);

    public async ValueTask DisposeAsync()
    {
        _desk?.Dispose();
        _journal?.Dispose();
        if (_recorded is not null)
        {
            await _recorded.DisposeAsync();
        }
    }
}
