using System.Text;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Evidence.Storage;
using TrafficAudit.Evidence.Walking;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Exports;

/// <summary>The index of a WACZ: a CDXJ line for each response, sorted, as readers search it. Sorted in runs, so that memory does not grow with the file.</summary>
internal static class WaczIndex
{
    private const int LinesOfRun = 50_000;

    /// <exception cref="IOException">The file can't be read.</exception>
    public static void Write(string warcPath, string name, Stream output)
    {
        var runs = new List<string>();
        try
        {
            foreach (var run in Lines(warcPath, name).Chunk(LinesOfRun))
            {
                Array.Sort(run, StringComparer.Ordinal);
                var path = $"{warcPath}.run{runs.Count}";
                runs.Add(path);
                File.WriteAllLines(path, run);
            }

            Merge(runs, output);
        }
        finally
        {
            runs.ForEach(File.Delete);
        }
    }

    private static IEnumerable<string> Lines(string warcPath, string name)
    {
        using var reader = new SegmentReader(warcPath);
        using var members = new CaseFile(warcPath).Open();
        using var block = new BlockReading();
        var buffer = new byte[PrefixHash.BufferLength];
        foreach (var record in reader.Read())
        {
            if (record.Type == "response")
            {
                block.Read(record, []);
                yield return CdxjLine.Of(record, block, name, RecordCheck.MemberDigest(members, record.Offset, record.MemberLength, buffer));
            }
        }
    }

    private static void Merge(List<string> runs, Stream output)
    {
        var next = new PriorityQueue<IEnumerator<string>, string>(StringComparer.Ordinal);
        var open = runs.ConvertAll(r => File.ReadLines(r).GetEnumerator());
        try
        {
            open.ForEach(Enqueue);
            while (next.TryDequeue(out var lines, out var line))
            {
                output.Write(Encoding.UTF8.GetBytes(line + "\n"));
                Enqueue(lines);
            }
        }
        finally
        {
            open.ForEach(lines => lines.Dispose());
        }

        void Enqueue(IEnumerator<string> lines)
        {
            if (lines.MoveNext())
            {
                next.Enqueue(lines, lines.Current);
            }
        }
    }
}
