using System.Buffers.Binary;
using System.Collections;
using System.Text;

namespace TrafficAudit.Testing.Mmdb;

/// <summary>Values in the binary form of the MaxMind DB format 2.0, "Output Data Section". Pointers are never written.</summary>
internal static class MmdbEncoder
{
    private const int StringType = 2;
    private const int DoubleType = 3;
    private const int UInt16Type = 5;
    private const int UInt32Type = 6;
    private const int MapType = 7;
    private const int UInt64Type = 9;
    private const int ArrayType = 11;
    private const int BooleanType = 14;

    public static void Write(Stream output, object value)
    {
        switch (value)
        {
            case string text:
                WriteText(output, text);
                break;
            case bool flag:
                WriteControl(output, BooleanType, flag ? 1 : 0);
                break;
            case double number:
                WriteDouble(output, number);
                break;
            case ushort number:
                WriteUnsigned(output, UInt16Type, number);
                break;
            case uint number:
                WriteUnsigned(output, UInt32Type, number);
                break;
            case ulong number:
                WriteUnsigned(output, UInt64Type, number);
                break;
            case IReadOnlyDictionary<string, object> map:
                WriteMap(output, map);
                break;
            case IEnumerable list:
                WriteArray(output, [.. list.Cast<object>()]);
                break;
            default:
                throw new ArgumentException($"no mmdb form for {value.GetType().Name}", nameof(value));
        }
    }

    private static void WriteText(Stream output, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        WriteControl(output, StringType, bytes.Length);
        output.Write(bytes);
    }

    private static void WriteDouble(Stream output, double number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, number);
        WriteControl(output, DoubleType, bytes.Length);
        output.Write(bytes);
    }

    private static void WriteUnsigned(Stream output, int type, ulong number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        var significant = bytes.TrimStart((byte)0);
        WriteControl(output, type, significant.Length);
        output.Write(significant);
    }

    private static void WriteMap(Stream output, IReadOnlyDictionary<string, object> map)
    {
        WriteControl(output, MapType, map.Count);
        foreach (var (key, value) in map)
        {
            WriteText(output, key);
            Write(output, value);
        }
    }

    private static void WriteArray(Stream output, object[] items)
    {
        WriteControl(output, ArrayType, items.Length);
        foreach (var item in items)
        {
            Write(output, item);
        }
    }

    /// <summary>Type in the top three bits (0 and a second byte for types over 7), then the size in 5 bits or, from 29 on, in extra bytes.</summary>
    private static void WriteControl(Stream output, int type, int size)
    {
        var (code, extra, length) = size switch
        {
            < 29 => (size, 0, 0),
            < 285 => (29, size - 29, 1),
            < 65821 => (30, size - 285, 2),
            _ => (31, size - 65821, 3),
        };
        output.WriteByte((byte)(((type <= 7 ? type : 0) << 5) | code));
        if (type > 7)
        {
            output.WriteByte((byte)(type - 7));
        }

        for (var i = length - 1; i >= 0; i--)
        {
            output.WriteByte((byte)(extra >> (8 * i)));
        }
    }
}
