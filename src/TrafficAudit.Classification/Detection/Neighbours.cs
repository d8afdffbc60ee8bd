using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Detection;

/// <summary>What lies beside a field of one message: the other members of its object, or the other pairs of a query, cookies, header fields.</summary>
internal sealed class Neighbours(DecodedMessage message)
{
    /// <summary>Objects of more members are tables; looking through them for each would take its square.</summary>
    private const int Most = 64;

    private readonly Dictionary<MessagePart, List<Field>> _roots = [];

    /// <summary>The members of the object that holds <paramref name="field"/>, itself among them; none where there are too many.</summary>
    public IReadOnlyList<Field> Of(Field field)
    {
        var members = field.Parent?.Children ?? Roots(field.Part);
        return members.Count <= Most ? members : [];
    }

    private List<Field> Roots(MessagePart part)
    {
        if (!_roots.TryGetValue(part, out var roots))
        {
            roots = [.. message.Roots.Where(root => root.Part == part).Take(Most + 1)];
            _roots[part] = roots;
        }

        return roots;
    }
}
