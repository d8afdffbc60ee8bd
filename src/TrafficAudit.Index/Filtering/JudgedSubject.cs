using System.Runtime.InteropServices;
using TrafficAudit.Model;

namespace TrafficAudit.Index.Filtering;

/// <summary>What a judgement is asked for: a finding, or a transfer where <see cref="Item"/> says of what.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JudgedSubject(long Flow, PlaceDigest Place, string? Item, string Recipient, string? Country)
{
    public static JudgedSubject OfFinding(long flow, PlaceDigest place) => new(flow, place, null, "", null);

    public static JudgedSubject OfTransfer(string item, string recipient, string? country) => new(0, default, item, recipient, country);

    public Judgement In(IJudgements judgements) =>
        judgements.IsEmpty ? Judgement.Open : Item is null ? judgements.OfFinding(Flow, Place) : judgements.OfTransfer(Item, Recipient, Country);
}
