using System.Globalization;
using System.Text.Json;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Recording;

/// <summary>Where a case's evidence ends, and what was cut off to get there.</summary>
/// <param name="Segment">The last segment with a whole record; 0 when there is none.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Flows">Its flows.</param>
/// <param name="Chain">The chain behind its last record.</param>
/// <param name="LastNumber">The highest flow number that may have been given.</param>
/// <param name="CutOff">The files that what was cut off went to, with its length.</param>
internal sealed record RecoveredState(
    int Segment, long Length, int Flows, RecordChain Chain, long LastNumber, IReadOnlyList<(string File, long Bytes)> CutOff);

/// <summary>
/// Finds the end of the evidence after whatever happened: a record that is not whole, or a flow without its closing metadata record, is
/// cut off and kept beside the segment. Only the last segment is read, since each one begins with the numbers taken so far.
/// </summary>
internal static class Recovery
{
    public static RecoveredState Run(CaseFolder folder)
    {
        var cutOff = new List<(string, long)>();
        foreach (var segment in folder.Segments.Reverse())
        {
            var path = folder.SegmentPath(segment);
            var state = Scan(path, segment);
            var length = new FileInfo(path).Length;
            if (state.Length < length)
            {
                cutOff.Add(CutOff(path, state.Length, length));
            }

            if (state.Length > 0)
            {
                return state with { CutOff = cutOff };
            }

            File.Delete(path);
        }

        return new RecoveredState(0, 0, 0, RecordChain.Start(), 0, cutOff);
    }

    private static RecoveredState Scan(string path, int segment)
    {
        var state = new RecoveredState(segment, 0, 0, RecordChain.Start(), 0, []);
        using var reader = new SegmentReader(path);
        var last = state.LastNumber;
        foreach (var record in reader.Read())
        {
            long? block = null;
            if (record[WarcHeaders.Journal] == JournalKinds.NumberBlock)
            {
                block = BlockEnd(record);
            }
            else if (!record.TryVerify())
            {
                break;
            }

            last = Math.Max(last, Math.Max(block ?? 0, record.Flow ?? 0));
            if (record.Flow is null || record.Type == "metadata")
            {
                // A flow counts with its metadata record; until then its other records are a torn end.
                state = state with
                {
                    Length = record.Offset + record.MemberLength,
                    Flows = state.Flows + (record.Flow is null ? 0 : 1),
                    Chain = ChainAfter(record),
                    LastNumber = last,
                };
            }
        }

        return state;
    }

    private static long? BlockEnd(WarcRecord record)
    {
        var entry = JsonSerializer.Deserialize(record.ReadBlock(), EvidenceJson.Default.StoredJournalEntry);
        return entry!.Content.GetProperty("to").GetInt64();
    }

    private static RecordChain ChainAfter(WarcRecord record)
    {
        var sequence = long.Parse(record[WarcHeaders.Sequence] ?? "0", CultureInfo.InvariantCulture);
        var chain = record[WarcHeaders.Chain] ?? "";
        return new RecordChain(sequence, Convert.FromHexString(chain.AsSpan(chain.IndexOf(':', StringComparison.Ordinal) + 1)));
    }

    private static (string File, long Bytes) CutOff(string path, long from, long length)
    {
        var aside = Enumerable.Range(1, int.MaxValue).Select(n => $"{path[..^".warc.gz".Length]}.torn-{n}").First(p => !File.Exists(p));
        using (var file = PrivateFile.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
        {
            using (var copy = PrivateFile.Open(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Position = from;
                file.CopyTo(copy);
                copy.Flush(flushToDisk: true);
            }

            file.SetLength(from);
            file.Flush(flushToDisk: true);
        }

        return (Path.GetFileName(aside), length - from);
    }
}
