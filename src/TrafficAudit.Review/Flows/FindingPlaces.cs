using System.Runtime.InteropServices;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Flows;

/// <summary>The findings of one flow by the fields that they are in.</summary>
internal sealed class FindingPlaces
{
    private readonly IReadOnlyList<Finding> _findings;
    private readonly Dictionary<(MessageKind Message, MessagePart Part, string Path), List<int>> _places = [];

    public FindingPlaces(IReadOnlyList<Finding> findings)
    {
        _findings = findings;
        foreach (var (index, finding) in findings.Index())
        {
            var place = finding.Location;
            ref var here = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, (place.Message, place.Part, place.Path), out _);
            (here ??= []).Add(index);
        }
    }

    /// <summary>The findings in a field, by their places in the flow's list.</summary>
    /// <param name="field">The field.</param>
    /// <param name="codings">How many content codings were undone at most before the field's message was read: findings name these first.</param>
    /// <param name="above">What stands before its path when its message is one of many (<c>[12]</c>).</param>
    public IReadOnlyList<int> In(Field field, int codings = 0, string above = "")
    {
        if (_places.Count == 0)
        {
            return [];
        }

        var place = above.Length == 0 ? field.Location : field.Location.Within(above);
        return _places.TryGetValue((place.Message, place.Part, place.Path), out var here)
            ? here.FindAll(index => IsSame(_findings[index].Location.Decodings.AsSpan(), field, codings))
            : [];
    }

    /// <summary>The finding with a place in the flow's list.</summary>
    public Finding this[int index] => _findings[index];

    /// <summary>Whether something was found in a header field of the request with this name.</summary>
    public bool AreInHeader(string name) => _findings.Any(finding =>
        finding.Location is { Message: MessageKind.Request, Part: MessagePart.Header } && finding.Location.Path.StartsWith(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What is marked with these findings; null for none.</summary>
    public Mark? MarkOf(IReadOnlyList<int> findings) =>
        findings.Count == 0 ? null : new Mark(findings[0], string.Join(", ", findings.Select(index => _findings[index].Item).Distinct(StringComparer.Ordinal)));

    private static bool IsSame(ReadOnlySpan<string> decodings, Field field, int codings)
    {
        var own = field.Decodings.AsSpan();
        var undone = decodings.Length - own.Length;
        return undone >= 0 && undone <= (field.Part == MessagePart.Body ? codings : 0) && decodings.EndsWith(own);
    }
}
