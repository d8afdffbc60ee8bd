namespace TrafficAudit.Index.Filtering;

/// <summary>The words that join terms.</summary>
internal enum Keyword
{
    And,
    Or,
    Not,
}
