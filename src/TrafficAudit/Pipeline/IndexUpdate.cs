using Microsoft.Extensions.Logging;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Index;

namespace TrafficAudit.Pipeline;

/// <summary>Brings the index up to the evidence: what it lacks is analysed again, what it has stays.</summary>
internal static partial class IndexUpdate
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
    /// <param name="logger">Gets a line for each record of the evidence that is damaged; the others are analysed all the same.</param>
    /// <param name="cancellation">Ends it; what is done stays.</param>
    /// <returns>How many records of the evidence are damaged.</returns>
    public static async Task<int> RunAsync(
        CaseFolder folder, ICaseIndex index, FlowAnalyzer analyzer, IProgress<long>? progress, ILogger logger, CancellationToken cancellation)
    {
        var damaged = 0;
        var isOutdated = false;
        var reader = new EvidenceReader(folder, position =>
        {
            damaged++;
            LogDamaged(logger, folder.Info.Name, position.Segment, position.Offset);
        });
        long done = 0;
        foreach (var segment in folder.Segments)
        {
            var length = reader.SegmentLength(segment);
            var from = index.State(segment)?.EvidenceLength ?? 0;
            if (from == 0 || from > length)
            {
                Outdate();
                await index.ResetAsync(segment, cancellation);
                from = 0;
            }

            foreach (var entry in reader.ReadSegment(segment, from))
            {
                cancellation.ThrowIfCancellationRequested();
                if (entry.Flow is { } stored)
                {
                    Outdate();
                    using (stored.Flow)
                    {
                        await index.AddAsync(segment, stored.Position.Offset, analyzer.Analyze(stored.Flow), cancellation);
                    }

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
        return damaged;

        // What was correlated is about the flows as they were.
        void Outdate()
        {
            if (!isOutdated)
            {
                CorrelationFile.Delete(folder);
                isOutdated = true;
            }
        }
    }

    [LoggerMessage(3101, LogLevel.Error, "The evidence of case {Case} is damaged: segment {Segment} at byte {Offset}. Restore the segment from a copy")]
    private static partial void LogDamaged(ILogger logger, string @case, int segment, long offset);
}
