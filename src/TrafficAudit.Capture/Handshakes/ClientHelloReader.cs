using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace TrafficAudit.Capture.Handshakes;

/// <summary>What the bytes so far are.</summary>
internal enum ClientHelloState
{
    /// <summary>They can still become a ClientHello.</summary>
    Incomplete,

    /// <summary>They begin with a whole one.</summary>
    Complete,

    /// <summary>Whatever follows, they are none.</summary>
    NotOne,
}

/// <summary>
/// Reads a ClientHello off the start of a connection without taking it: the TLS library gets the very same bytes afterwards. The message may lie
/// in several records (RFC 8446, section 5.1), and come in any pieces.
/// </summary>
internal static class ClientHelloReader
{
    /// <summary>Real ones are under 4 KiB, with post-quantum key shares; each piece that comes is put together anew, so that it must stay small.</summary>
    private const int LongestMessage = 32 * 1024;

    private const int RecordHeader = 5;
    private const int LongestRecord = 16 * 1024;
    private const int MessageHeader = 4;
    private const byte Handshake = 22;
    private const byte ClientHelloType = 1;

    public static ClientHelloState Read(ReadOnlySequence<byte> bytes, out ClientHello? hello)
    {
        hello = null;
        var message = ArrayPool<byte>.Shared.Rent((int)Math.Min(bytes.Length, LongestMessage + MessageHeader));
        try
        {
            var state = Gather(bytes, message, out var length);
            return state == ClientHelloState.Complete && !TryParse(message.AsSpan(MessageHeader, length - MessageHeader), out hello)
                ? ClientHelloState.NotOne
                : state;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message);
        }
    }

    /// <summary>Puts the handshake message together from its records.</summary>
    private static ClientHelloState Gather(ReadOnlySequence<byte> bytes, Span<byte> message, out int length)
    {
        length = 0;
        var reader = new SequenceReader<byte>(bytes);
        Span<byte> header = stackalloc byte[RecordHeader];
        while (true)
        {
            if (!reader.TryCopyTo(header))
            {
                return reader.TryPeek(out var first) && first != Handshake ? ClientHelloState.NotOne : ClientHelloState.Incomplete;
            }

            var record = BinaryPrimitives.ReadUInt16BigEndian(header[3..]);
            if (header[0] != Handshake || header[1] != 3 || record is 0 or > LongestRecord)
            {
                return ClientHelloState.NotOne;
            }

            reader.Advance(RecordHeader);
            var part = (int)Math.Min(Math.Min(record, reader.Remaining), message.Length - length);
            reader.UnreadSequence.Slice(0, part).CopyTo(message[length..]);
            length += part;
            if (length > 0 && message[0] != ClientHelloType)
            {
                return ClientHelloState.NotOne;
            }

            if (length >= MessageHeader)
            {
                var whole = MessageHeader + ((message[1] << 16) | BinaryPrimitives.ReadUInt16BigEndian(message[2..]));
                if (whole > LongestMessage)
                {
                    return ClientHelloState.NotOne;
                }

                if (length >= whole)
                {
                    length = whole;
                    return ClientHelloState.Complete;
                }
            }

            if (part < record)
            {
                return ClientHelloState.Incomplete;
            }

            reader.Advance(part);
        }
    }

    private static bool TryParse(ReadOnlySpan<byte> body, out ClientHello? hello)
    {
        hello = null;
        var reader = new TlsReader(body);
        if (!reader.TryUInt16(out var version) || !reader.TryTake(32, out _) || !reader.TryVector8(out _)
            || !reader.TryVector16(out var suites) || suites.Length % 2 != 0 || !reader.TryVector8(out _))
        {
            return false;
        }

        var read = new ClientHello { LegacyVersion = version, CipherSuites = Numbers(suites), Extensions = [] };
        if (!reader.IsAtEnd)
        {
            if (!reader.TryVector16(out var extensions) || !TryExtensions(extensions, ref read))
            {
                return false;
            }
        }

        hello = read;
        return true;
    }

    private static bool TryExtensions(ReadOnlySpan<byte> bytes, ref ClientHello hello)
    {
        var reader = new TlsReader(bytes);
        var types = ImmutableArray.CreateBuilder<ushort>(20);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryUInt16(out var type) || !reader.TryVector16(out var data))
            {
                return false;
            }

            if (!IsGrease(type))
            {
                types.Add(type);
            }

            hello = type switch
            {
                ExtensionType.ServerName => hello with { ServerName = HostName(data) },
                ExtensionType.Alpn => hello with { Alpn = Protocols(data) },
                ExtensionType.SupportedVersions => hello with { SupportedVersions = Versions(data) },
                ExtensionType.SignatureAlgorithms => hello with { SignatureAlgorithms = Algorithms(data) },
                _ => hello,
            };
        }

        hello = hello with { Extensions = types.ToImmutable() };
        return true;
    }

    // What is wrong inside of an extension is the TLS library's to refuse; here it is simply not there.
    private static string HostName(ReadOnlySpan<byte> data)
    {
        var reader = new TlsReader(data);
        return reader.TryVector16(out var list) && new TlsReader(list) is var names && names.TryByte(out var type) && type == 0 && names.TryVector16(out var name)
            ? Encoding.Latin1.GetString(name)
            : "";
    }

    private static ImmutableArray<string> Protocols(ReadOnlySpan<byte> data)
    {
        var protocols = ImmutableArray.CreateBuilder<string>(2);
        var reader = new TlsReader(data);
        if (reader.TryVector16(out var list))
        {
            var names = new TlsReader(list);
            while (names.TryVector8(out var name))
            {
                if (!(name.Length == 2 && IsGrease(BinaryPrimitives.ReadUInt16BigEndian(name))))
                {
                    protocols.Add(Encoding.Latin1.GetString(name));
                }
            }
        }

        return protocols.ToImmutable();
    }

    private static ImmutableArray<ushort> Versions(ReadOnlySpan<byte> data) =>
        new TlsReader(data) is var reader && reader.TryVector8(out var list) ? Numbers(list) : [];

    private static ImmutableArray<ushort> Algorithms(ReadOnlySpan<byte> data) =>
        new TlsReader(data) is var reader && reader.TryVector16(out var list) ? Numbers(list) : [];

    private static ImmutableArray<ushort> Numbers(ReadOnlySpan<byte> list)
    {
        var numbers = ImmutableArray.CreateBuilder<ushort>(list.Length / 2);
        for (; list.Length >= 2; list = list[2..])
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(list) is var number && !IsGrease(number))
            {
                numbers.Add(number);
            }
        }

        return numbers.ToImmutable();
    }

    /// <summary>RFC 8701, section 2: both bytes alike, and each ends in A.</summary>
    private static bool IsGrease(ushort value) => (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 0xff);
}
