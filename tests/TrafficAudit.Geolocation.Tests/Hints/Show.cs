using System.Text;
using TrafficAudit.Geolocation.Hints;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Tests.Hints;

/// <summary>Hints as a line of text, so that a table of samples reads like one.</summary>
internal static class Show
{
    /// <summary>The head of a response with these lines.</summary>
    public static HttpHead Head(string lines, string startLine = "HTTP/1.1 200 OK") =>
        HttpHead.Parse(Encoding.UTF8.GetBytes($"{startLine}\r\n{lines.ReplaceLineEndings("\r\n")}\r\n\r\n"));

    /// <summary><c>Fastly US IAD, Vercel US iad (origin)</c>; a dash for a place that is left open.</summary>
    public static string Hints(IEnumerable<EdgeHint> hints) => string.Join(", ", hints.Select(hint =>
        $"{hint.Network ?? "?"} {Place(hint.Place)}{(hint.IsOrigin ? " (origin)" : "")}"));

    /// <summary><c>AWS ap-northeast-2 KR</c>; a question mark where no provider is named.</summary>
    public static string Hints(IEnumerable<NameHint> hints) => string.Join(", ", hints.Select(hint => $"{hint.Provider ?? "?"} {hint.Token} {hint.Place.Country}"));

    private static string Place(Place? place) => place is null ? "-" : place.Code is null ? place.Country : $"{place.Country} {place.Code}";
}
