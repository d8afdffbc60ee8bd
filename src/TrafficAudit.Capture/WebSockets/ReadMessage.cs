using TrafficAudit.Model;

namespace TrafficAudit.Capture.WebSockets;

/// <summary>A message as it came out of one direction: not yet placed in the conversation.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Length">Bytes of its payload, uncompressed.</param>
/// <param name="Payload">What was kept of them.</param>
/// <param name="Sha256">Digest of all of them where not all were kept.</param>
/// <param name="IsComplete">False when it broke off.</param>
internal sealed record ReadMessage(WebSocketMessageType Type, long Length, byte[] Payload, string? Sha256, bool IsComplete);
