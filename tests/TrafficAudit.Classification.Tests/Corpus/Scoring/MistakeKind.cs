namespace TrafficAudit.Classification.Tests.Corpus.Scoring;

/// <summary>How findings and labels can differ.</summary>
internal enum MistakeKind
{
    /// <summary>A label without a finding that counts.</summary>
    Missed,

    /// <summary>A finding that counts without a label.</summary>
    Wrong,

    /// <summary>Found, but not with the certainty that the label wants.</summary>
    Unsure,

    /// <summary>A known value that another detector found, or the persona's detector at somebody else's value.</summary>
    OtherDetector,

    /// <summary>Found in another state than the label's.</summary>
    OtherState,
}
