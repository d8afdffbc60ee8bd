using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>JSON (RFC 8259).</summary>
internal static class JsonFormat
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Escaped = new() { Encoder = JavaScriptEncoder.Default };
    private static readonly JsonWriterOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    public static Value ToJson(this Tree tree) => Write(tree, Plain);

    /// <summary>With everything but ASCII, and <c>+ &amp; &lt;</c> too, as <c>\uXXXX</c>.</summary>
    public static Value ToEscapedJson(this Tree tree) => Write(tree, Escaped);

    public static Value ToIndentedJson(this Tree tree) => Write(tree, Indented);

    /// <summary>One document a line; their places are those of an array's elements.</summary>
    public static Value ToJsonLines(IReadOnlyList<Tree> documents) => new(
        string.Concat(documents.Select(document => document.ToJson().Text + "\n")),
        [.. documents.SelectMany((document, i) => document.Places.Select(placed => placed.Under($"[{i}]")))]);

    private static Value Write(Tree tree, JsonWriterOptions options)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, options))
        {
            Write(writer, tree);
        }

        return new Value(Encoding.UTF8.GetString(bytes.ToArray()), [.. tree.Places]);
    }

    private static void Write(Utf8JsonWriter writer, Tree tree)
    {
        if (tree.Key is { } key)
        {
            writer.WritePropertyName(key);
        }

        if (tree.Value is { } value)
        {
            WriteValue(writer, value);
            return;
        }

        (tree.IsArray ? (Action)writer.WriteStartArray : writer.WriteStartObject)();
        foreach (var child in tree.Children)
        {
            Write(writer, child);
        }

        (tree.IsArray ? (Action)writer.WriteEndArray : writer.WriteEndObject)();
    }

    private static void WriteValue(Utf8JsonWriter writer, Value value)
    {
        switch (value.Content)
        {
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case null:
                writer.WriteNullValue();
                break;
            case byte[] bytes:
                writer.WriteBase64StringValue(bytes);
                break;
            default:
                writer.WriteStringValue(value.Text);
                break;
        }
    }
}
