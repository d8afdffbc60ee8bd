using System.Runtime.InteropServices;
using System.Text.Json;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Recording;
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
public sealed class EvidenceReader(CaseFolder folder)
{
    /// <summary>Everything in one segment from <paramref name="offset"/> on.</summary>
    /// <param name="segment">The segment's number.</param>
    /// <param name="offset">0, or a <see cref="StoredFlow.End"/>.</param>
    public IEnumerable<EvidenceEntry> ReadSegment(int segment, long offset = 0)
    {
        using var reader = new SegmentReader(folder.SegmentPath(segment));
        var assembler = new FlowAssembler(reader.Path);
        foreach (var record in reader.Read(offset))
        {
            if (record.Flow is not null)
            {
                if (Assemble(assembler, record) is not { } outcome)
                {
                    yield break;
                }

                if (outcome.Flow is { } flow)
                {
                    yield return new EvidenceEntry(
                        new StoredFlow(flow, new FlowPosition(segment, outcome.Offset), record.Offset + record.MemberLength), null);
                }
            }
            else if (record[WarcHeaders.Journal] is not null)
            {
                if (Entry(record) is not { } entry)
                {
                    yield break;
                }

                yield return new EvidenceEntry(null, entry);
            }
        }
    }

    /// <summary>Everything in the case.</summary>
    public IEnumerable<EvidenceEntry> ReadAll() => folder.Segments.SelectMany(segment => ReadSegment(segment));

    /// <summary>The journal entries of one kind, in their order; flows are passed over without being put together.</summary>
    public IEnumerable<JournalEntry> ReadJournal(string kind)
    {
        foreach (var segment in folder.Segments)
        {
            using var reader = new SegmentReader(folder.SegmentPath(segment));
            foreach (var record in reader.Read())
            {
                if (record[WarcHeaders.Journal] == kind && Entry(record) is { } entry)
                {
                    yield return entry;
                }
            }
        }
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
            return entry.Flow?.Flow;
        }

        return null;
    }

    /// <summary>The length of a segment in bytes: what an index must cover to be current.</summary>
    public long SegmentLength(int segment) => new FileInfo(folder.SegmentPath(segment)).Length;

    private static (FlowRecord? Flow, long Offset)? Assemble(FlowAssembler assembler, WarcRecord record)
    {
        try
        {
            return assembler.Add(record) is { } complete ? (complete.Flow, complete.Offset) : (null, 0);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // Damage ends the readable part of a segment; 'verify' names it.
            return null;
        }
    }

    private static JournalEntry? Entry(WarcRecord record)
    {
        try
        {
            var stored = JsonSerializer.Deserialize(record.ReadBlock(), EvidenceJson.Default.StoredJournalEntry);
            return stored is null ? null : new JournalEntry(stored.Kind, stored.Time, stored.Content);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            return null;
        }
    }
}
