namespace TrafficAudit.Review;

/// <summary>How far a search of decoded content is.</summary>
/// <param name="Looked">How many flows were looked at.</param>
/// <param name="Of">How many there are to look at: those that the rest of the filter leaves.</param>
/// <param name="Bytes">Bytes of messages that were read, as transferred.</param>
/// <param name="Unread">Flows whose content could not be read to its end, so that something may have been missed in them.</param>
/// <param name="State">Whether it goes on.</param>
public sealed record SearchProgress(long Looked, long Of, long Bytes, long Unread, SearchState State);
