using System.Text.Json;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>A document before any format: objects, arrays and values. Every format writes it, each with paths of its own.</summary>
internal sealed class Tree
{
    private Tree(string? key) => Key = key;

    /// <summary>The key in the object above; null in arrays and at the top.</summary>
    public string? Key { get; private init; }

    /// <summary>The value; null for an object or array.</summary>
    public Value? Value { get; private init; }

    /// <summary>Members or elements.</summary>
    public IReadOnlyList<Tree> Children { get; private init; } = [];

    /// <summary>Whether the children are elements.</summary>
    public bool IsArray { get; private init; }

    /// <summary>What is in it and where, paths as in JSON.</summary>
    public IEnumerable<Placed> Places => Value is { } value
        ? value.Places
        : Children.SelectMany((child, i) => child.Places.Select(placed => placed.Under(IsArray ? $"[{i}]" : Placed.Step(child.Key!))));

    public static Tree Leaf(string key, Value value) => new(key) { Value = value };

    public static Tree Object(params IEnumerable<Tree> members) => new(key: null) { Children = [.. members] };

    public static Tree Array(string? key, IEnumerable<Tree> elements) => new(key) { IsArray = true, Children = [.. elements] };

    /// <summary>A document written as JSON.</summary>
    public static Tree Json(Template template)
    {
        using var document = JsonDocument.Parse(template.Text);
        return Of(template, key: null, document.RootElement);
    }

    /// <summary>A flat document written as <c>a=1&amp;b=2</c>, nothing escaped.</summary>
    public static Tree Pairs(Template template) => Object(template.Text.Split('&').Select(pair => pair.Split('=', 2)).Select(pair => Leaf(pair[0], template.Resolve(pair[1]))));

    /// <summary>The same under a key.</summary>
    public Tree As(string key) => new(key) { Value = Value, IsArray = IsArray, Children = Children };

    private static Tree Of(Template template, string? key, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new Tree(key) { Children = [.. element.EnumerateObject().Select(member => Of(template, member.Name, member.Value))] },
        JsonValueKind.Array => new Tree(key) { IsArray = true, Children = [.. element.EnumerateArray().Select(item => Of(template, key: null, item))] },
        JsonValueKind.String => new Tree(key) { Value = template.Resolve(element.GetString()!) },
        JsonValueKind.Number => new Tree(key) { Value = new Value(element.GetDecimal(), []) },
        JsonValueKind.Null => new Tree(key) { Value = new Value(null, []) },
        _ => new Tree(key) { Value = new Value(element.GetBoolean(), []) },
    };
}
