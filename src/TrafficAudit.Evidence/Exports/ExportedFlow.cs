using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Exports;

/// <summary>A flow on its way out.</summary>
/// <param name="Flow">The flow, redacted where that was asked for.</param>
/// <param name="Analyzed">What analysis made of it; the values of its findings are shown as the caller wants.</param>
/// <param name="Originals">The records of the evidence that it comes from.</param>
/// <param name="Redaction">What was taken out; null when it is whole.</param>
public sealed record ExportedFlow(FlowRecord Flow, AnalyzedFlow Analyzed, ImmutableArray<OriginalRecord> Originals, FlowRedaction? Redaction = null)
{
    /// <summary>Where the judging of each of its findings stands, in their order; empty where nobody says.</summary>
    public ImmutableArray<Judgement> Judgements { get; init; } = [];

    internal FlowNotes Notes => new()
    {
        Originals = Originals,
        Findings = [.. Analyzed.Findings],
        Redaction = Redaction,
    };
}
