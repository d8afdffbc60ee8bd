using TrafficAudit.Model;

namespace TrafficAudit.Classification.Correlation;

/// <summary>A place that occurs in many requests: what the same value must stand in to be the same thing.</summary>
/// <param name="Host">The host.</param>
/// <param name="Endpoint">The request's path, with <c>*</c> for each segment that looks like a number or an identifier.</param>
/// <param name="Message">The request, or a message that was sent on a WebSocket.</param>
/// <param name="Part">Which part of it.</param>
/// <param name="Path">
/// As <see cref="FindingLocation.Path"/> has it, with <c>[*]</c> for the position of an object in an array and <c>*</c> for a key that looks like an identifier.
/// </param>
public sealed record CorrelationPlace(string Host, string Endpoint, MessageKind Message, MessagePart Part, string Path)
{
    /// <summary>For people: <c>api.shop.example/v1/events, request body device.id</c>.</summary>
    public override string ToString() => $"{Host}{Endpoint}, {Token.Of(Message)} {Token.Of(Part)} {Path}".TrimEnd();
}
