using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace TrafficAudit.Classification.Decoding;

/// <summary>CBOR (RFC 8949). Tags say nothing that is needed and are passed over; a string in chunks is one.</summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct CborReader(ReadOnlySpan<byte> document) : IBinaryReader
{
    private const byte Break = 0xFF;
    private const int NoArgument = 31;
    private const int Tag = 6;
    private readonly ReadOnlySpan<byte> _document = document;
    private BinaryNesting _nesting = new();
    private BinaryNumber _number;
    private byte[]? _chunks;
    private int _next;

    /// <inheritdoc/>
    public int Start { get; private set; }

    /// <inheritdoc/>
    public int Length { get; private set; }

    /// <inheritdoc/>
    public readonly ReadOnlySpan<byte> Content => _chunks ?? _document.Slice(Start, Length);

    /// <inheritdoc/>
    public readonly string Number => _number.ToString();

    private readonly int Left => _document.Length - _next;

    /// <inheritdoc/>
    public BinaryToken Read()
    {
        Start = _next;
        if (_nesting.IsAtEnd)
        {
            return _nesting.IsAtRoot ? Left == 0 ? BinaryToken.Finished : BinaryToken.Broken : Close();
        }

        if (_nesting.IsIndefinite && Left > 0 && _document[_next] == Break)
        {
            _next++;
            return Close();
        }

        _nesting.Take();
        _chunks = null;
        int major, info;
        ulong argument;
        do
        {
            if (!TryHead(out major, out info, out argument))
            {
                return BinaryToken.Broken;
            }
        }
        while (major == Tag);

        return Item(major, info, argument);
    }

    private BinaryToken Item(int major, int info, ulong argument) => major switch
    {
        0 => Value(new BinaryNumber((Int128)argument)),
        1 => Value(new BinaryNumber(-1 - (Int128)argument)),
        2 => String(BinaryToken.Bytes, major, info, argument),
        3 => String(BinaryToken.Text, major, info, argument),
        4 => Open(BinaryToken.Array, info, argument, 1),
        5 => Open(BinaryToken.Map, info, argument, 2),
        _ => Simple(info, argument),
    };

    private BinaryToken Simple(int info, ulong argument) => info switch
    {
        20 => BinaryToken.False,
        21 => BinaryToken.True,
        22 or 23 => BinaryToken.Null,
        25 => Value(new BinaryNumber((float)BitConverter.UInt16BitsToHalf((ushort)argument))),
        26 => Value(new BinaryNumber(BitConverter.UInt32BitsToSingle((uint)argument))),
        27 => Value(new BinaryNumber(BitConverter.UInt64BitsToDouble(argument))),
        _ => BinaryToken.Broken,
    };

    private BinaryToken Value(BinaryNumber number)
    {
        _number = number;
        Length = _next - Start;
        return BinaryToken.Number;
    }

    private BinaryToken Open(BinaryToken kind, int info, ulong count, int itemsEach)
    {
        if (info == NoArgument)
        {
            return _nesting.TryOpen(BinaryNesting.Indefinite) ? kind : BinaryToken.Broken;
        }

        // An item takes a byte at least: a count beyond that is none.
        return count <= (ulong)(Left / itemsEach) && _nesting.TryOpen((long)count * itemsEach) ? kind : BinaryToken.Broken;
    }

    private BinaryToken Close()
    {
        _nesting.Close();
        return BinaryToken.End;
    }

    private BinaryToken String(BinaryToken kind, int major, int info, ulong length)
    {
        if (info == NoArgument)
        {
            return TryChunks(major) ? kind : BinaryToken.Broken;
        }

        if (length > (ulong)Left)
        {
            return BinaryToken.Broken;
        }

        (Start, Length) = (_next, (int)length);
        _next += Length;
        return kind;
    }

    private bool TryChunks(int major)
    {
        var chunks = new MemoryStream();
        while (Left > 0 && _document[_next] != Break)
        {
            if (!TryHead(out var chunk, out var info, out var length) || chunk != major || info == NoArgument || length > (ulong)Left)
            {
                return false;
            }

            chunks.Write(_document.Slice(_next, (int)length));
            _next += (int)length;
        }

        _chunks = chunks.ToArray();
        return Left > 0 && ++_next - Start is var all && (Length = all) > 0;
    }

    /// <summary>Major type and argument (RFC 8949, section 3).</summary>
    private bool TryHead(out int major, out int info, out ulong argument)
    {
        var head = Left > 0 ? _document[_next++] : Break;
        major = head >> 5;
        info = head & 0x1F;
        argument = (ulong)info;
        if (info < 24)
        {
            return true;
        }

        if (info == NoArgument)
        {
            return major is >= 2 and <= 5;
        }

        var size = 1 << (info - 24);
        if (info > 27 || Left < size)
        {
            return false;
        }

        var bytes = _document.Slice(_next, size);
        _next += size;
        argument = size switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            4 => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            _ => BinaryPrimitives.ReadUInt64BigEndian(bytes),
        };
        return true;
    }
}
