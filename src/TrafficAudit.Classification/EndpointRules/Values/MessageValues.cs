using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.EndpointRules.Values;

/// <summary>A decoded message as rules see it: a value for each part.</summary>
internal sealed class MessageValues
{
    private readonly Dictionary<MessagePart, RuleValue> _parts = [];

    /// <summary>The parts of a message.</summary>
    public MessageValues(DecodedMessage message)
    {
        Kind = message.Roots.Count > 0 ? message.Roots[0].Message : MessageKind.Request;
        foreach (var part in message.Roots.GroupBy(root => root.Part))
        {
            var roots = part.ToArray();
            _parts[part.Key] = new RuleValue(roots is [{ Key: null, Index: < 0 } root] ? root : Together(part.Key, roots));
        }
    }

    /// <summary>Which message it is.</summary>
    public MessageKind Kind { get; }

    /// <summary>Whether the message has this part.</summary>
    public bool Has(MessagePart part) => _parts.ContainsKey(part);

    /// <summary>The part; a value with nothing in it when there is none.</summary>
    public RuleValue Of(MessagePart part) => _parts.GetValueOrDefault(part) ?? new RuleValue();

    // Headers and cookies lie side by side; their paths begin with their names, so that what holds them here is no parent of theirs.
    private static Field Together(MessagePart part, Field[] roots) =>
        new() { Message = roots[0].Message, Part = part, Kind = FieldKind.Container, Children = roots };
}
