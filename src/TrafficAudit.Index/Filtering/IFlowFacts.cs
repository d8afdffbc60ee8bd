using TrafficAudit.Model;

namespace TrafficAudit.Index.Filtering;

/// <summary>What a filter asks of a flow.</summary>
internal interface IFlowFacts
{
    FlowKind Kind { get; }

    string Method { get; }

    string Host { get; }

    string Path { get; }

    int? Status { get; }

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

    /// <summary>Whether a finding has an item that <paramref name="items"/> matches; findings by pattern alone only with <paramref name="all"/>.</summary>
    bool HasItem(TextPatterns items, bool all);

    /// <summary>Whether a finding is of a detector that <paramref name="detectors"/> matches; findings by pattern alone only with <paramref name="all"/>.</summary>
    bool HasDetector(TextPatterns detectors, bool all);
}
