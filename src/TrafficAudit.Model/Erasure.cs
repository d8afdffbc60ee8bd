namespace TrafficAudit.Model;

/// <summary>That the content of a flow was erased. The journal and the seal that was made then say the same.</summary>
/// <param name="Id">The erasure's id; one erasure may be of many flows.</param>
/// <param name="Time">When it was ordered, UTC.</param>
/// <param name="Operator">By whom.</param>
/// <param name="Reason">Why.</param>
public sealed record Erasure(string Id, DateTimeOffset Time, string Operator, string Reason);
