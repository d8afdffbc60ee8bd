using System.Net;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>application/x-www-form-urlencoded (WHATWG URL, 5.1), objects written as <c>user[phone]</c>.</summary>
internal static class FormFormat
{
    public static Value ToForm(this Tree tree)
    {
        var pairs = Flat(tree, "").ToList();
        return new Value(
            string.Join('&', pairs.Select(pair => $"{Escape(pair.Key)}={Escape(pair.Value.Text)}")),
            [.. pairs.SelectMany(pair => pair.Value.Places.Select(placed => placed.Under(Placed.Step(pair.Key))))]);
    }

    /// <summary>The same with values in the bytes that they hold, as pages in other character sets send them.</summary>
    public static Value ToLegacyForm(this Tree tree) => new(
        string.Join('&', tree.Children.Select(pair => $"{pair.Key}={string.Concat(pair.Value!.Bytes.Select(b => char.IsAsciiLetterOrDigit((char)b) ? $"{(char)b}" : $"%{b:X2}"))}")),
        [.. tree.Places]);

    private static IEnumerable<(string Key, Value Value)> Flat(Tree tree, string key) => tree.Value is { } value
        ? [(key, value)]
        : tree.Children.SelectMany((child, i) => Flat(child, key.Length == 0 ? child.Key! : $"{key}[{child.Key ?? $"{i}"}]"));

    // As browsers do it: a space becomes +.
    private static string Escape(string text) => WebUtility.UrlEncode(text).Replace("%5B", "[", StringComparison.Ordinal).Replace("%5D", "]", StringComparison.Ordinal);
}
