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
        : this(new PersonaDetector(new PersonaNeedles(persona)), decode, rules ?? RuleSet.BuiltIn)
    {
    }

    private Classifier(PersonaDetector persona, Func<MessageKind, Message, DecodedMessage> decode, RuleSet rules)
    {
        _persona = persona;
        _decode = decode;
        _rules = rules;
    }

    /// <summary>How much of a WebSocket is searched.</summary>
    public ConversationLimits Conversations { get; init; } = ConversationLimits.Default;

    /// <summary>A classifier for the same persona with other rules; nothing is computed anew.</summary>
    public Classifier With(RuleSet rules) => new(_persona, _decode, rules) { Conversations = Conversations };

    /// <summary>A classifier for another persona with the same rules.</summary>
    public Classifier With(Persona persona) => new(new PersonaDetector(new PersonaNeedles(persona)), _decode, _rules) { Conversations = Conversations };

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
        var detection = new MessageDetection(_persona, _rules, flow, trace);
        var isTruncated = Add(findings, detection, MessageKind.Request, flow.Request) | Add(findings, detection, MessageKind.Response, flow.Response);
        if (flow.Messages is { } conversation)
        {
            isTruncated |= new ConversationScan(detection, Conversations).AddTo(findings, conversation);
        }

        return new ClassificationResult(findings, isTruncated);
    }

    private bool Add(List<Finding> findings, MessageDetection detection, MessageKind kind, Message? message) =>
        message is not null && detection.AddTo(findings, _decode(kind, message), kind);
}
