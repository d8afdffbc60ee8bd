using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// Apple's binary property list, version 00 (CFBinaryPList.c). Objects name one another by number, so that a few bytes can stand for a tree
/// without end: the number of objects read is bounded.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct PropertyListReader : IBinaryReader
{
    private const int TrailerLength = 32;
    private const int MostObjects = 200_000;

    /// <summary>Up to about the year 3740; dates count from 2001.</summary>
    private const double LastSecond = 5.5e10;

    private readonly ReadOnlySpan<byte> _document;
    private readonly int _offsetSize;
    private readonly int _referenceSize;
    private readonly long _offsets;
    private readonly long _objects;
    private Frames _frames;
    private int _depth;
    private int _read;
    private BinaryNumber _number;
    private byte[]? _text;

    /// <summary>Reads the trailer.</summary>
    public PropertyListReader(ReadOnlySpan<byte> document)
    {
        _document = document;
        _frames[0] = new Frame { Count = 1 };
        if (HasMark(document))
        {
            var trailer = document[^TrailerLength..];
            (_offsetSize, _referenceSize) = (trailer[6], trailer[7]);
            _objects = BinaryPrimitives.ReadInt64BigEndian(trailer[8..]);
            _frames[0].References = BinaryPrimitives.ReadInt64BigEndian(trailer[16..]);
            _offsets = BinaryPrimitives.ReadInt64BigEndian(trailer[24..]);
        }
    }

    /// <inheritdoc/>
    public int Start { get; private set; }

    /// <inheritdoc/>
    public int Length { get; private set; }

    /// <inheritdoc/>
    public readonly ReadOnlySpan<byte> Content => _text ?? _document.Slice(Start, Length);

    /// <inheritdoc/>
    public readonly string Number => _number.ToString();

    /// <summary>Whether the document begins as one and is long enough for a trailer.</summary>
    public static bool HasMark(ReadOnlySpan<byte> document) => document.Length > TrailerLength + 8 && document.StartsWith("bplist00"u8);

    /// <inheritdoc/>
    public BinaryToken Read()
    {
        ref var frame = ref _frames[_depth];
        if (frame.Next == frame.Count)
        {
            if (_depth == 0)
            {
                return BinaryToken.Finished;
            }

            _depth--;
            return BinaryToken.End;
        }

        var item = frame.Next++;
        var number = _depth == 0 ? frame.References : Reference(frame, item);
        _text = null;
        return ++_read <= MostObjects && number >= 0 && number < _objects && TryUnsigned(_offsets + (number * _offsetSize), _offsetSize, out var offset)
            && offset < (ulong)_document.Length ? Object((int)offset) : BinaryToken.Broken;
    }

    /// <summary>A dictionary has the references of all its keys before those of its values.</summary>
    private readonly long Reference(in Frame frame, int item)
    {
        var place = !frame.IsMap ? item : item % 2 == 0 ? item / 2 : (frame.Count / 2) + (item / 2);
        return TryUnsigned(frame.References + ((long)place * _referenceSize), _referenceSize, out var number) && number <= long.MaxValue ? (long)number : -1;
    }

    private BinaryToken Object(int at)
    {
        var marker = _document[at];
        var info = marker & 0x0F;
        (Start, Length) = (at, 1);
        switch (marker >> 4)
        {
            case 0x0:
                return marker switch { 0 => BinaryToken.Null, 8 => BinaryToken.False, 9 => BinaryToken.True, _ => BinaryToken.Broken };
            case 0x1 when info <= 4:
                return Integer(at + 1, 1 << info);
            case 0x2 or 0x3 when info is 2 or 3 && TryUnsigned(at + 1, 1 << info, out var bits):
                return Fraction(bits, info, isDate: marker >> 4 == 3);
            case 0x8:
                return Integer(at + 1, info + 1);
            case >= 0x4 when TryCount(ref at, info, out var count):
                return Counted(marker >> 4, at + 1, count);
            default:
                return BinaryToken.Broken;
        }
    }

    private BinaryToken Counted(int kind, int start, int count) => kind switch
    {
        0x4 => Stretch(BinaryToken.Bytes, start, count),
        0x5 or 0x7 => Stretch(BinaryToken.Text, start, count),
        0x6 when Stretch(BinaryToken.Text, start, count * 2L) == BinaryToken.Text => Wide(),
        0xA or 0xB or 0xC => Open(BinaryToken.Array, start, count),
        0xD => Open(BinaryToken.Map, start, count * 2L),
        _ => BinaryToken.Broken,
    };

    private BinaryToken Stretch(BinaryToken kind, int start, long length)
    {
        if (length > _document.Length - start)
        {
            return BinaryToken.Broken;
        }

        (Start, Length) = (start, (int)length);
        return kind;
    }

    private BinaryToken Wide()
    {
        _text = Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(_document.Slice(Start, Length)));
        return BinaryToken.Text;
    }

    private BinaryToken Open(BinaryToken kind, int start, long references)
    {
        if (_depth == IBinaryReader.Deepest || references * _referenceSize > _document.Length - start)
        {
            return BinaryToken.Broken;
        }

        _frames[++_depth] = new Frame { References = start, Count = (int)references, IsMap = kind == BinaryToken.Map };
        return kind;
    }

    private BinaryToken Integer(int start, int size)
    {
        // Of sixteen bytes the lower eight are the number; those of eight are signed, shorter ones are not.
        var used = Math.Min(size, sizeof(ulong));
        if (!TryUnsigned(start + size - used, used, out var bits))
        {
            return BinaryToken.Broken;
        }

        _number = new BinaryNumber(size == sizeof(ulong) ? (Int128)(long)bits : bits);
        Length = size + 1;
        return BinaryToken.Number;
    }

    private BinaryToken Fraction(ulong bits, int info, bool isDate)
    {
        var value = info == 3 ? BitConverter.UInt64BitsToDouble(bits) : BitConverter.UInt32BitsToSingle((uint)bits);
        _number = info == 3 ? new BinaryNumber(value) : new BinaryNumber((float)value);
        Length = (1 << info) + 1;
        if (!isDate || !(Math.Abs(value) < LastSecond))
        {
            return BinaryToken.Number;
        }

        var date = new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(value);
        _text = Encoding.ASCII.GetBytes(date.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        return BinaryToken.Text;
    }

    /// <summary>A count over 14 is an integer of its own.</summary>
    private readonly bool TryCount(ref int at, int info, out int count)
    {
        count = info;
        if (info < 0xF)
        {
            return true;
        }

        if (++at >= _document.Length || _document[at] is not (>= 0x10 and <= 0x13) || !TryUnsigned(at + 1, 1 << (_document[at] & 3), out var number)
            || number > (ulong)_document.Length)
        {
            return false;
        }

        at += 1 << (_document[at] & 3);
        count = (int)number;
        return true;
    }

    private readonly bool TryUnsigned(long start, int size, out ulong value)
    {
        value = 0;
        if (size is < 1 or > sizeof(ulong) || start < 0 || start > _document.Length - size)
        {
            return false;
        }

        foreach (var b in _document.Slice((int)start, size))
        {
            value = (value << 8) | b;
        }

        return true;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Frame
    {
        public long References;
        public int Count;
        public int Next;
        public bool IsMap;
    }

    [InlineArray(IBinaryReader.Deepest + 1)]
    private struct Frames
    {
        private Frame _first;
    }
}
