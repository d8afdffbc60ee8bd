using System.Runtime.InteropServices;
using TrafficAudit.Model;

namespace TrafficAudit.Index.Filtering;

/// <summary>What a filter asks of a finding.</summary>
/// <param name="Judged">Which judgement is meant: the finding's, or that of the transfer it belongs to.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FindingFacts(string Item, Detector Detector, FindingState State, Confidence Confidence, JudgedSubject Judged)
{
    public static FindingFacts Of(long flow, Finding finding) => new(
        finding.Item, finding.Detector, finding.State, finding.Confidence, JudgedSubject.OfFinding(flow, PlaceDigest.Of(finding.Item, finding.Location)));

    public string Text(FindingAspects aspect) => aspect switch
    {
        FindingAspects.Item => Item,
        FindingAspects.Detector => Token.Of(Detector),
        FindingAspects.State => Token.Of(State),
        FindingAspects.Confidence => Token.Of(Confidence),
        _ => throw new ArgumentOutOfRangeException(nameof(aspect), aspect, "one aspect"),
    };
}
