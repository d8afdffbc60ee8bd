using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// The fields of a protobuf message one after the other (Protocol Buffers, "Encoding"): number, wire type, value. A group, which older interfaces still use, is a
/// message that ends with a tag instead of having a length.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct ProtobufFields(ReadOnlySpan<byte> message)
{
    /// <summary>The wire type of integers.</summary>
    public const int Varint = 0;

    /// <summary>The wire type of eight bytes.</summary>
    public const int Fixed64 = 1;

    /// <summary>The wire type of texts, bytes and messages.</summary>
    public const int LengthDelimited = 2;

    /// <summary>The wire type of four bytes.</summary>
    public const int Fixed32 = 5;

    /// <summary>The wire type of a message that goes on until a tag with its number ends it.</summary>
    public const int Group = 3;

    private const int EndOfGroup = 4;

    // Every group inside is read once for each that it is in.
    private const int DeepestGroup = 8;
    private const int LongestVarint = 10;
    private const int FirstReserved = 19_000;
    private const int LastReserved = 19_999;

    private readonly ReadOnlySpan<byte> _message = message;
    private int _next;

    /// <summary>The field's number.</summary>
    public int Number { get; private set; }

    /// <summary>Its wire type.</summary>
    public int WireType { get; private set; }

    /// <summary>The value of a number, as its bits.</summary>
    public ulong Bits { get; private set; }

    /// <summary>Where the value starts, after tag and length.</summary>
    public int Start { get; private set; }

    /// <summary>Length of the value in bytes.</summary>
    public int Length { get; private set; }

    /// <summary>Where the last whole field ends.</summary>
    public int End { get; private set; }

    /// <summary>Whether the message was not read to its end.</summary>
    public readonly bool IsBroken => End < _message.Length;

    /// <summary>The value's bytes.</summary>
    public readonly ReadOnlySpan<byte> Value => _message.Slice(Start, Length);

    /// <summary>Whether the value is a message, or text or bytes.</summary>
    public readonly bool HasContent => WireType is LengthDelimited or Group;

    /// <summary>Goes to the next field; false at the end or where it is broken.</summary>
    public bool MoveNext() => MoveNext(0);

    private bool MoveNext(int depth)
    {
        _next = End;
        if (!TryVarint(out var tag) || tag >> 32 != 0)
        {
            return false;
        }

        Number = (int)(tag >> 3);
        WireType = (int)(tag & 7);
        if (Number is 0 or (>= FirstReserved and <= LastReserved) || !TryValue(depth))
        {
            return false;
        }

        End = Math.Max(_next, Start + Length);
        return true;
    }

    private bool TryValue(int depth)
    {
        Start = _next;
        switch (WireType)
        {
            case Varint:
                var isWhole = TryVarint(out var number);
                (Bits, Length) = (number, _next - Start);
                return isWhole;
            case Fixed64 when _message.Length - _next >= sizeof(ulong):
                (Bits, Length) = (BinaryPrimitives.ReadUInt64LittleEndian(_message[_next..]), sizeof(ulong));
                return true;
            case Fixed32 when _message.Length - _next >= sizeof(uint):
                (Bits, Length) = (BinaryPrimitives.ReadUInt32LittleEndian(_message[_next..]), sizeof(uint));
                return true;
            case LengthDelimited when TryVarint(out var length) && length <= (ulong)(_message.Length - _next):
                (Start, Length) = (_next, (int)length);
                return true;
            case Group when depth < DeepestGroup:
                return TryGroup(depth);
            default:
                return false;
        }
    }

    // Leaves what follows the tag at the end as the next to be read.
    private bool TryGroup(int depth)
    {
        var inside = new ProtobufFields(_message[Start..]);
        while (inside.MoveNext(depth + 1))
        {
            // Only where it ends is looked for.
        }

        Length = inside.End;
        _next = Start + Length;
        return inside.WireType == EndOfGroup && inside.Number == Number && TryVarint(out _);
    }

    private bool TryVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < LongestVarint && _next < _message.Length; i++)
        {
            var b = _message[_next++];
            value |= (ulong)(b & 0x7F) << (7 * i);
            if (b < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
