using TrafficAudit.Assessment.Decisions;

namespace TrafficAudit.Review.Pages;

/// <summary>Names what was chosen on a page, for a decision on it.</summary>
internal static class Naming
{
    public static DecisionRequest Request(IEnumerable<Subject> subjects)
    {
        var all = subjects.ToList();
        return new DecisionRequest
        {
            Findings = [.. all.OfType<FindingSubject>().Select(f => new FindingName(f.Flow, f.Item, f.Path, f.Message, f.Part))],
            Transfers = [.. all.OfType<TransferSubject>().Select(t => new TransferName(t.Item, t.Recipient, t.Country))],
        };
    }
}
