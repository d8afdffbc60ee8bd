using System.Buffers.Binary;

namespace TrafficAudit.Capture.Handshakes;

/// <summary>Reads the presentation language of TLS (RFC 8446, section 3): numbers and vectors with a length in front.</summary>
internal ref struct TlsReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public bool TryByte(out byte value)
    {
        var there = TryTake(1, out var bytes);
        value = there ? bytes[0] : default;
        return there;
    }

    public bool TryUInt16(out ushort value)
    {
        var there = TryTake(2, out var bytes);
        value = there ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : default;
        return there;
    }

    public bool TryVector8(out ReadOnlySpan<byte> content)
    {
        content = default;
        return TryByte(out var length) && TryTake(length, out content);
    }

    public bool TryVector16(out ReadOnlySpan<byte> content)
    {
        content = default;
        return TryUInt16(out var length) && TryTake(length, out content);
    }

    public bool TryTake(int length, out ReadOnlySpan<byte> taken)
    {
        if (length > _rest.Length)
        {
            taken = default;
            return false;
        }

        taken = _rest[..length];
        _rest = _rest[length..];
        return true;
    }
}
