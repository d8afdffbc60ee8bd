using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace TrafficAudit.Capture.Names;

/// <summary>
/// Reads a message of a name server front to back. Whatever is sent, reading ends: a name's pointers may only lead back (RFC 9267, section 2), and a name has 255 bytes at most.
/// </summary>
internal ref struct DnsReader(ReadOnlySpan<byte> message, int at)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _at = at;

    /// <summary>The next record: its owner, and of an <c>A</c> or <c>AAAA</c> the address, of a <c>CNAME</c> the name; neither of other types and classes.</summary>
    /// <returns>False where the message breaks off or is wrong.</returns>
    public bool TryRead(out string owner, out IPAddress? address, out string? name)
    {
        (address, name) = (null, null);
        if (!TryReadName(ref _at, out owner) || _at + 10 > _message.Length)
        {
            return false;
        }

        var fixedPart = _message.Slice(_at, 10);
        var type = (DnsRecordType)BinaryPrimitives.ReadUInt16BigEndian(fixedPart);
        var recordClass = BinaryPrimitives.ReadUInt16BigEndian(fixedPart[2..]);
        var length = BinaryPrimitives.ReadUInt16BigEndian(fixedPart[8..]);
        var data = _at += 10;
        _at += length;
        if (_at > _message.Length)
        {
            return false;
        }

        if (recordClass != DnsQuestion.Internet)
        {
            return true;
        }

        if (type == DnsRecordType.Cname)
        {
            return TryReadName(ref data, out name) && data == _at;
        }

        if (type is not (DnsRecordType.A or DnsRecordType.Aaaa))
        {
            return true;
        }

        var isAddress = length == (type == DnsRecordType.A ? 4 : 16);
        address = isAddress ? new IPAddress(_message.Slice(data, length)) : null;
        return isAddress;
    }

    /// <summary>The name that comes next; empty where it is none.</summary>
    public string ReadName() => TryReadName(ref _at, out var name) ? name : "";

    private readonly bool TryReadName(ref int at, out string name)
    {
        var text = new StringBuilder();
        name = "";
        var (here, lowest, bytes) = (at, at, 0);
        int? end = null;
        while (here < _message.Length)
        {
            int length = _message[here];
            if (length == 0)
            {
                at = end ?? (here + 1);
                name = text.ToString();
                return true;
            }

            if (length >= 0xC0)
            {
                if (here + 1 >= _message.Length)
                {
                    return false;
                }

                var target = ((length & 0x3F) << 8) | _message[here + 1];
                end ??= here + 2;
                if (target >= lowest)
                {
                    return false;
                }

                here = lowest = target;
                continue;
            }

            bytes += length + 1;
            if (length > DnsQuestion.MaximumLabel || bytes >= DnsQuestion.MaximumName || here + 1 + length > _message.Length)
            {
                return false;
            }

            Append(text, _message.Slice(here + 1, length));
            here += length + 1;
        }

        return false;
    }

    // Lower case; what isn't a plain character as in RFC 1035, section 5.1 (\027), so that it neither ends a label nor disturbs a terminal.
    private static void Append(StringBuilder text, ReadOnlySpan<byte> label)
    {
        if (text.Length > 0)
        {
            text.Append('.');
        }

        foreach (var one in label)
        {
            var c = (char)one;
            if (c is > ' ' and <= '~' and not '.' and not '\\')
            {
                text.Append(char.ToLowerInvariant(c));
            }
            else
            {
                text.Append('\\').Append($"{one:D3}");
            }
        }
    }
}
