using TrafficAudit.Model;

namespace TrafficAudit.Results;

/// <summary>A state of judging as a table's cell: <c>rejected: false_positive</c>.</summary>
internal static class DecisionText
{
    public static string Of(DecisionState state, string? reason) => reason is null ? Token.Of(state) : $"{Token.Of(state)}: {reason}";
}
