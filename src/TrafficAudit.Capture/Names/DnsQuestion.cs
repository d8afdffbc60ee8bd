using System.Buffers.Binary;
using System.Text;

namespace TrafficAudit.Capture.Names;

/// <summary>One question as it goes to a name server (RFC 1035, section 4.1). Without EDNS, which old servers refuse: what 512 bytes don't hold is asked for again over TCP.</summary>
internal static class DnsQuestion
{
    /// <summary>Bytes before the question.</summary>
    public const int HeaderLength = 12;

    /// <summary>The class of all records that are asked for.</summary>
    public const ushort Internet = 1;

    /// <summary>Bytes of a name's part (RFC 1035, section 2.3.4).</summary>
    public const int MaximumLabel = 63;

    /// <summary>Bytes of a name as it lies in a message, lengths and end included.</summary>
    public const int MaximumName = 255;

    private const ushort RecursionDesired = 0x0100;

    /// <summary>The message; null where the host can be no name in DNS.</summary>
    public static byte[]? Write(ushort id, string host, DnsRecordType type)
    {
        var labels = host.TrimEnd('.').Split('.');
        if (!Ascii.IsValid(host) || host.Length > MaximumName - 2 || !Array.TrueForAll(labels, label => label.Length is > 0 and <= MaximumLabel))
        {
            return null;
        }

        var name = labels.Sum(label => label.Length + 1) + 1;
        var message = new byte[HeaderLength + name + 4];
        BinaryPrimitives.WriteUInt16BigEndian(message, id);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), RecursionDesired);
        message[5] = 1;
        var at = HeaderLength;
        foreach (var label in labels)
        {
            message[at++] = (byte)label.Length;
            at += Encoding.ASCII.GetBytes(label, message.AsSpan(at));
        }

        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(at + 1), (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(at + 3), Internet);
        return message;
    }
}
