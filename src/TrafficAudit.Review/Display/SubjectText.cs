using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Display;

/// <summary>Findings and transfers as they are named where they are judged. No value is in it.</summary>
internal static class SubjectText
{
    /// <summary>As text that can do no harm.</summary>
    public static string Of(Subject subject) => subject switch
    {
        FindingSubject f => $"{InertText.Of(f.Item, 40)}, #{f.Flow} {Token.Of(f.Message)} {Token.Of(f.Part)} {InertText.Of(f.Path, 80)}".TrimEnd(),
        TransferSubject t => $"{InertText.Of(t.Item, 40)} → {InertText.Of(t.Recipient, 60)}, {InertText.Of(t.Country ?? "?", 8)}",
        _ => "",
    };
}
