using System.Text.Json;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests;

/// <summary>Builds decoded messages without a decoder: detectors are tested against fields, whatever made them.</summary>
internal sealed class SomeField
{
    private readonly List<Field> _roots = [];
    private readonly List<Field> _fields = [];
    private readonly MessageKind _message;

    private SomeField(MessageKind message) => _message = message;

    public static SomeField Request => new(MessageKind.Request);

    public static SomeField Response => new(MessageKind.Response);

    public SomeField Query(string key, string value, params string[] decodings) => Leaf(MessagePart.Query, key, value, decodings);

    public SomeField Header(string key, string value) => Leaf(MessagePart.Header, key, value, []);

    public SomeField Cookie(string key, string value) => Leaf(MessagePart.Cookie, key, value, []);

    public SomeField Url(string value) => Leaf(MessagePart.Url, null, value, []);

    public SomeField Text(string value) => Leaf(MessagePart.Body, null, value, []);

    /// <summary>A body that was decoded from JSON.</summary>
    public SomeField Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        _roots.Add(Node(document.RootElement, parent: null, key: null, index: -1, ["json"]));
        return this;
    }

    /// <summary>A query field whose text was found to be JSON.</summary>
    public SomeField JsonInQuery(string key, string json)
    {
        var outer = Add(new Field { Message = _message, Part = MessagePart.Query, Key = key, Kind = FieldKind.Text, Text = json });
        using var document = JsonDocument.Parse(json);
        outer.Children = [Node(document.RootElement, outer, key: null, index: -1, ["json"])];
        _roots.Add(outer);
        return this;
    }

    public DecodedMessage Build(bool truncated = false) => new(_roots, _fields, truncated);

    private SomeField Leaf(MessagePart part, string? key, string value, string[] decodings)
    {
        _roots.Add(Add(new Field { Message = _message, Part = part, Key = key, Kind = FieldKind.Text, Text = value, Decodings = [.. decodings] }));
        return this;
    }

    private Field Node(JsonElement element, Field? parent, string? key, int index, string[] decodings)
    {
        var kind = element.ValueKind switch
        {
            JsonValueKind.Object or JsonValueKind.Array => FieldKind.Container,
            JsonValueKind.String => FieldKind.Text,
            JsonValueKind.Number => FieldKind.Number,
            JsonValueKind.Null => FieldKind.Null,
            _ => FieldKind.Boolean,
        };
        var field = new Field
        {
            Parent = parent,
            Message = _message,
            Part = parent?.Part ?? MessagePart.Body,
            Key = key,
            Index = index,
            Kind = kind,
            Text = kind is FieldKind.Container or FieldKind.Null ? null : element.ToString(),
            Decodings = [.. decodings],
        };
        if (kind != FieldKind.Container)
        {
            return Add(field);
        }

        field.Children = element.ValueKind == JsonValueKind.Object
            ? [.. element.EnumerateObject().Select(member => Node(member.Value, field, member.Name, -1, decodings))]
            : [.. element.EnumerateArray().Select((item, i) => Node(item, field, null, i, decodings))];
        return field;
    }

    private Field Add(Field field)
    {
        _fields.Add(field);
        return field;
    }
}
