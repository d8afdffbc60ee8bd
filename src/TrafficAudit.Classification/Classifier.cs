using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Detection;
using TrafficAudit.Classification.EndpointRules;
using TrafficAudit.Classification.Explaining;
using TrafficAudit.Classification.Personas;
using TrafficAudit.Model;

namespace TrafficAudit.Classification;

/// <summary>
/// Finds personal data in flows. A pure function of the flow and the persona: it reads nothing else and keeps nothing but a bounded
/// cache of keys. Thread-safe; does not throw, whatever a flow holds. Making one computes the persona's forms and digests (some
/// milliseconds); use one for all flows of a persona.
/// </summary>
public sealed class Classifier
{
    private readonly PersonaDetector _persona;
    private readonly RuleSet _rules;
    private readonly Func<MessageKind, Message, DecodedMessage> _decode;

    /// <summary>A classifier for one persona (<see cref="Persona.None"/> for none), with the rules that are built in.</summary>
    public Classifier(Persona persona)
        : this(persona, RuleSet.BuiltIn)
    {
    }

    /// <summary>A classifier with rules of its own choice.</summary>
    public Classifier(Persona persona, RuleSet rules)
        : this(persona, (kind, message) => MessageDecoder.Decode(kind, message), rules)
    {
    }

    /// <summary>A classifier with a decoder of its own choice.</summary>
    internal Classifier(Persona persona, Func<MessageKind, Message, DecodedMessage> decode, RuleSet? rules = null)
    {
        ArgumentNullException.ThrowIfNull(persona);
        _persona = new PersonaDetector(new PersonaNeedles(persona));
        _decode = decode;
        _rules = rules ?? RuleSet.BuiltIn;
    }

    /// <summary>How much of a WebSocket is searched.</summary>
    public ConversationLimits Conversations { get; init; } = ConversationLimits.Default;

    /// <summary>
    /// Decodes all messages and detects items in them: what is in the request or sent on a WebSocket is collected, what is in the response or received is
    /// disclosed. Every finding of a flow over plain HTTP is flagged <c>sent_unencrypted</c>.
    /// </summary>
    /// <exception cref="IOException">The file that holds a body or messages can't be read.</exception>
    public ClassificationResult Classify(FlowRecord flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return Classify(flow, trace: null);
    }

    /// <summary>
    /// Classifies again, and says which detectors looked at some fields, what they saw, and why that made a finding or none. Several fields can lie in
    /// one place: a text, and what it was decoded to. None when there is nothing there.
    /// </summary>
    /// <exception cref="IOException">As of <see cref="Classify(FlowRecord)"/>.</exception>
    public IReadOnlyList<FieldExplanation> Explain(FlowRecord flow, FieldChoice choice)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(choice);
        var trace = new DetectionTrace(choice);
        Classify(flow, trace);
        return trace.Explanations;
    }

    private ClassificationResult Classify(FlowRecord flow, DetectionTrace? trace)
    {
        var findings = new List<Finding>();
        var isTruncated = Add(findings, flow, MessageKind.Request, flow.Request, trace) | Add(findings, flow, MessageKind.Response, flow.Response, trace);
        if (flow.Messages is { } conversation)
        {
            isTruncated |= new ConversationScan(_persona, flow.Metadata, Conversations, trace).AddTo(findings, conversation);
        }

        return new ClassificationResult(findings, isTruncated);
    }

    private bool Add(List<Finding> findings, FlowRecord flow, MessageKind kind, Message? message, DetectionTrace? trace)
    {
        if (message is null)
        {
            return false;
        }

        var decoded = _decode(kind, message);
        trace?.Begin();
        var candidates = new MessageScan(_persona, flow.Metadata.Started, trace).Run(decoded);
        var isTruncated = decoded.Truncated;
        if (flow.Request is { } request && _rules.Knows(flow.Metadata.Host))
        {
            isTruncated |= _rules.AddTo(candidates ??= [], flow.Metadata.Host, HttpHead.Parse(request.Head.Span), decoded, flow.Metadata.Started, trace);
        }
        else
        {
            trace?.AddToAll(Detector.Rule, $"There is no rule for {flow.Metadata.Host}.");
        }

        if (candidates is not null)
        {
            var direction = kind == MessageKind.Request ? Direction.Collected : Direction.Disclosed;
            CandidateMerge.AddTo(findings, candidates, direction, isUnencrypted: flow.Metadata.Scheme == "http");
        }

        trace?.End();
        return isTruncated;
    }
}
