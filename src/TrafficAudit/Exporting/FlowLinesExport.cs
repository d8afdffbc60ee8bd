using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using TrafficAudit.Evidence.Exports;
using TrafficAudit.Model;
using TrafficAudit.Results;
using TrafficAudit.Review.Results;

namespace TrafficAudit.Exporting;

/// <summary>NDJSON: an object a flow, as <c>flows</c> and <c>findings</c> have them, without heads and bodies.</summary>
internal sealed class FlowLinesExport(Stream output) : IFlowExport
{
    public void Add(ExportedFlow flow)
    {
        var (summary, findings) = flow.Analyzed;
        var line = new ExportLine(FlowResult.Of(summary, profile: null), [.. findings.Select((f, i) => FindingResult.Of(summary, f, i < flow.Judgements.Length ? flow.Judgements[i] : Judgement.Open, reveal: true))], flow.Originals, flow.Redaction);
        JsonSerializer.Serialize(output, line, ExportLineJson.Default.ExportLine);
        output.Write("\n"u8);
    }

    public void Complete() => output.Flush();

    public void Dispose()
    {
        // The stream is its opener's.
    }
}

/// <summary>A line.</summary>
internal sealed record ExportLine(FlowResult Flow, ImmutableArray<FindingResult> Findings, ImmutableArray<OriginalRecord> Originals, FlowRedaction? Redaction);

/// <summary>The JSON of lines: snake_case, nulls written, as in results.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ExportLine))]
internal sealed partial class ExportLineJson : JsonSerializerContext;
