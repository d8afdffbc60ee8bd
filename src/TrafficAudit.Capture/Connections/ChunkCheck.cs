namespace TrafficAudit.Capture.Connections;

/// <summary>
/// Follows the framing of a chunked request body (RFC 9112, section 7.1) byte by byte and takes one form of it alone: a line end is CRLF, a size
/// is hexadecimal digits, no line has a control character. Kestrel is laxer with trailers, and what one server takes another may not.
/// </summary>
internal sealed class ChunkCheck
{
    private const int MaximumDigits = 8;

    /// <summary>Longest size line with its extensions, and longest trailer section, in bytes.</summary>
    private const int MaximumLine = 4 * 1024;
    private const int MaximumTrailers = 32 * 1024;

    private State _state = State.Size;
    private long _size;
    private int _digits;
    private int _lineLength;
    private int _trailerLength;
    private bool _isName;

    private enum State
    {
        Size,
        Extension,
        SizeLf,
        Data,
        DataCr,
        DataLf,
        TrailerStart,
        Trailer,
        TrailerLf,
        LastLf,
        Done,
    }

    /// <summary>True when the body has ended: what follows is the next head.</summary>
    public bool IsDone => _state is State.Done;

    /// <summary>Takes in the next bytes.</summary>
    /// <returns>How many are in order: fewer than there are when the framing is broken, or the body ends before them.</returns>
    public int Take(ReadOnlySpan<byte> bytes)
    {
        var taken = 0;
        while (taken < bytes.Length && !IsDone)
        {
            if (_state is State.Data)
            {
                var length = (int)Math.Min(_size, bytes.Length - taken);
                _size -= length;
                taken += length;
                _state = _size == 0 ? State.DataCr : State.Data;
            }
            else if (Takes(bytes[taken]))
            {
                taken++;
            }
            else
            {
                break;
            }
        }

        return taken;
    }

    private bool Takes(byte value) => _state switch
    {
        State.Size => TakesSize(value),
        State.Extension => TakesExtension(value),
        State.SizeLf => value == '\n' && Enter(_size == 0 ? State.TrailerStart : State.Data),
        State.DataCr => value == '\r' && Enter(State.DataLf),
        State.DataLf => value == '\n' && EnterSize(),
        State.LastLf => value == '\n' && Enter(State.Done),
        State.TrailerLf => value == '\n' && Enter(State.TrailerStart),
        _ => TakesTrailer(value),
    };

    private bool TakesSize(byte value)
    {
        if (char.IsAsciiHexDigit((char)value))
        {
            _size = (_size << 4) | (uint)(value <= '9' ? value - '0' : (value | 0x20) - 'a' + 10);
            return ++_digits <= MaximumDigits && _size <= int.MaxValue;
        }

        return _digits > 0 && value switch
        {
            (byte)'\r' => Enter(State.SizeLf),
            (byte)';' => Enter(State.Extension),
            _ => false,
        };
    }

    private bool TakesExtension(byte value) =>
        value == '\r' ? Enter(State.SizeLf) : IsText(value) && ++_lineLength <= MaximumLine;

    private bool TakesTrailer(byte value)
    {
        if (++_trailerLength > MaximumTrailers)
        {
            return false;
        }

        if (_state is State.TrailerStart)
        {
            _isName = true;
            return value == '\r' ? Enter(State.LastLf) : IsName(value) && Enter(State.Trailer);
        }

        if (value == '\r')
        {
            return !_isName && Enter(State.TrailerLf);
        }

        if (_isName && value == ':')
        {
            _isName = false;
            return true;
        }

        return _isName ? IsName(value) : IsText(value);
    }

    private static bool IsText(byte value) => value is (byte)'\t' or (>= 0x20 and not 0x7F);

    private static bool IsName(byte value) => char.IsAsciiLetterOrDigit((char)value) || "!#$%&'*+-.^_`|~"u8.Contains(value);

    private bool Enter(State state)
    {
        _state = state;
        return true;
    }

    private bool EnterSize()
    {
        _size = 0;
        _digits = 0;
        _lineLength = 0;
        return Enter(State.Size);
    }
}
