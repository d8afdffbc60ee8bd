using TrafficAudit.Assessment.Decisions;

namespace TrafficAudit.Review;

/// <summary>The decisions of a case: read from the book, made by the members here, which journal each before it counts. Every member may be called by any thread.</summary>
public interface IDecisionSource
{
    /// <summary>What was decided so far; it changes as decisions are made.</summary>
    DecisionBook Book { get; }

    /// <summary>Decides, comments, tags or assigns.</summary>
    /// <param name="request">What, and on what.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellation">Ends the wait; what is journalled stays.</param>
    /// <returns>The decision, with the subjects that were found.</returns>
    /// <exception cref="RejectedRequestException">Nothing of the case is meant, or the request can't be carried out.</exception>
    Task<Decision> DecideAsync(DecisionRequest request, string by, CancellationToken cancellation);

    /// <summary>Takes a decision back, which stays in the history.</summary>
    /// <exception cref="RejectedRequestException">There is no such decision, or it was taken back.</exception>
    Task UndoAsync(string id, string by, CancellationToken cancellation);

    /// <summary>Says how many different people must say the same from now on, also of what was decided before: 1 or 2.</summary>
    /// <exception cref="RejectedRequestException">It is neither.</exception>
    Task RequireReviewersAsync(int reviewers, string by, CancellationToken cancellation);

    /// <summary>Makes a finding's rejection a rule of the lab: the item is no longer found in that place of messages to that endpoint. It holds for flows analysed from then on.</summary>
    /// <returns>One sentence: the rule and its file.</returns>
    /// <exception cref="RejectedRequestException">The finding is not rejected, or the rule can't be written.</exception>
    Task<string> MakeRuleAsync(FindingSubject finding, string by, CancellationToken cancellation);
}
