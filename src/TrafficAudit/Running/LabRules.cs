using System.Globalization;
using System.Runtime.InteropServices;
using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Classification.EndpointRules;
using TrafficAudit.Model;
using TrafficAudit.Review;

namespace TrafficAudit.Running;

/// <summary>Makes rejections rules of the lab.</summary>
/// <param name="folder">The folder of a lab's own packs.</param>
internal sealed class LabRules(string folder)
{
    /// <exception cref="RejectedRequestException">The rule can't be written, or is there.</exception>
    public LabRule Make(FindingSubject finding, FlowSummary flow, Decision rejection)
    {
        var source = string.Create(CultureInfo.InvariantCulture, $"decision {rejection.Id} of {rejection.Time:yyyy-MM-dd} by {rejection.By}: {rejection.Reason}");
        var rule = new RejectionRule(finding.Item, finding.Message, finding.Part, finding.Path, flow.Host, flow.Path, flow.Recipient, source);
        try
        {
            return new LabRule(rule.Id, Path.Combine(folder, RejectionRule.FileName), rule.AddTo(folder));
        }
        catch (RulePackException e)
        {
            throw new RejectedRequestException($"This can't be made a rule: {e.Message}.", e);
        }
    }
}

/// <summary>A rule that was made.</summary>
/// <param name="Id">Its id.</param>
/// <param name="File">The pack's file.</param>
/// <param name="Sha256">Its digest.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LabRule(string Id, string File, string Sha256);
