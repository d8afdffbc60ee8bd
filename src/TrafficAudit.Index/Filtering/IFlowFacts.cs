using TrafficAudit.Model;

namespace TrafficAudit.Index.Filtering;

/// <summary>What a filter asks of a flow.</summary>
internal interface IFlowFacts
{
    long Number { get; }

    /// <summary>When it started, UTC.</summary>
    DateTime Time { get; }

    FlowKind Kind { get; }

    Reading Reading { get; }

    string Scheme { get; }

    string Method { get; }

    string Host { get; }

    string Path { get; }

    int? Status { get; }

    long BytesSent { get; }

    long BytesReceived { get; }

    string? Address { get; }

    string? Country { get; }

    CountryGrade Grade { get; }

    string Recipient { get; }

    string? RecipientCountry { get; }

    string? GroupCountry { get; }

    string? Carrier { get; }

    string? Cloaks { get; }

    string? Session { get; }

    string? Phase { get; }

    string? Device { get; }

    FlowFailure? Failure { get; }

    /// <summary>Whether a finding is one that <paramref name="term"/> matches; findings by pattern alone only with <paramref name="all"/>.</summary>
    bool HasFinding(FindingTerm term, bool all);
}
