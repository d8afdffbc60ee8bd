using TrafficAudit.Model;

namespace TrafficAudit.Index.Filtering;

/// <summary>A whole flow, as a filter asks of it.</summary>
internal sealed class AnalyzedFacts(AnalyzedFlow flow) : IFlowFacts
{
    public DateTime Time => flow.Summary.Time.UtcDateTime;

    public Reading Reading => Readings.Of(Kind, Failure, Address is not null, Scheme);

    public CountryGrade Grade => flow.Summary.CountryGrade;

    public long Number => flow.Summary.Number;

    public FlowKind Kind => flow.Summary.Kind;

    public string Scheme => flow.Summary.Scheme;

    public string Method => flow.Summary.Method;

    public string Host => flow.Summary.Host;

    public string Path => flow.Summary.Path;

    public int? Status => flow.Summary.Status;

    public long BytesSent => flow.Summary.BytesSent;

    public long BytesReceived => flow.Summary.BytesReceived;

    public string? Address => flow.Summary.Address;

    public string? Country => flow.Summary.Country;

    public string Recipient => flow.Summary.Recipient;

    public string? RecipientCountry => flow.Summary.RecipientCountry;

    public string? GroupCountry => flow.Summary.GroupCountry;

    public string? Carrier => flow.Summary.Carrier;

    public string? Cloaks => flow.Summary.Cloaks;

    public string? Session => flow.Summary.Session;

    public string? Phase => flow.Summary.Phase;

    public string? Device => flow.Summary.Device;

    public FlowFailure? Failure => flow.Summary.Failure;

    public bool HasFinding(FindingTerm term, bool all) => flow.Findings.Any(f => (all || f.IsCounted) && term.Matches(FindingFacts.Of(Number, f)));
}
