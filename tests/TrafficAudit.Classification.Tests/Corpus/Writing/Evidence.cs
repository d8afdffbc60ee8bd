namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>What makes a value recognisable for somebody who does not see the message being built.</summary>
internal enum Evidence
{
    /// <summary>It is the persona's, and rare: found with certainty wherever it stands.</summary>
    Known,

    /// <summary>It is the persona's, but few values are usual (a gender), so its key must agree; found, not necessarily with certainty.</summary>
    KnownByKey,

    /// <summary>It is nobody's known value, but checks itself under a key that names it: found with certainty.</summary>
    Checked,

    /// <summary>A rule for the endpoint says so; found with certainty where the rule rests on checked facts.</summary>
    Endpoint,

    /// <summary>Its key names it.</summary>
    Key,

    /// <summary>Nothing but its format: shown, and by design not counted.</summary>
    Format,
}
