using Microsoft.Extensions.Logging;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Evidence.Walking;
using TrafficAudit.Evidence.Warc;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Erasing;

/// <summary>
/// Erases flows of a case that nobody writes:
/// <code>
/// Begin: find their records, note what will be done (erasure.json)
/// Finish: segment after segment rewritten ─► journal record `erasure` ─► seal that declares it ─► erasure.json goes
/// </code>
/// A program that is killed leaves a case in which <see cref="FinishAsync"/> can be called again; until then nobody else writes it.
/// </summary>
/// <param name="folder">The case.</param>
/// <param name="time">The clock.</param>
public sealed class CaseEraser(CaseFolder folder, TimeProvider time)
{
    /// <summary>Gets the bytes of evidence done; null for nobody.</summary>
    public IProgress<long>? Progress { get; init; }

    /// <summary>Completes what a killed program left, so that flows that it had begun can be erased, too.</summary>
    /// <exception cref="CaseException">Another process writes the case, or its folder can't be written.</exception>
    public async Task RecoverAsync(EvidenceOptions options, ILogger logger, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        await using var writer = await OpenAsync(options, logger, cancellation);
    }

    /// <summary>Notes durably what is to be erased; nothing is erased yet.</summary>
    /// <param name="order">What is wanted.</param>
    /// <param name="key">The key that will seal.</param>
    /// <param name="cancellation">Ends it, and nothing is noted.</param>
    /// <exception cref="CaseException">
    /// Another process writes the case, another erasure is pending, a segment is damaged, a seal is by another key, or there is nothing to erase.
    /// </exception>
    /// <exception cref="IOException">A file can't be read or written.</exception>
    public PendingErasure Begin(ErasureOrder order, SealingKey key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(key);
        using var held = CaseLock.Take(folder);
        PendingErasure.ThrowIfIn(folder);
        ThrowIfSealedByAnother(key);
        var segments = folder.Segments.Select(s => (Number: s, Records: Find(s, order.Flows, cancellation))).Where(s => s.Records.Count > 0).ToList();
        if (segments.Count == 0)
        {
            throw new CaseException($"In the case {folder.Info.Name} there is nothing left to erase of these flows");
        }

        var pending = new PendingErasure
        {
            Erasure = new Erasure(Guid.NewGuid().ToString("D"), time.GetUtcNow(), order.Operator, order.Reason),
            Filter = order.Filter,
            FilterWithheld = order.FilterWithheld,
            RetentionDays = order.RetentionDays,
            Flows = order.Flows.Count,
            Records = segments.Sum(s => s.Records.Count),
            Segments = [.. segments.Select(s => Describe(s.Number, s.Records))],
        };
        pending.Write(folder);
        return pending;
    }

    /// <summary>Does what is pending, and seals.</summary>
    /// <param name="sealer">Makes the seal.</param>
    /// <param name="options">How to write.</param>
    /// <param name="logger">Gets faults of the disk.</param>
    /// <param name="cancellation">Ends it; it stays pending.</param>
    /// <exception cref="CaseException">Nothing is pending, or another process has the case open.</exception>
    /// <exception cref="IOException">A file can't be read or written; it stays pending.</exception>
    public async Task<SealOutcome> FinishAsync(CaseSealer sealer, EvidenceOptions options, ILogger logger, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sealer);
        ArgumentNullException.ThrowIfNull(options);
        var pending = PendingErasure.Read(folder) ?? throw new CaseException($"In the case {folder.Info.Name} no erasure was begun");
        ThrowIfSealedByAnother(sealer.Key);
        await Task.Run(() => Rewrite(pending, cancellation), cancellation);
        var isJournalled = await Task.Run(
            () => new EvidenceReader(folder).ReadJournal(JournalKinds.Erasure).Any(e => PendingErasure.IdOf(e.Content) == pending.Erasure.Id), cancellation);
        var writer = await OpenAsync(options with { FinishesErasure = true }, logger, cancellation);
        await using (writer)
        {
            if (!isJournalled)
            {
                await writer.RecordAsync(new JournalEntry(JournalKinds.Erasure, time.GetUtcNow(), pending.ToJournal()), cancellation);
            }

            return await writer.CloseAsync(sealer, cancellation);
        }
    }

    private Task<EvidenceWriter> OpenAsync(EvidenceOptions options, ILogger logger, CancellationToken cancellation) => EvidenceWriter.OpenAsync(
        folder,
        options,
        (flow, _) =>
        {
            flow.Flow.Dispose();
            return ValueTask.CompletedTask;
        },
        time,
        logger,
        cancellation);

    private void Rewrite(PendingErasure pending, CancellationToken cancellation)
    {
        using var held = CaseLock.Take(folder);
        using var index = folder.HoldIndex();
        long done = 0;
        var eraser = new SegmentEraser(folder, pending.Erasure, bytes => Progress?.Report(done += bytes));
        foreach (var segment in pending.Segments)
        {
            eraser.Run(segment, cancellation);
        }
    }

    /// <summary>The numbers of the records of these flows that are not erased yet.</summary>
    private SequenceRanges Find(int segment, IReadOnlySet<long> flows, CancellationToken cancellation)
    {
        var found = new SequenceRanges();
        using var reader = new SegmentReader(folder.Segment(segment));
        foreach (var record in reader.Read(0, at => throw Damaged(reader.File.Path, at)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (record.Flow is not { } flow || !flows.Contains(flow) || record[WarcHeaders.Erased] is not null)
            {
                continue;
            }

            if (record.Sequence <= found.Last)
            {
                throw Damaged(reader.File.Path, record.Offset);
            }

            found.Add(record.Sequence);
        }

        return found;
    }

    private CaseException Damaged(string path, long offset) =>
        new($"{path} is damaged at byte {offset}; restore it from a copy ('trafficaudit verify --case {folder.Info.Name}' says more) and erase then");

    private PendingSegment Describe(int segment, SequenceRanges records)
    {
        var path = folder.SegmentPath(segment);
        var length = new FileInfo(path).Length;
        return new PendingSegment(segment, Path.GetFileName(path), length, PrefixHash.Of(path, length)!, records.ToString());
    }

    /// <summary>Only the owner of a key can take back what it has sealed: with another's seal the erased case would never be sound again.</summary>
    private void ThrowIfSealedByAnother(SealingKey key)
    {
        foreach (var number in SealFiles.NumbersIn(folder))
        {
            if (StoredSeal.Read(folder, number)?.Seal is { } seal && seal.Key != key.Fingerprint)
            {
                throw new CaseException(
                    $"Seal {number} of the case {folder.Info.Name} is by the key {seal.Key}, not by this installation's; erase where that key is (--home)");
            }
        }
    }
}
