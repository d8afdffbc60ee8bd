using System.Text.Json;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Storage;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Recording;

/// <summary>Where a case's evidence ends, and what was cut off to get there.</summary>
/// <param name="Segment">The last segment with a whole record; 0 when there is none.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Flows">Its flows.</param>
/// <param name="Chain">The chain behind its last record.</param>
/// <param name="LastNumber">The highest flow number that may have been given; 0 when none may.</param>
/// <param name="IsNew">Whether no numbers were ever journalled: then nothing was recorded, whatever there is of a first segment.</param>
/// <param name="Unfinished">Flows that were opened and not completed.</param>
/// <param name="CutOff">The files that what was cut off went to, with its length.</param>
internal sealed record RecoveredState(
    int Segment, long Length, int Flows, RecordChain Chain, long LastNumber, bool IsNew,
    IReadOnlyList<OpenFlow> Unfinished, IReadOnlyList<(string File, long Bytes)> CutOff);

/// <summary>
/// Finds the end of the evidence after whatever happened: bytes behind the last whole record, or a flow without its closing metadata record,
/// are cut off and kept beside the segment. Only the last segment is read, since each one begins with the numbers taken so far; older ones
/// when it ended before it could say that.
/// </summary>
internal static class Recovery
{
    public static RecoveredState Run(CaseFolder folder)
    {
        var cutOff = new List<(string, long)>();
        RecoveredState? end = null;
        long last = 0;
        var hasBlock = false;
        var flows = new UnfinishedFlows();
        foreach (var segment in folder.Segments.Reverse())
        {
            var file = folder.Segment(segment);
            var numbers = new TakenNumbers();
            var (state, length) = Scan(file, segment, numbers, flows);
            last = Math.Max(last, numbers.Last);
            hasBlock |= numbers.HasBlock;
            flows.GoToOlder();
            if (end is null)
            {
                if (state.Length < length)
                {
                    cutOff.Add(CutOff(folder, file, state.Length));
                }

                if (state.Length == 0)
                {
                    File.Delete(file.Path);
                    continue;
                }

                end = state;
            }

            if (hasBlock)
            {
                break;
            }
        }

        end ??= new RecoveredState(0, 0, 0, RecordChain.Start(), 0, false, [], []);
        return end with { LastNumber = last, IsNew = !hasBlock && last == 0, Unfinished = flows.All, CutOff = cutOff };
    }

    private static (RecoveredState State, long Length) Scan(CaseFile file, int segment, TakenNumbers numbers, UnfinishedFlows flows)
    {
        var state = new RecoveredState(segment, 0, 0, RecordChain.Start(), 0, false, [], []);
        using var reader = new SegmentReader(file);
        foreach (var record in reader.Read(0, _ => { }))
        {
            numbers.Add(record);
            var opening = UnfinishedFlows.OpeningOf(record);
            if (!record.TryVerify() || RecordLink.Of(record)?.After() is not { } chain)
            {
                // Damage in the middle costs what is damaged. What lies behind it is whole and stays where it is.
                continue;
            }

            if (record.Flow is null || record.Type == "metadata")
            {
                // A flow counts with its last metadata record; until then its request and response are a torn end.
                var isFlow = record.Flow is not null && record[WarcHeaders.Part] is null;
                flows.Add(record, segment, opening);
                state = state with
                {
                    Length = record.Offset + record.MemberLength,
                    Flows = state.Flows + (isFlow ? 1 : 0),
                    Chain = chain,
                };
            }
        }

        return (state, reader.Length);
    }

    private static (string File, long Bytes) CutOff(CaseFolder folder, CaseFile file, long from)
    {
        var aside = Enumerable.Range(1, int.MaxValue).Select(n => folder.TornPath(file, n)).First(p => !File.Exists(p));
        var bytes = file.CopyEnd(from, aside);
        using var cut = file.OpenToWrite(FileMode.Open);
        cut.CutTo(from);
        cut.FlushToDisk();
        return (Path.GetFileName(aside), bytes);
    }

    /// <summary>What a segment's records say about flow numbers that were given.</summary>
    private sealed class TakenNumbers
    {
        /// <summary>A number over this is none of ours; counting on from it would not overflow.</summary>
        private const long Highest = 1L << 52;

        private long _flow;
        private long _block;
        private bool _unreadable;

        /// <summary>An unreadable block is taken to be as long as any.</summary>
        public long Last => Math.Max(_flow, _block) + (_unreadable ? FlowNumbers.Block : 0);

        public bool HasBlock { get; private set; }

        /// <summary>Records come in their order within a segment: the last block counts, since a clean end gives back what was not used.</summary>
        public void Add(WarcRecord record)
        {
            if (record.Flow is { } flow && flow <= Highest)
            {
                _flow = Math.Max(_flow, flow);
            }

            if (record[WarcHeaders.Journal] != JournalKinds.NumberBlock)
            {
                return;
            }

            var end = BlockEnd(record);
            HasBlock = HasBlock || end is not null;
            _unreadable |= end is null;
            _block = end ?? _block;
        }

        private static long? BlockEnd(WarcRecord record)
        {
            try
            {
                var entry = JsonSerializer.Deserialize(record.ReadBlock(), EvidenceJson.Default.StoredJournalEntry);
                return entry?.Content is { ValueKind: JsonValueKind.Object } content
                    && content.TryGetProperty("to", out var to) && to.ValueKind == JsonValueKind.Number && to.TryGetInt64(out var end)
                    && end is >= 0 and <= Highest
                    ? end
                    : null;
            }
            catch (Exception e) when (e is JsonException or InvalidDataException)
            {
                return null;
            }
        }
    }
}
