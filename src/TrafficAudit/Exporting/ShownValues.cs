using TrafficAudit.Classification.Redaction;
using TrafficAudit.Model;

namespace TrafficAudit.Exporting;

/// <summary>How the values of findings and personas are shown: as they are, masked, or as the placeholders that stand for them.</summary>
internal sealed class ShownValues(ExportRequest request, Redactor? redactor)
{
    /// <summary>What stands for a place in a document whose name holds a value.</summary>
    private const string LeftOut = "…";

    public Persona Of(Persona persona) => new(
        redactor is null || !redactor.HasKnownValue(persona.Name) ? persona.Name : LeftOut,
        [.. persona.Values.Select(v => v with { Value = Of(v.Item, v.Value) })]);

    /// <summary>Findings by pattern alone are not listed.</summary>
    public AnalyzedFlow Of(AnalyzedFlow flow) => new(
        redactor?.HasKnownValue(flow.Summary.Path) == true ? flow.Summary with { Path = LeftOut } : flow.Summary,
        [.. flow.Findings.Where(f => f.IsCounted).Select(Of)]);

    private Finding Of(Finding finding) => finding with
    {
        Value = Of(finding.Item, finding.Value),
        Location = redactor?.HasKnownValue(finding.Location.Path) == true ? finding.Location with { Path = LeftOut } : finding.Location,
    };

    private string Of(string item, string value) =>
        redactor is not null ? redactor.PlaceholderOf(item, value) : request.Reveal ? value : MaskedValue.Of(value);
}
