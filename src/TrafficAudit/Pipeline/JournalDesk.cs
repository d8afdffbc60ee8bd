using System.Text.Json.Nodes;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Provenance;

namespace TrafficAudit.Pipeline;

/// <summary>Notes things in the journal of a case that this process shows and nobody records; one at a time, since each opens the evidence.</summary>
/// <param name="folder">The case.</param>
/// <param name="recorder">Who writes.</param>
internal sealed class JournalDesk(CaseFolder folder, Recorder recorder) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Notes one thing; completes when it is on the disk.</summary>
    /// <exception cref="CaseException">Another process records the case, or its folder can't be written.</exception>
    public async Task RecordAsync(string kind, JsonNode content, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await using var evidence = await CaseJournal.OpenAsync(folder, recorder, cancellation);
            await evidence.RecordAsync(kind, content, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Seals the case.</summary>
    /// <exception cref="CaseException">Another process records the case, or its folder can't be written.</exception>
    /// <exception cref="IOException">The seal can't be written.</exception>
    public async Task SealAsync(CaseSealer sealer, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var evidence = await CaseJournal.OpenAsync(folder, recorder, cancellation);
            await evidence.CloseAsync(sealer, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
