using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Detection.Formats;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Detection;

/// <summary>
/// Puts addresses together that were sent in several fields of one object (<c>addr1</c>, <c>addr2</c>; <c>sido</c>, <c>sigungu</c>, <c>roadname</c>): apart,
/// neither a province nor a house number is an address. What stands beside a whole address under such a key is its detail.
/// </summary>
internal sealed class AddressParts
{
    private const int Most = 512;
    private const int LongestPart = 120;

    private List<(Field Field, string Text)>? _parts;

    /// <summary>Keeps a value whose key names an address.</summary>
    public void Take(Field field, string text, in KeyContext key)
    {
        if (key.Meaning?.Default == "postal_address" && text.Length <= LongestPart && !((_parts?.Count ?? 0) >= Most) && !key.FindOwner().IsForeign)
        {
            (_parts ??= []).Add((field, text.Trim()));
        }
    }

    /// <summary>A candidate for each part of an address that only the parts together make.</summary>
    public IEnumerable<Candidate> Find()
    {
        foreach (var group in (_parts ?? []).GroupBy(part => (part.Field.Parent, part.Field.Part)))
        {
            var parts = group.ToList();
            var whole = string.Join(' ', parts.Select(part => part.Text));
            if (parts.Count is < 2 or > 12 || (KoreanAddress.Find(whole, 0) ?? RomanizedAddress.Find(whole, 0)) is null)
            {
                continue;
            }

            foreach (var (field, text) in parts.Where(part => part.Text.Length > 0))
            {
                yield return new Candidate(
                    field, "postal_address", Detector.Pattern, Strength.D, FindingState.Clear,
                    "Together with the values beside it, it is a Korean address, and the keys name postal address.", text);
            }
        }
    }
}
