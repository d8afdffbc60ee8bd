using System.Collections.Immutable;
using System.Text;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Detection;
using TrafficAudit.Classification.Taxonomy;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Redaction;

/// <summary>
/// What of one flow is personal by its place alone, as an endpoint's rule says: parts are redacted one by one, where no rule can see it. Wherever the value
/// stands in the flow it is replaced. What tells of a device's state (a language, a version) stays, as it does where a key names it.
/// </summary>
internal sealed class PlacedValues(IEnumerable<Finding> findings)
{
    /// <summary>Shorter ones could stand anywhere; they are replaced where they are all of a value.</summary>
    private const int ShortestInside = 8;

    private readonly ImmutableArray<(string Value, string Item)> _values =
    [
        .. findings.Where(f => f.Detector == Detector.Rule && f.State != FindingState.Zeroed && ItemTaxonomy.Find(f.Item)?.Group is not "device_state" && !Placeholders.IsOnly(f.Value))
            .Select(f => (f.Value, f.Item)).Distinct(),
    ];

    /// <summary>Adds a candidate for each field of a part that holds one.</summary>
    public void AddTo(List<Candidate> found, DecodedMessage part)
    {
        foreach (var field in _values.IsEmpty ? [] : part.Fields)
        {
            if (field is not { Text: { Length: > 0 } text, Kind: FieldKind.Text or FieldKind.Number, Children.Count: 0 })
            {
                continue;
            }

            foreach (var (value, item) in _values)
            {
                if (text.AsSpan().Trim().SequenceEqual(value) || (value.Length >= ShortestInside && text.Contains(value, StringComparison.Ordinal)))
                {
                    found.Add(new Candidate(field, item, Detector.Rule, Strength.B, FindingState.Clear, "", value));
                }
            }
        }
    }

    /// <summary>Whether one that could stand nowhere by chance is left in bytes.</summary>
    public bool AreIn(ReadOnlySpan<byte> bytes)
    {
        foreach (var (value, _) in _values)
        {
            if (value.Length >= ShortestInside && bytes.IndexOf(Encoding.UTF8.GetBytes(value)) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
