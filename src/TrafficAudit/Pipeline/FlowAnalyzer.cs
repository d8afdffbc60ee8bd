using TrafficAudit.Classification;
using TrafficAudit.Classification.EndpointRules;
using TrafficAudit.Geolocation.Locating;
using TrafficAudit.Geolocation.Recipients;
using TrafficAudit.Model;

namespace TrafficAudit.Pipeline;

/// <summary>
/// Makes of a flow what the index holds: its personal data, its country, its recipient. A pure function of the flow record, the
/// persona and the databases, so that any of it can be computed again. Any thread may call it.
/// </summary>
internal sealed class FlowAnalyzer(Classifier classifier, Locator locator, Func<RecipientDirectory> recipients)
{
    private readonly Lock _changeLock = new();
    private volatile Classifier _classifier = classifier;

    /// <summary>From the next flow on, other rules are used.</summary>
    public void Use(RuleSet rules) => Change(c => c.With(rules));

    /// <summary>From the next flow on, the values of this persona are searched for.</summary>
    public void Use(Persona persona) => Change(c => c.With(persona));

    /// <summary>From the next flow on, everything is located again.</summary>
    public void LocateAnew() => locator.Forget();

    public AnalyzedFlow Analyze(FlowRecord flow)
    {
        var metadata = flow.Metadata;
        var result = _classifier.Classify(flow);
        var request = flow.Request is { } message ? HttpHead.Parse(message.Head.Span) : null;
        var response = flow.Response is { } answer ? HttpHead.Parse(answer.Head.Span) : null;
        var lookup = locator.Locate(metadata, response);
        var recipient = recipients().Find(metadata.Host, metadata, lookup);
        var summary = new FlowSummary
        {
            Number = metadata.Number,
            Kind = metadata.Kind,
            Time = metadata.Started,
            Duration = metadata.Duration,
            Connection = metadata.Connection,
            Session = metadata.Session,
            Phase = metadata.Phase,
            Device = metadata.Device,
            LabPosition = metadata.LabPosition,
            Method = request?.Method ?? "",
            Scheme = metadata.Scheme,
            Host = metadata.Host,
            Port = metadata.Port,
            Path = ShownPath.Of(request?.Target ?? "", result.Findings),
            Status = response?.Status,
            MediaType = response?.MediaType ?? "",
            Messages = metadata.Messages is { } messages ? messages.Sent + messages.Received : 0,
            BytesSent = metadata.BytesSent + (metadata.Request?.BodyLength ?? 0),
            BytesReceived = metadata.BytesReceived + (metadata.Response?.BodyLength ?? 0),
            UnkeptSent = Unkept(metadata.Request),
            UnkeptReceived = Unkept(metadata.Response),
            Address = lookup?.Address ?? metadata.Upstream?.Address,
            IsResolvedLater = lookup is not null && metadata.Upstream is null,
            Country = lookup?.Country,
            CountryGrade = lookup?.Grade ?? CountryGrade.Unknown,
            Recipient = recipient.Name,
            RecipientCountry = recipient.Country,
            GroupCountry = recipient.GroupCountry,
            Carrier = recipient.Carrier,
            Cloaks = recipient.Cloaks,
            Failure = metadata.Failure,
            DecodingTruncated = result.DecodingTruncated,
            CaptureTruncated = Unkept(metadata.Request) + Unkept(metadata.Response) > 0 || Has(metadata, FlowNote.MessagesTruncated),
            MessagesUnreadable = Has(metadata, FlowNote.MessagesUnreadable),
            IsErased = metadata.Erased is not null,
        };
        return new AnalyzedFlow(summary, result.Findings);
    }

    private void Change(Func<Classifier, Classifier> change)
    {
        lock (_changeLock)
        {
            _classifier = change(_classifier);
        }
    }

    private static long Unkept(MessageFacts? facts) => facts is null ? 0 : facts.BodyLength - facts.BodyCaptured;

    private static bool Has(FlowMetadata metadata, FlowNote note) => metadata.Notes is { IsDefault: false } notes && notes.Contains(note);
}
