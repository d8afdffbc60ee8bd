using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.EndpointRules;
using TrafficAudit.Classification.Explaining;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Detection;

/// <summary>Runs every detector over the messages of one flow. Used by one thread.</summary>
/// <param name="persona">Known values.</param>
/// <param name="rules">Endpoint rules.</param>
/// <param name="flow">The flow.</param>
/// <param name="trace">Follows the detection; null where nothing is to be explained.</param>
internal sealed class MessageDetection(PersonaDetector persona, RuleSet rules, FlowRecord flow, DetectionTrace? trace)
{
    private readonly HttpHead? _request = flow.Request is { } request && rules.Knows(flow.Metadata.Host) ? HttpHead.Parse(request.Head.Span) : null;

    /// <summary>Adds what is found in a message; true when a bound ended the search.</summary>
    /// <param name="findings">The list.</param>
    /// <param name="message">The message, decoded.</param>
    /// <param name="kind">Which message it is.</param>
    /// <param name="above">What stands before the paths in a message that is one of many.</param>
    public bool AddTo(List<Finding> findings, DecodedMessage message, MessageKind kind, string above = "")
    {
        trace?.Begin(above);
        var isTruncated = message.Truncated;
        var candidates = new MessageScan(persona, flow.Metadata.Started, trace).Run(message);
        if (_request is not null)
        {
            isTruncated |= rules.AddTo(candidates ??= [], flow.Metadata.Host, _request, message, flow.Metadata.Started, trace);
        }
        else
        {
            trace?.AddToAll(Detector.Rule, $"There is no rule for {flow.Metadata.Host}.");
        }

        if (candidates is not null)
        {
            var direction = kind is MessageKind.Request or MessageKind.WebSocketSent ? Direction.Collected : Direction.Disclosed;
            var first = findings.Count;
            CandidateMerge.AddTo(findings, candidates, direction, isUnencrypted: flow.Metadata.Scheme == "http");
            if (_request is not null)
            {
                rules.Exclude(findings, first, flow.Metadata.Host, _request, kind, trace);
            }
        }

        trace?.End();
        return isTruncated;
    }
}
