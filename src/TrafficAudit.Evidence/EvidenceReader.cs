using System.Runtime.InteropServices;
using System.Text.Json;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Recording;
using TrafficAudit.Evidence.Storage;
using TrafficAudit.Evidence.Warc;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence;

/// <summary>What is read: a flow or a journal entry, the other is null.</summary>
/// <param name="Flow">A flow; whoever gets it disposes it.</param>
/// <param name="Entry">A journal entry.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EvidenceEntry(StoredFlow? Flow, JournalEntry? Entry);

/// <summary>
/// Reads a case's evidence in its order, in constant memory. It may read while another process writes: it ends with the last whole
/// record that was there when a segment was opened. It writes nothing: the bytes of a large body stay in the segment until they are read.
/// </summary>
/// <param name="folder">The case.</param>
/// <param name="damaged">
/// Told where something lies that can't be read, in front of something that can; the flow it belongs to is passed over.
/// </param>
public sealed class EvidenceReader(CaseFolder folder, Action<FlowPosition>? damaged = null)
{
    /// <summary>Everything in one segment from <paramref name="offset"/> on.</summary>
    /// <param name="segment">The segment's number.</param>
    /// <param name="offset">0, or a <see cref="StoredFlow.End"/>.</param>
    /// <exception cref="IOException">There is no such segment, or it can't be opened.</exception>
    public IEnumerable<EvidenceEntry> ReadSegment(int segment, long offset = 0) => ReadSegment(folder.Segment, segment, offset, damaged);

    /// <inheritdoc cref="ReadSegment(int, long)"/>
    /// <param name="segmentOf">The segments; null for one that is not there.</param>
    /// <param name="segment">The segment's number.</param>
    /// <param name="offset">0, or a <see cref="StoredFlow.End"/>.</param>
    /// <param name="damaged">Told where something lies that can't be read.</param>
    internal static IEnumerable<EvidenceEntry> ReadSegment(Func<int, CaseFile?> segmentOf, int segment, long offset, Action<FlowPosition>? damaged)
    {
        using var reader = new SegmentReader(segmentOf(segment)!);
        var assembler = new FlowAssembler(segmentOf, reader.File);
        foreach (var record in reader.Read(offset, at => damaged?.Invoke(new FlowPosition(segment, at))))
        {
            if (TryRead(assembler, record, segment) is not { } entry)
            {
                if (!record.TryVerify())
                {
                    // The segment's reader says so itself, unless it is the end that is being written.
                    continue;
                }

                damaged?.Invoke(new FlowPosition(segment, record.Offset));
            }
            else if (entry != default)
            {
                yield return entry;
            }
        }
    }

    /// <summary>Everything in the case.</summary>
    public IEnumerable<EvidenceEntry> ReadAll() => folder.Segments.SelectMany(segment => ReadSegment(segment));

    /// <summary>The journal entries of one kind, in their order; flows are passed over without being put together.</summary>
    public IEnumerable<JournalEntry> ReadJournal(params string[] kinds)
    {
        foreach (var segment in folder.Segments)
        {
            using var reader = new SegmentReader(folder.Segment(segment));
            foreach (var record in reader.Read())
            {
                if (kinds.Contains(record[WarcHeaders.Journal]) && Entry(record) is { } entry)
                {
                    yield return entry;
                }
            }
        }
    }

    /// <summary>
    /// The journal entries of some kinds in one segment, each with where the records go on behind it; flows are passed over without being put together, and entries that can't be
    /// read are told like other damage.
    /// </summary>
    /// <param name="segment">The segment's number.</param>
    /// <param name="offset">0, or where records go on.</param>
    /// <param name="kinds">The kinds.</param>
    /// <param name="end">Where records go on behind the last that was looked at; set while entries are taken.</param>
    /// <exception cref="IOException">There is no such segment, or it can't be opened.</exception>
    public IReadOnlyList<JournalEntry> ReadJournal(int segment, long offset, IReadOnlyCollection<string> kinds, out long end)
    {
        var entries = new List<JournalEntry>();
        end = offset;
        using var reader = new SegmentReader(folder.Segment(segment));
        foreach (var record in reader.Read(offset, at => damaged?.Invoke(new FlowPosition(segment, at))))
        {
            var isWanted = record[WarcHeaders.Journal] is { } kind && kinds.Contains(kind, StringComparer.Ordinal);
            var entry = isWanted ? TryRead(new FlowAssembler(folder.Segment, reader.File), record, segment)?.Entry : null;
            if (!record.TryVerify())
            {
                continue;
            }

            end = record.Offset + record.MemberLength;
            if (entry is not null)
            {
                entries.Add(entry);
            }
            else if (isWanted)
            {
                damaged?.Invoke(new FlowPosition(segment, record.Offset));
            }
        }

        return entries;
    }

    /// <summary>One flow; null when no whole flow lies there.</summary>
    public FlowRecord? ReadFlow(FlowPosition position)
    {
        if (!File.Exists(folder.SegmentPath(position.Segment)))
        {
            return null;
        }

        foreach (var entry in ReadSegment(position.Segment, position.Offset))
        {
            return entry.Flow is { } stored && stored.Position == position ? stored.Flow : null;
        }

        return null;
    }

    /// <summary>The length of a segment in bytes: what an index must cover to be current.</summary>
    public long SegmentLength(int segment)
    {
        using var file = folder.Segment(segment).Open();
        return file.Length;
    }

    /// <summary>What the record completes: nothing yet is the default, null that it is damaged.</summary>
    private static EvidenceEntry? TryRead(FlowAssembler assembler, WarcRecord record, int segment)
    {
        try
        {
            if (record.Flow is not null)
            {
                return assembler.Add(record) is { } complete
                    ? new EvidenceEntry(
                        new StoredFlow(complete.Flow, new FlowPosition(segment, complete.Offset), record.Offset + record.MemberLength), null)
                    : default(EvidenceEntry);
            }

            return record[WarcHeaders.Journal] is null ? default : new EvidenceEntry(null, Entry(record));
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return null;
        }
    }

    private static JournalEntry Entry(WarcRecord record)
    {
        try
        {
            var stored = JsonSerializer.Deserialize(record.ReadBlock(), EvidenceJson.Default.StoredJournalEntry)
                ?? throw new InvalidDataException("The journal entry is empty");
            return new JournalEntry(stored.Kind, stored.Time, stored.Content);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("The journal entry is no JSON of one", e);
        }
    }
}
