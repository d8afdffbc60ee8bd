using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace TrafficAudit.Classification.Decoding;

/// <summary>MessagePack (msgpack.org, "MessagePack specification"). An extension is bytes, but a timestamp is its seconds.</summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct MessagePackReader(ReadOnlySpan<byte> document) : IBinaryReader
{
    private const sbyte Timestamp = -1;
    private readonly ReadOnlySpan<byte> _document = document;
    private BinaryNesting _nesting = new();
    private BinaryNumber _number;
    private int _next;

    /// <inheritdoc/>
    public int Start { get; private set; }

    /// <inheritdoc/>
    public int Length { get; private set; }

    /// <inheritdoc/>
    public readonly ReadOnlySpan<byte> Content => _document.Slice(Start, Length);

    /// <inheritdoc/>
    public readonly string Number => _number.ToString();

    private readonly int Left => _document.Length - _next;

    /// <inheritdoc/>
    public BinaryToken Read()
    {
        Start = _next;
        if (_nesting.IsAtEnd)
        {
            if (_nesting.IsAtRoot)
            {
                return Left == 0 ? BinaryToken.Finished : BinaryToken.Broken;
            }

            _nesting.Close();
            return BinaryToken.End;
        }

        if (Left == 0)
        {
            return BinaryToken.Broken;
        }

        _nesting.Take();
        var head = _document[_next++];
        return head switch
        {
            <= 0x7F => Integer(head),
            <= 0x8F => Open(BinaryToken.Map, head & 0x0F),
            <= 0x9F => Open(BinaryToken.Array, head & 0x0F),
            <= 0xBF => Stretch(BinaryToken.Text, head & 0x1F),
            >= 0xE0 => Integer((sbyte)head),
            _ => Long(head),
        };
    }

    private BinaryToken Long(byte head) => head switch
    {
        0xC0 => BinaryToken.Null,
        0xC2 => BinaryToken.False,
        0xC3 => BinaryToken.True,
        0xC4 or 0xC5 or 0xC6 => TryUnsigned(1 << (head - 0xC4), out var length) ? Stretch(BinaryToken.Bytes, (long)length) : BinaryToken.Broken,
        0xC7 or 0xC8 or 0xC9 => TryUnsigned(1 << (head - 0xC7), out var length) ? Extension((long)length) : BinaryToken.Broken,
        0xCA => TryUnsigned(sizeof(float), out var bits) ? Fraction(new BinaryNumber(BitConverter.UInt32BitsToSingle((uint)bits))) : BinaryToken.Broken,
        0xCB => TryUnsigned(sizeof(double), out var bits) ? Fraction(new BinaryNumber(BitConverter.UInt64BitsToDouble(bits))) : BinaryToken.Broken,
        0xCC or 0xCD or 0xCE or 0xCF => TryUnsigned(1 << (head - 0xCC), out var number) ? Integer(number) : BinaryToken.Broken,
        0xD0 or 0xD1 or 0xD2 or 0xD3 => TrySigned(1 << (head - 0xD0), out var number) ? Integer(number) : BinaryToken.Broken,
        >= 0xD4 and <= 0xD8 => Extension(1 << (head - 0xD4)),
        0xD9 or 0xDA or 0xDB => TryUnsigned(1 << (head - 0xD9), out var length) ? Stretch(BinaryToken.Text, (long)length) : BinaryToken.Broken,
        0xDC or 0xDD => TryUnsigned(2 << (head - 0xDC), out var count) ? Open(BinaryToken.Array, (long)count) : BinaryToken.Broken,
        0xDE or 0xDF => TryUnsigned(2 << (head - 0xDE), out var count) ? Open(BinaryToken.Map, (long)count) : BinaryToken.Broken,
        _ => BinaryToken.Broken,
    };

    private BinaryToken Open(BinaryToken kind, long count)
    {
        // An item takes a byte at least: a count beyond that is none.
        var items = kind == BinaryToken.Map ? count * 2 : count;
        return items <= Left && _nesting.TryOpen(items) ? kind : BinaryToken.Broken;
    }

    private BinaryToken Stretch(BinaryToken kind, long length)
    {
        if (length > Left)
        {
            return BinaryToken.Broken;
        }

        (Start, Length) = (_next, (int)length);
        _next += Length;
        return kind;
    }

    private BinaryToken Extension(long length)
    {
        if (Left == 0)
        {
            return BinaryToken.Broken;
        }

        var type = (sbyte)_document[_next++];
        if (type == Timestamp && length is 4 or 8 && TryUnsigned((int)length, out var time))
        {
            // Of eight bytes the upper 30 bits are nanoseconds.
            return Integer(length == 4 ? time : time & 0x3_FFFF_FFFF);
        }

        return Stretch(BinaryToken.Bytes, length);
    }

    private BinaryToken Integer(Int128 value) => Fraction(new BinaryNumber(value));

    private BinaryToken Fraction(BinaryNumber number)
    {
        _number = number;
        Length = _next - Start;
        return BinaryToken.Number;
    }

    private bool TryUnsigned(int size, out ulong value)
    {
        value = 0;
        if (Left < size)
        {
            return false;
        }

        var bytes = _document.Slice(_next, size);
        _next += size;
        value = size switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            4 => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            _ => BinaryPrimitives.ReadUInt64BigEndian(bytes),
        };
        return true;
    }

    private bool TrySigned(int size, out long value)
    {
        var isThere = TryUnsigned(size, out var bits);
        var unused = 64 - (8 * size);
        value = (long)(bits << unused) >> unused;
        return isThere;
    }
}
