using System.Text.Json.Nodes;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Pipeline;
using TrafficAudit.Provenance;

namespace TrafficAudit.Running;

/// <summary>The journal of a case that is shown and not recorded: opened for each entry, one after the other, since only one may write.</summary>
/// <param name="folder">The case.</param>
/// <param name="recorder">Who writes.</param>
internal sealed class ReviewJournal(CaseFolder folder, Recorder recorder) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>Writes an entry; completes when it is on disk.</summary>
    /// <exception cref="CaseException">Another process writes the case at the moment, or its folder can't be written.</exception>
    public async Task RecordAsync(string kind, JsonObject entry, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            await using var evidence = await CaseJournal.OpenAsync(folder, recorder, cancellation);
            await evidence.RecordAsync(kind, entry, cancellation);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();
}
