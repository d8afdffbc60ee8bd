using TrafficAudit.Geolocation.Recipients;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>
/// Where a code stands in host names: <c>s3-{region}.amazonaws.com</c>, <c>{region}-*.cloudfunctions.net</c>, <c>*-{iata}*.1.oca.nflxvideo.net</c>. The label with
/// the code may have a <c>*</c> at its beginning and end; what is left of it in the name is free, but that <c>*.</c> at the form's beginning asks for something: customers of
/// <c>*.{region}-*.azurewebsites.net</c> choose names right below the domain.
/// </summary>
internal sealed class HostForm
{
    private readonly string _before;
    private readonly string _after;
    private readonly bool _isFreeBefore;
    private readonly bool _isFreeAfter;

    private HostForm(string text, bool isBelow, PlaceCode code, string before, string after, string suffix)
    {
        (Text, IsBelow, Code, Suffix) = (text, isBelow, code, suffix);
        (_before, _isFreeBefore) = (before.TrimStart('*'), before.StartsWith('*'));
        (_after, _isFreeAfter) = (after.TrimEnd('*'), after.EndsWith('*'));
    }

    /// <summary>The form as the table has it.</summary>
    public string Text { get; }

    /// <summary>The labels right of the one with the code.</summary>
    public string Suffix { get; }

    /// <summary>Whether there has to be something left of the label with the code.</summary>
    public bool IsBelow { get; }

    /// <summary>What kind of code it is.</summary>
    public PlaceCode Code { get; }

    /// <summary>Null where the text is no form.</summary>
    public static HostForm? Parse(string text)
    {
        var isBelow = text.StartsWith("*.", StringComparison.Ordinal);
        var form = isBelow ? text[2..] : text;
        var (open, close, dot) = (form.IndexOf('{', StringComparison.Ordinal), form.IndexOf('}', StringComparison.Ordinal), form.IndexOf('.', StringComparison.Ordinal));
        if (open < 0 || close < open || dot < close || FindCode(form[open..(close + 1)]) is not { } code)
        {
            return null;
        }

        // With a letter in the code's place, what remains is a host, but for a * at the label's ends.
        var (before, after) = (form[..open].ToLowerInvariant(), form[(close + 1)..dot].ToLowerInvariant());
        return HostName.Parse($"{before.TrimStart('*')}x{after.TrimEnd('*')}{form[dot..]}") is { IsAddress: false, Text: var host }
            ? new HostForm(text, isBelow, code, before, after, host[(host.IndexOf('.', StringComparison.Ordinal) + 1)..])
            : null;
    }

    /// <summary>The longest known code in a label that has this form, and its place; null where there is none.</summary>
    /// <param name="label">A host's label left of <see cref="Suffix"/>, lower case.</param>
    /// <param name="find">Knows the codes.</param>
    public (string Token, Place Place)? Find(string label, Func<string, Place?> find)
    {
        for (var start = _before.Length; start <= label.Length; start++)
        {
            if (!label.AsSpan(0, start).EndsWith(_before) || (start > _before.Length && !_isFreeBefore))
            {
                continue;
            }

            for (var end = label.Length - _after.Length; end > start; end--)
            {
                if (label.AsSpan(end).StartsWith(_after) && (_isFreeAfter || end + _after.Length == label.Length) && IsWhole(label, start, end)
                    && find(label[start..end]) is { } place)
                {
                    return (label[start..end], place);
                }
            }
        }

        return null;
    }

    private static PlaceCode? FindCode(string text) => text switch
    {
        "{region}" => PlaceCode.Region,
        "{iata}" => PlaceCode.Iata,
        "{locode}" => PlaceCode.Locode,
        _ => null,
    };

    /// <summary>Codes of a fixed length end at a digit: the isp of -isp is no airport.</summary>
    private bool IsWhole(string label, int start, int end) => Code switch
    {
        PlaceCode.Iata => end - start == 3 && end < label.Length && char.IsAsciiDigit(label[end]),
        PlaceCode.Locode => end - start == 5 && end < label.Length && char.IsAsciiDigit(label[end]),
        _ => true,
    };
}
