namespace TrafficAudit.Capture.Connections;

/// <summary>Why a request's head is not taken, and how that is answered.</summary>
/// <param name="Status">The answer's status code and reason phrase.</param>
/// <param name="Reason">One sentence that names the rule; holds no captured value.</param>
internal sealed record HeadFault(string Status, string Reason)
{
    /// <summary>The head breaks the grammar, or frames its body in a way that two servers may read differently (RFC 9112, section 11.2).</summary>
    public static HeadFault Bad(string reason) => new("400 Bad Request", reason);
}
