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
internal sealed class ConversationScan(MessageDetection detection, ConversationLimits limits)
{
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
        if (message.Content.IsEmpty)
        {
            return false;
        }

        // The conversation is an array of messages.
        var place = string.Create(CultureInfo.InvariantCulture, $"[{message.Index}]");
        _ofMessage.Clear();
        var isTruncated = detection.AddTo(_ofMessage, MessageDecoder.Decode(message.Kind, message.Content), message.Kind, place);
        foreach (var finding in _ofMessage)
        {
            if (_found.Count < limits.Findings && _found.Add(new Place(finding.Item, message.Kind, finding.Location.Path, finding.Value)))
            {
                findings.Add(finding with { Location = finding.Location.Within(place) });
            }
        }

        return isTruncated;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Place(string Item, MessageKind Message, string Path, string Value);
}
