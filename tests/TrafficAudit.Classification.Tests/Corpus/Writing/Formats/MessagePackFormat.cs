using System.Buffers.Binary;
using System.Text;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>MessagePack (msgpack.org, "MessagePack specification").</summary>
internal static class MessagePackFormat
{
    public static Value ToMessagePack(this Tree tree)
    {
        var output = new List<byte>();
        Write(output, tree);
        return new Value(output.ToArray(), [.. tree.Places]);
    }

    private static void Write(List<byte> output, Tree tree)
    {
        if (tree.Value is { } value)
        {
            WriteValue(output, value);
            return;
        }

        output.Add((byte)(tree.IsArray ? 0xDC : 0xDE));
        Write16(output, tree.Children.Count);
        foreach (var child in tree.Children)
        {
            if (child.Key is { } key)
            {
                WriteText(output, key);
            }

            Write(output, child);
        }
    }

    private static void WriteValue(List<byte> output, Value value)
    {
        switch (value.Content)
        {
            case null:
                output.Add(0xC0);
                break;
            case bool flag:
                output.Add((byte)(flag ? 0xC3 : 0xC2));
                break;
            case byte[] bytes:
                output.Add(0xC5);
                Write16(output, bytes.Length);
                output.AddRange(bytes);
                break;
            case decimal number:
                WriteNumber(output, number);
                break;
            default:
                WriteText(output, value.Text);
                break;
        }
    }

    private static void WriteNumber(List<byte> output, decimal number)
    {
        var isWhole = number == decimal.Truncate(number);
        output.Add((byte)(isWhole ? 0xD3 : 0xCB));
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, isWhole ? (long)number : BitConverter.DoubleToInt64Bits((double)number));
        output.AddRange(bytes);
    }

    private static void WriteText(List<byte> output, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length < 32)
        {
            output.Add((byte)(0xA0 | bytes.Length));
        }
        else
        {
            output.Add(0xDA);
            Write16(output, bytes.Length);
        }

        output.AddRange(bytes);
    }

    private static void Write16(List<byte> output, int number) => output.AddRange([(byte)(number >> 8), (byte)number]);
}
