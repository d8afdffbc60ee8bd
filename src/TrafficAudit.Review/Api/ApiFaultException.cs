namespace TrafficAudit.Review.Api;

/// <summary>A request that is refused with a status of its own, whatever its endpoint answers rejections with.</summary>
/// <param name="status">The status: 4xx, or 503.</param>
/// <param name="message">One sentence for people, without personal values.</param>
internal sealed class ApiFaultException(int status, string message) : RejectedRequestException(message)
{
    /// <summary>The answer's status.</summary>
    public int Status => status;
}
