using System.Collections.Immutable;
using System.Globalization;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Exports;

/// <summary>
/// A record of the evidence that an exported flow comes from. Its digest is the salted one: whoever has the case can hold the copy against it, and
/// nobody can guess from it what was redacted.
/// </summary>
/// <param name="Segment">The evidence segment.</param>
/// <param name="Type">The record's type (<c>request</c>, <c>response</c>, <c>metadata</c>).</param>
/// <param name="Id">Its WARC-Record-ID.</param>
/// <param name="Sequence">Its TA-Sequence.</param>
/// <param name="ContentDigest">Its TA-Content-Digest: SHA-256 of salt and block.</param>
public sealed record OriginalRecord(int Segment, string Type, string Id, long Sequence, string ContentDigest)
{
    /// <summary>A request, a response and the metadata that completes them, perhaps with messages before.</summary>
    private const int MostRecords = 4096;

    /// <summary>The records of a flow, from <paramref name="position"/> to the one that completes it.</summary>
    /// <exception cref="IOException">The segment can't be read.</exception>
    public static ImmutableArray<OriginalRecord> Of(CaseFolder folder, FlowPosition position, long flow)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var originals = ImmutableArray.CreateBuilder<OriginalRecord>(3);
        using var reader = new SegmentReader(folder.Segment(position.Segment));
        foreach (var record in reader.Read(position.Offset).Take(MostRecords))
        {
            if (record.Flow != flow)
            {
                break;
            }

            _ = long.TryParse(record[WarcHeaders.Sequence], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence);
            originals.Add(new OriginalRecord(
                position.Segment, record.Type, record[WarcHeaders.RecordId] ?? "", sequence, record[WarcHeaders.ContentDigest] ?? ""));
            if (record.Type == "metadata" && record[WarcHeaders.Part] is null)
            {
                break;
            }
        }

        return originals.ToImmutable();
    }
}
