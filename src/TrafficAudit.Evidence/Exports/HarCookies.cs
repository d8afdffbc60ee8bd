using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Exports;

/// <summary>The cookies of a head, by name and value (RFC 6265, sections 4.1 and 4.2).</summary>
internal static class HarCookies
{
    public static IEnumerable<HeaderField> Sent(HttpHead? head) => Lines(head, "Cookie").SelectMany(v => v.Split(';')).Select(Pair).OfType<HeaderField>();

    public static IEnumerable<HeaderField> Set(HttpHead? head) => Lines(head, "Set-Cookie").Select(v => Pair(v.Split(';')[0])).OfType<HeaderField>();

    private static IEnumerable<string> Lines(HttpHead? head, string name) =>
        head is null ? [] : head.Fields.Where(f => f.Is(name)).Select(f => f.Value);

    private static HeaderField? Pair(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? null : new HeaderField(text[..equals].Trim(), text[(equals + 1)..].Trim());
    }
}
