namespace TrafficAudit.Index.Storage;

/// <summary>Where whole flows are kept. One thread at a time owns it (<see cref="IndexWriter"/>); nothing it meets is an exception.</summary>
internal interface IDocumentStore
{
    /// <summary>Reads what is there.</summary>
    IReadOnlyList<SegmentEntry> Load();

    /// <summary>Keeps a batch, no number twice.</summary>
    /// <param name="entry">The segment.</param>
    /// <param name="documents">The batch.</param>
    /// <param name="replaced">The numbers among them that it may hold already.</param>
    /// <param name="evidenceLength">Up to where the segment is covered then.</param>
    void Write(SegmentEntry entry, IReadOnlyCollection<FlowDocument> documents, IReadOnlyCollection<long> replaced, long evidenceLength);

    /// <summary>Makes sure that what was written stays.</summary>
    void Flush();

    /// <summary>Reads documents of one segment; null for each that is not to be had.</summary>
    FlowDocument?[] Read(SegmentEntry entry, IReadOnlyList<long> numbers);

    /// <summary>Frees what is only held to read.</summary>
    void CloseReading();

    /// <summary>Forgets a segment.</summary>
    void Delete(int segment);

    /// <summary>Ends it.</summary>
    void Close(IEnumerable<SegmentEntry> entries);
}
