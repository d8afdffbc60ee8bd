using TrafficAudit.Model;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>The parts of a message that rules name.</summary>
internal static class RuleParts
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<MessagePart> All { get; } = [MessagePart.Path, MessagePart.Query, MessagePart.Header, MessagePart.Cookie, MessagePart.Body];

    /// <summary>A part's name in packs.</summary>
    public static string Name(MessagePart part) => part switch
    {
        MessagePart.Path => "path",
        MessagePart.Query => "query",
        MessagePart.Header => "header",
        MessagePart.Cookie => "cookie",
        _ => "body",
    };

    /// <summary>The part of this name.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static MessagePart Parse(string name) =>
        All.Where(part => Name(part) == name).Cast<MessagePart?>().FirstOrDefault()
        ?? throw new FormatException($"'{name}' is no part: path, query, header, cookie or body");
}
