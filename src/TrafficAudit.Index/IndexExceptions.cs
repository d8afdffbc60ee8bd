namespace TrafficAudit.Index;

/// <summary>Another process has the index open; one may, so that neither damages it.</summary>
public sealed class IndexInUseException(string message, Exception inner) : IOException(message, inner);

/// <summary>A part of the index was damaged, or reset, while it was read; it has to be made again from the evidence.</summary>
public sealed class IndexDamagedException(int segment) : IOException($"the index of segment {segment} is damaged or was reset: it has to be made again (analyze)")
{
    /// <summary>The segment's number.</summary>
    public int Segment { get; } = segment;
}
