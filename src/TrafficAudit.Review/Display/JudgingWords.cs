using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Display;

/// <summary>Tokens of judging as they read in English, which is what they are translated by.</summary>
internal static class JudgingWords
{
    public static string Of(DecisionState state) => state == DecisionState.AwaitingSecond ? "awaiting a second" : Token.Of(state);

    public static string Of(Outcome outcome) => Token.Of(outcome);

    /// <summary>A usual reason; null for one in own words.</summary>
    public static string? OfReason(string reason) => !Token.TryParse<RejectionReason>(reason, out var usual) ? null : usual switch
    {
        RejectionReason.FalsePositive => "false positive",
        RejectionReason.NotPersonal => "not personal data",
        RejectionReason.TestArtefact => "artefact of the test",
        _ => Token.Of(usual),
    };
}
