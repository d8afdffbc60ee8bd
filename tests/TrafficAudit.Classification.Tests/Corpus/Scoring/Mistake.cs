using TrafficAudit.Classification.Tests.Corpus.Writing;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Corpus.Scoring;

/// <summary>A difference between labels and findings.</summary>
/// <param name="What">What kind of difference.</param>
/// <param name="Item">The item.</param>
/// <param name="Message">Where; values in it are invented.</param>
/// <param name="Place">The place.</param>
/// <param name="Finding">The finding; null when there is none.</param>
/// <param name="Label">The label; null when there is none.</param>
internal sealed record Mistake(MistakeKind What, string Item, LabelledMessage Message, Place Place, Finding? Finding, Label? Label)
{
    public override string ToString() =>
        $"{What}\t{Item}\t{Message.Kind}\t{Place}\t{(Label is null ? "" : $"{Label.Mark.Evidence} {Label.Mark.State}")}\t{(Finding is null ? "" : $"{Finding.Detector} {Finding.Strength} {Finding.State} {Finding.Value}")}\t{Flattened}";

    private string Flattened => string.Concat(System.Text.Encoding.UTF8.GetString(Message.Bytes).Where(c => !char.IsControl(c)).Take(400));
}
