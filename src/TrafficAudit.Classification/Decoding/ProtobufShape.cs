using System.Buffers;
using System.Runtime.InteropServices;

namespace TrafficAudit.Classification.Decoding;

/// <summary>What a length-delimited value of protobuf is: the wire does not say.</summary>
internal enum ProtobufValue
{
    /// <summary>UTF-8 text.</summary>
    Text,

    /// <summary>A message.</summary>
    Message,

    /// <summary>Bytes, or numbers packed.</summary>
    Bytes,
}

/// <summary>Evidence that bytes are a protobuf message of which the schema is not known. Looks only; adds no field.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct ProtobufShape
{
    /// <summary>Deepest nesting that is followed.</summary>
    public const int Deepest = 64;

    /// <summary>The largest number with a tag of two bytes; schemas seldom go further, chance often does.</summary>
    private const int LargestLikelyNumber = 2047;

    /// <summary>Without a text in it only a message with small numbers is believed.</summary>
    private const int LargestNumberWithoutText = 64;

    private const int ShortestText = 3;
    private const int LeastText = 6;

    /// <summary>
    /// A digest or token is made of nothing else, and one in a hundred reads as a message: there are tags and lengths among letters and digits. Texts in
    /// messages mostly have lengths that are none.
    /// </summary>
    private static readonly SearchValues<byte> LettersAndDigits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8);

    private int _fields;
    private int _largest;
    private int _text;
    private int _bytes;

    /// <summary>
    /// Whether unlabelled bytes are a message: all of them are read, the numbers are likely, and a quarter at least is texts that make sense.
    /// </summary>
    public static bool IsLikely(ReadOnlySpan<byte> bytes)
    {
        var shape = default(ProtobufShape);
        return shape.TryRead(bytes, 0) && shape._largest <= LargestLikelyNumber
            && shape._text >= LeastText && shape._text * 4L >= bytes.Length && shape._bytes * 2L <= bytes.Length;
    }

    /// <summary>Whether all of what a label calls a message is one.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        var shape = default(ProtobufShape);
        return shape.TryRead(bytes, 0);
    }

    /// <summary>What a value inside a message is.</summary>
    public static ProtobufValue Of(ReadOnlySpan<byte> value, int depth)
    {
        var shape = default(ProtobufShape);
        return shape.Take(value, depth);
    }

    private bool TryRead(ReadOnlySpan<byte> message, int depth)
    {
        var fields = new ProtobufFields(message);
        while (fields.MoveNext())
        {
            _fields++;
            _largest = Math.Max(_largest, fields.Number);
            if (fields.HasContent)
            {
                Take(fields.Value, depth + 1);
            }
        }

        return !fields.IsBroken && _fields > 0;
    }

    private ProtobufValue Take(ReadOnlySpan<byte> value, int depth)
    {
        var isText = Printable.IsText(value);
        if (!value.IsEmpty && depth < Deepest && (!isText || (IsTag(value[0]) && value.ContainsAnyExcept(LettersAndDigits))))
        {
            var inner = default(ProtobufShape);
            if (inner.TryRead(value, depth) && (isText ? inner.IsNoText(value[0]) : inner._text > 0 || inner._largest <= LargestNumberWithoutText))
            {
                _largest = Math.Max(_largest, inner._largest);
                _text += inner._text;
                _bytes += inner._bytes;
                return ProtobufValue.Message;
            }
        }

        if (!isText)
        {
            _bytes += value.Length;
            return ProtobufValue.Bytes;
        }

        _text += value.Length >= ShortestText && Printable.IsPlausible(value) ? value.Length : 0;
        return ProtobufValue.Text;
    }

    /// <summary>Wire type 2, the one with which a message that passes for a text begins.</summary>
    private static bool IsTag(byte first) => (first & 7) == ProtobufFields.LengthDelimited;

    /// <summary>
    /// A message whose texts have 32 to 126 characters can pass for a text: its tags and lengths are printable. That a text reads as two
    /// fields is no chance; as one, only where it begins with a letter or digit.
    /// </summary>
    private readonly bool IsNoText(byte first) => _text > 0 && (_fields > 1 || !char.IsAsciiLetterOrDigit((char)first));
}
