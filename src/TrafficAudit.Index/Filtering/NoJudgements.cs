using TrafficAudit.Model;

namespace TrafficAudit.Index.Filtering;

/// <summary>Of a case of which nobody has decided anything.</summary>
internal sealed class NoJudgements : IJudgements
{
    public static NoJudgements Instance { get; } = new();

    public bool IsEmpty => true;

    public Judgement OfFinding(long flow, PlaceDigest place) => Judgement.Open;

    public Judgement OfTransfer(string item, string recipient, string? country) => Judgement.Open;
}
