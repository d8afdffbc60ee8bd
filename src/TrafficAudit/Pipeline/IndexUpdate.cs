using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Index;

namespace TrafficAudit.Pipeline;

/// <summary>Brings the index up to the evidence: what it lacks is analysed again, what it has stays.</summary>
internal static class IndexUpdate
{
    /// <summary>Whether any segment has more than the index knows of.</summary>
    public static bool IsNeeded(CaseFolder folder, ICaseIndex index)
    {
        var reader = new EvidenceReader(folder);
        return folder.Segments.Any(s => index.State(s) is not { } state || state.EvidenceLength != reader.SegmentLength(s));
    }

    /// <summary>Analyses what is missing.</summary>
    /// <param name="folder">The case; nobody writes it meanwhile.</param>
    /// <param name="index">Its index.</param>
    /// <param name="analyzer">How to analyse.</param>
    /// <param name="progress">Bytes of evidence done; may be null.</param>
    /// <param name="cancellation">Ends it; what is done stays.</param>
    /// <returns>How many flows were analysed.</returns>
    public static async Task<long> RunAsync(
        CaseFolder folder, ICaseIndex index, FlowAnalyzer analyzer, IProgress<long>? progress, CancellationToken cancellation)
    {
        var reader = new EvidenceReader(folder);
        long flows = 0, done = 0;
        foreach (var segment in folder.Segments)
        {
            var length = reader.SegmentLength(segment);
            var from = index.State(segment)?.EvidenceLength ?? 0;
            if (from == 0 || from > length)
            {
                await index.ResetAsync(segment, cancellation);
                from = 0;
            }

            foreach (var entry in reader.ReadSegment(segment, from))
            {
                cancellation.ThrowIfCancellationRequested();
                if (entry.Flow is { } stored)
                {
                    using (stored.Flow)
                    {
                        await index.AddAsync(segment, stored.Position.Offset, analyzer.Analyze(stored.Flow), cancellation);
                    }

                    flows++;
                    progress?.Report(done + stored.End);
                }
            }

            done += length;
            progress?.Report(done);
            if (from < length)
            {
                await index.CoverAsync(segment, length, cancellation);
            }
        }

        await index.FlushAsync(cancellation);
        return flows;
    }
}
