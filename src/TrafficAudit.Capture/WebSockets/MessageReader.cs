using System.Buffers.Binary;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.WebSockets;

/// <summary>
/// Reads the frames of one direction of a WebSocket (RFC 6455, section 5.2) from a copy of its bytes, in whatever pieces they come, and puts them together
/// to messages. It answers nothing and refuses nothing: it is lenient where reading is possible (a mask is undone in either direction), and where it is
/// not it is broken for good and only counts. Used by one thread at a time.
/// </summary>
/// <param name="isCompressed">Whether permessage-deflate was agreed on.</param>
/// <param name="messageBytes">How much of a message is kept.</param>
/// <param name="connection">How much of the connection may still be kept.</param>
internal sealed class MessageReader(bool isCompressed, int messageBytes, KeptBytes connection) : IDisposable
{
    private const int Continuation = 0;
    private const int Control = 8;
    private const int LongestControl = 125;
    private const int Piece = 4096;

    private readonly byte[] _header = new byte[14];
    private readonly PayloadKeeper _payload = new(messageBytes, connection);
    private readonly PayloadKeeper _controlPayload = new(LongestControl, connection);
    private byte[]? _unmasked;
    private MessageInflater? _inflater;

    // The frame.
    private int _headerLength;
    private bool _inPayload;
    private long _left;
    private uint _mask;
    private bool _isMasked;
    private int _opcode;
    private bool _isLast;

    // The message that its frames make; control frames may come between them.
    private WebSocketMessageType? _type;
    private bool _isDeflated;

    /// <summary>True once the bytes could not be read as frames.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Bytes that came from there on.</summary>
    public long UnreadBytes { get; private set; }

    private bool IsControl => _opcode >= Control;

    /// <summary>Takes the next bytes and adds the messages that they complete.</summary>
    public void Read(ReadOnlySpan<byte> bytes, ICollection<ReadMessage> messages)
    {
        while (!IsBroken)
        {
            if (!_inPayload && !TryReadHeader(ref bytes))
            {
                break;
            }

            if (!IsBroken)
            {
                var piece = bytes[..(int)Math.Min(_left, bytes.Length)];
                bytes = bytes[piece.Length..];
                _left -= piece.Length;
                IsBroken = !TryReadPayload(piece);
            }

            if (!IsBroken && _left > 0)
            {
                return;
            }

            if (!IsBroken)
            {
                _inPayload = false;
                EndFrame(messages);
            }
        }

        if (IsBroken)
        {
            UnreadBytes += bytes.Length;
            End(messages);
        }
    }

    /// <summary>The connection has ended: a message that is still going on is added as far as it came.</summary>
    public void End(ICollection<ReadMessage> messages)
    {
        if (_type is { } type)
        {
            _type = null;
            messages.Add(Take(type, _payload, isComplete: false));
        }
    }

    public void Dispose()
    {
        _payload.Dispose();
        _controlPayload.Dispose();
        _inflater?.Dispose();
    }

    private static ReadMessage Take(WebSocketMessageType type, PayloadKeeper keeper, bool isComplete)
    {
        var length = keeper.Length;
        var (payload, digest) = keeper.Take();
        return new ReadMessage(type, length, payload, digest, isComplete);
    }

    private static WebSocketMessageType? TypeOf(int opcode) => opcode switch
    {
        1 => WebSocketMessageType.Text,
        2 => WebSocketMessageType.Binary,
        8 => WebSocketMessageType.Close,
        9 => WebSocketMessageType.Ping,
        10 => WebSocketMessageType.Pong,
        _ => null,
    };

    /// <summary>Gathers a frame's header; false while it is not whole.</summary>
    private bool TryReadHeader(ref ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var needed = HeaderLength();
            var taken = Math.Min(needed - _headerLength, bytes.Length);
            bytes[..taken].CopyTo(_header.AsSpan(_headerLength));
            bytes = bytes[taken..];
            _headerLength += taken;
            if (_headerLength < needed)
            {
                return false;
            }

            if (needed == HeaderLength())
            {
                BeginFrame();
                return true;
            }
        }
    }

    private int HeaderLength()
    {
        if (_headerLength < 2)
        {
            return 2;
        }

        var extended = (_header[1] & 0x7F) switch { 126 => 2, 127 => 8, _ => 0 };
        return 2 + extended + ((_header[1] & 0x80) != 0 ? 4 : 0);
    }

    private void BeginFrame()
    {
        _opcode = _header[0] & 0x0F;
        _isLast = (_header[0] & 0x80) != 0;
        _isMasked = (_header[1] & 0x80) != 0;
        _mask = _isMasked ? BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(_headerLength - 4)) : 0;
        _left = (_header[1] & 0x7F) switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2)),
            127 => BinaryPrimitives.ReadInt64BigEndian(_header.AsSpan(2)),
            var length => length,
        };
        _inPayload = true;
        IsBroken = !TryBeginMessage();
        UnreadBytes = IsBroken ? _headerLength : 0;
        _headerLength = 0;
    }

    /// <summary>What RFC 6455 (sections 5.2, 5.4 and 5.5) and RFC 7692 (section 6) let a frame be.</summary>
    private bool TryBeginMessage()
    {
        var reserved = (_header[0] >> 4) & 7;
        if (_left < 0 || (reserved & 3) != 0)
        {
            return false;
        }

        if (IsControl)
        {
            return reserved == 0 && _isLast && _left <= LongestControl && TypeOf(_opcode) is not null;
        }

        if (_opcode == Continuation)
        {
            return reserved == 0 && _type is not null;
        }

        if (_type is not null || TypeOf(_opcode) is not { } type || (reserved != 0 && !isCompressed))
        {
            return false;
        }

        _type = type;
        _isDeflated = reserved != 0;
        return true;
    }

    private bool TryReadPayload(ReadOnlySpan<byte> bytes)
    {
        if (!_isMasked)
        {
            return TryKeep(bytes);
        }

        _unmasked ??= new byte[Piece];
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(bytes.Length, Piece)];
            Unmask(piece, _unmasked);
            if (!TryKeep(_unmasked.AsSpan(0, piece.Length)))
            {
                return false;
            }

            bytes = bytes[piece.Length..];
        }

        return true;
    }

    /// <summary>Undoes the mask (RFC 6455, section 5.3), which then stands as the next byte needs it.</summary>
    private void Unmask(ReadOnlySpan<byte> from, Span<byte> to)
    {
        var eight = _mask | ((ulong)_mask << 32);
        var done = 0;
        for (; from.Length - done >= sizeof(ulong); done += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(to[done..], BinaryPrimitives.ReadUInt64LittleEndian(from[done..]) ^ eight);
        }

        for (; done < from.Length; done++)
        {
            to[done] = (byte)(from[done] ^ _mask);
            _mask = uint.RotateRight(_mask, 8);
        }
    }

    private bool TryKeep(ReadOnlySpan<byte> bytes)
    {
        if (IsControl)
        {
            _controlPayload.Append(bytes);
            return true;
        }

        if (_isDeflated)
        {
            return (_inflater ??= new MessageInflater()).TryInflate(bytes, _payload);
        }

        _payload.Append(bytes);
        return true;
    }

    private void EndFrame(ICollection<ReadMessage> messages)
    {
        if (IsControl)
        {
            messages.Add(Take(TypeOf(_opcode)!.Value, _controlPayload, isComplete: true));
        }
        else if (_isLast)
        {
            var isWhole = !_isDeflated || (_inflater ??= new MessageInflater()).TryEnd(_payload);
            IsBroken = !isWhole;
            messages.Add(Take(_type!.Value, _payload, isWhole));
            _type = null;
        }
    }
}
