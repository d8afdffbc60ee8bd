using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Review;

namespace TrafficAudit.Running;

/// <summary>Finds the findings and transfers that a decision is to be about: only what the case has can be judged.</summary>
/// <param name="index">The case's index.</param>
/// <param name="filters">Reads filters as they are meant in the case.</param>
internal sealed class SubjectFinder(ICaseIndex index, Func<string, CancellationToken, Task<FlowFilter>> filters)
{
    /// <exception cref="RejectedRequestException">Something is named that the case does not have, nothing is meant, or too much.</exception>
    public async Task<IReadOnlyCollection<Subject>> FindAsync(DecisionRequest request, CancellationToken cancellation)
    {
        var found = new HashSet<Subject>();
        foreach (var name in request.Findings)
        {
            var analyzed = await index.GetAsync(name.Flow, cancellation);
            Add(found, analyzed?.Findings.Where(name.Includes).Select(f => FindingSubject.Of(name.Flow, f)) ?? [], $"Flow #{name.Flow} has no such finding of {name.Item}; 'findings --filter flow:{name.Flow} --all' lists those it has.");
        }

        foreach (var name in request.Transfers)
        {
            Add(
                found,
                index.Transfers(FlowFilter.None).Where(t => t.Item == name.Item && t.Recipient == name.Recipient && t.Country == name.Country).Select(TransferSubject.Of),
                $"There is no such transfer of {name.Item}; 'transfers' lists those there are, with their recipients and countries.");
        }

        if (request.Filter is { } filter)
        {
            await AddAsync(found, request.Of, filter, cancellation);
        }

        return found.Count > 0 ? found : throw new RejectedRequestException("Nothing is named that could be judged.");
    }

    /// <summary>The flow of a finding.</summary>
    /// <exception cref="RejectedRequestException">The case has no such flow.</exception>
    public FlowSummary FlowOf(FindingSubject finding) =>
        index.Find(finding.Flow) ?? throw new RejectedRequestException($"This case has no flow #{finding.Flow}.");

    private async Task AddAsync(HashSet<Subject> found, SubjectKind kind, string filter, CancellationToken cancellation)
    {
        FlowFilter which;
        try
        {
            which = await filters(filter, cancellation);
        }
        catch (FlowFilterException e)
        {
            throw new RejectedRequestException(e.Message, e);
        }

        if (kind == SubjectKind.Transfers)
        {
            Add(found, index.Transfers(which).Select(TransferSubject.Of), "The filter lets no transfer through.");
            return;
        }

        var findings = new List<Subject>();
        await foreach (var (flow, finding) in index.FindingsAsync(which, all: false, cancellation))
        {
            findings.Add(FindingSubject.Of(flow.Number, finding));
        }

        Add(found, findings, "The filter lets no finding through.");
    }

    private static void Add(HashSet<Subject> found, IEnumerable<Subject> more, string none)
    {
        var any = false;
        foreach (var subject in more)
        {
            any = true;
            found.Add(subject);
            if (found.Count > DecisionLimits.SubjectsOfDecision)
            {
                throw new RejectedRequestException($"One decision is about at most {DecisionLimits.SubjectsOfDecision} findings and transfers; narrow the filter.");
            }
        }

        if (!any)
        {
            throw new RejectedRequestException(none);
        }
    }
}
