using System.Buffers.Binary;
using System.Text;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>Apple's binary property list (CFBinaryPList.c): objects, their offsets, a trailer. Offsets and references take two bytes.</summary>
internal sealed class PropertyListFormat
{
    private const int Width = 2;
    private readonly List<byte[]> _objects = [];

    private PropertyListFormat()
    {
    }

    public static Value Write(Tree tree)
    {
        var list = new PropertyListFormat();
        list.Add(tree);
        return new Value(list.ToArray(), [.. tree.Places]);
    }

    private static byte[] Head(int kind, int count) =>
        count < 15 ? [(byte)((kind << 4) | count)] : [(byte)((kind << 4) | 15), 0x11, (byte)(count >> 8), (byte)count];

    private static byte[] Text(string text) => Ascii.IsValid(text)
        ? [.. Head(5, text.Length), .. Encoding.ASCII.GetBytes(text)]
        : [.. Head(6, text.Length), .. Encoding.BigEndianUnicode.GetBytes(text)];

    private static byte[] Leaf(Value value)
    {
        var number = new byte[sizeof(long)];
        switch (value.Content)
        {
            case bool flag:
                return [(byte)(flag ? 0x09 : 0x08)];
            case byte[] bytes:
                return [.. Head(4, bytes.Length), .. bytes];
            case decimal whole when whole == decimal.Truncate(whole):
                BinaryPrimitives.WriteInt64BigEndian(number, (long)whole);
                return [0x13, .. number];
            case decimal fraction:
                BinaryPrimitives.WriteDoubleBigEndian(number, (double)fraction);
                return [0x23, .. number];
            default:
                return Text(value.Text);
        }
    }

    private static byte[] Two(int number) => [(byte)(number >> 8), (byte)number];

    private int Add(Tree tree)
    {
        var at = _objects.Count;
        _objects.Add([]);
        if (tree.Value is { } value)
        {
            _objects[at] = Leaf(value);
            return at;
        }

        var keys = new List<byte>();
        foreach (var child in tree.IsArray ? [] : tree.Children)
        {
            keys.AddRange(Two(_objects.Count));
            _objects.Add(Text(child.Key!));
        }

        var children = tree.Children.SelectMany(child => Two(Add(child))).ToArray();
        _objects[at] = [.. Head(tree.IsArray ? 10 : 13, tree.Children.Count), .. keys, .. children];
        return at;
    }

    private byte[] ToArray()
    {
        List<byte> file = [.. "bplist00"u8];
        var offsets = new List<byte>();
        foreach (var content in _objects)
        {
            offsets.AddRange(Two(file.Count));
            file.AddRange(content);
        }

        var table = file.Count;
        var trailer = new byte[32];
        (trailer[6], trailer[7]) = (Width, Width);
        BinaryPrimitives.WriteInt64BigEndian(trailer.AsSpan(8), _objects.Count);
        BinaryPrimitives.WriteInt64BigEndian(trailer.AsSpan(24), table);
        return [.. file, .. offsets, .. trailer];
    }
}
