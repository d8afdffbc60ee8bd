namespace TrafficAudit.Evidence.Walking;

/// <summary>What is known from elsewhere of records that may be gone.</summary>
internal interface IRecordNames
{
    /// <summary>The record with this number in the chain; null when it is not known.</summary>
    string? NameOf(long sequence);

    /// <summary>The record that began at this offset; null when it is not known.</summary>
    string? NameAt(long offset);
}
