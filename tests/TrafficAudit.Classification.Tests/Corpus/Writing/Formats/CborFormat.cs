using System.Formats.Cbor;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>CBOR (RFC 8949).</summary>
internal static class CborFormat
{
    public static Value ToCbor(this Tree tree)
    {
        var writer = new CborWriter();
        Write(writer, tree);
        return new Value(writer.Encode(), [.. tree.Places]);
    }

    private static void Write(CborWriter writer, Tree tree)
    {
        if (tree.Value is { } value)
        {
            WriteValue(writer, value);
        }
        else if (tree.IsArray)
        {
            writer.WriteStartArray(tree.Children.Count);
            foreach (var child in tree.Children)
            {
                Write(writer, child);
            }

            writer.WriteEndArray();
        }
        else
        {
            writer.WriteStartMap(tree.Children.Count);
            foreach (var child in tree.Children)
            {
                writer.WriteTextString(child.Key!);
                Write(writer, child);
            }

            writer.WriteEndMap();
        }
    }

    private static void WriteValue(CborWriter writer, Value value)
    {
        switch (value.Content)
        {
            case null:
                writer.WriteNull();
                break;
            case bool flag:
                writer.WriteBoolean(flag);
                break;
            case byte[] bytes:
                writer.WriteByteString(bytes);
                break;
            case decimal number when number == decimal.Truncate(number):
                writer.WriteInt64((long)number);
                break;
            case decimal number:
                writer.WriteDouble((double)number);
                break;
            default:
                writer.WriteTextString(value.Text);
                break;
        }
    }
}
