using System.Text;
using System.Text.RegularExpressions;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>One form of a header's value that a network is known to write: a row of <c>hints/edge-headers.yaml</c>.</summary>
internal sealed class EdgeForm
{
    /// <summary>The header's name, lower case.</summary>
    public required string Header { get; init; }

    /// <summary>Whose form it is; null where several networks write it.</summary>
    public required string? Network { get; init; }

    /// <summary>What the value has to match.</summary>
    public required LinearPattern Pattern { get; init; }

    /// <summary>Where the value is base64: its <c>text</c> group is what has to be decoded before <see cref="Pattern"/> is tried.</summary>
    public required LinearPattern? Base64 { get; init; }

    /// <summary>Another header that has to be there, and what it has to match; null for none.</summary>
    public required (string Header, LinearPattern Pattern)? Beside { get; init; }

    /// <summary>The place that a match names; null for a form that names none.</summary>
    public required Func<Match, Place?>? Locate { get; init; }

    /// <summary>Whether the last of several matches is the edge that the client spoke to, and not the first.</summary>
    public required bool IsLastNearest { get; init; }

    /// <summary>Whether it tells of the server behind the edge.</summary>
    public required bool IsOrigin { get; init; }

    public required Provenance Provenance { get; init; }

    /// <summary>What a value says; null where it has not this form.</summary>
    public EdgeHint? Read(string value)
    {
        var text = Base64 is null ? value : Decode(value);
        var match = text is null ? Match.Empty : Pattern.Match(text);
        if (!match.Success)
        {
            return null;
        }

        for (var next = match; IsLastNearest && next.Success; next = next.NextMatch())
        {
            match = next;
        }

        return new EdgeHint(Header, Network, Locate?.Invoke(match), IsOrigin);
    }

    private string? Decode(string value)
    {
        var encoded = Base64!.Match(value).Groups["text"].ValueSpan;
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64Chars(encoded, bytes, out var written) && written > 0 ? Encoding.Latin1.GetString(bytes, 0, written) : null;
    }
}
