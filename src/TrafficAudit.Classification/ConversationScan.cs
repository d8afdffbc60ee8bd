using System.Globalization;
using System.Runtime.InteropServices;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Detection;
using TrafficAudit.Model;

namespace TrafficAudit.Classification;

/// <summary>
/// Searches the messages of a WebSocket, each like a body. An app that says the same thing every second says it in one finding: an item in the same place
/// of a message with the same value is found where it first was.
/// </summary>
internal sealed class ConversationScan(PersonaDetector persona, FlowMetadata flow, ConversationLimits limits)
{
    /// <summary>Bytes of the status code that a close message begins with (RFC 6455, section 5.5.1).</summary>
    private const int StatusCode = 2;

    private readonly HashSet<Place> _found = [];
    private readonly List<Finding> _ofMessage = [];

    /// <summary>Adds what is found; true when a bound ended the search, or messages are missing.</summary>
    public bool AddTo(List<Finding> findings, Conversation conversation)
    {
        long bytes = 0;
        var messages = 0;
        var isTruncated = false;
        foreach (var message in conversation.Read())
        {
            bytes += message.Payload.Length;
            if (++messages > limits.Messages || bytes > limits.Bytes || _found.Count >= limits.Findings)
            {
                return true;
            }

            isTruncated |= Scan(findings, message);
        }

        return isTruncated || messages < conversation.Count;
    }

    private bool Scan(List<Finding> findings, WebSocketMessage message)
    {
        var payload = message.Payload;
        if (message.Type == WebSocketMessageType.Close)
        {
            payload = payload[Math.Min(StatusCode, payload.Length)..];
        }

        if (payload.IsEmpty)
        {
            return false;
        }

        var decoded = MessageDecoder.Decode(message.Kind, payload);
        if (new MessageScan(persona, flow.Started).Run(decoded) is { } candidates)
        {
            _ofMessage.Clear();
            var direction = message.Kind == MessageKind.WebSocketSent ? Direction.Collected : Direction.Disclosed;
            CandidateMerge.AddTo(_ofMessage, candidates, direction, isUnencrypted: flow.Scheme == "http");
            foreach (var finding in _ofMessage)
            {
                if (_found.Count < limits.Findings && _found.Add(new Place(finding.Item, message.Kind, finding.Location.Path, finding.Value)))
                {
                    findings.Add(finding with { Location = finding.Location with { Path = PathOf(message.Index, finding.Location.Path) } });
                }
            }
        }

        return decoded.Truncated;
    }

    /// <summary>The conversation is an array of messages: <c>[12].user.email</c>.</summary>
    private static string PathOf(long index, string path) =>
        string.Create(CultureInfo.InvariantCulture, $"[{index}]{(path.Length == 0 || path[0] == '[' ? "" : ".")}{path}");

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Place(string Item, MessageKind Message, string Path, string Value);
}
