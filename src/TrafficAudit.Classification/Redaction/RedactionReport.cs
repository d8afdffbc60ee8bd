using TrafficAudit.Model;

namespace TrafficAudit.Classification.Redaction;

/// <summary>Notes what is taken out of one flow.</summary>
internal sealed class RedactionReport
{
    /// <summary>More parts of one flow are not listed one by one.</summary>
    private const int MostLeftOut = 100;

    private readonly Dictionary<(string Item, string Placeholder), int> _replaced = [];
    private readonly List<LeftOutPart> _leftOut = [];

    public FlowRedaction Result =>
        new([.. _replaced.Select(r => new RedactedValue(r.Key.Item, r.Key.Placeholder, r.Value))], [.. _leftOut]);

    public void Replaced(string item, string placeholder) => _replaced[(item, placeholder)] = _replaced.GetValueOrDefault((item, placeholder)) + 1;

    public void LeftOut(MessageKind message, string part, string reason)
    {
        if (_leftOut.Count < MostLeftOut)
        {
            _leftOut.Add(new LeftOutPart(message, part, reason));
        }
    }
}
