using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net;
using System.Text;

namespace TrafficAudit.Capture.Connections;

/// <summary>
/// The server's side of SOCKS version 5 (RFC 1928): CONNECT, without authentication or with a user name and password (RFC 1929). Which those are
/// is not looked at and not kept: who may pass is decided by pairing, and some clients offer nothing else.
/// </summary>
internal static class Socks5
{
    public const byte Version = 5;

    private const byte NoAuthentication = 0;
    private const byte UserAndPassword = 2;
    private const byte NothingAcceptable = 0xff;
    private const byte Connect = 1;
    private const byte Ipv4 = 1;
    private const byte Name = 3;
    private const byte Ipv6 = 4;

    /// <summary>How a request is answered (RFC 1928, section 6).</summary>
    public enum Reply : byte
    {
        Succeeded = 0,
        GeneralFailure = 1,
        NotAllowed = 2,
        CommandNotSupported = 7,
        AddressTypeNotSupported = 8,
    }

    /// <summary>Greets the client and reads where it wants to go; null when it was refused, or broke the protocol, and was told.</summary>
    public static async Task<Authority?> AcceptAsync(IDuplexPipe transport, CancellationToken cancellation)
    {
        var greeting = await ReadAsync(transport.Input, static b => b.Length < 2 ? 2 : 2 + b[1], cancellation);
        if (greeting is not [Version, _, .. var methods])
        {
            return null;
        }

        var method = methods.Contains(NoAuthentication) ? NoAuthentication : methods.Contains(UserAndPassword) ? UserAndPassword : NothingAcceptable;
        await WriteAsync(transport.Output, [Version, method], cancellation);
        if (method == NothingAcceptable || (method == UserAndPassword && !await TakeCredentialsAsync(transport, cancellation)))
        {
            return null;
        }

        var request = await ReadAsync(transport.Input, RequestLength, cancellation);
        var (authority, refusal) = Parse(request);
        if (authority is null)
        {
            await ReplyAsync(transport.Output, refusal, cancellation);
        }

        return authority;
    }

    /// <summary>Answers the request. The bound address is nobody's business, and no client uses it after CONNECT.</summary>
    public static ValueTask ReplyAsync(PipeWriter output, Reply reply, CancellationToken cancellation) =>
        WriteAsync(output, [Version, (byte)reply, 0, Ipv4, 0, 0, 0, 0, 0, 0], cancellation);

    /// <summary>Where a request leads, or how it is refused.</summary>
    internal static (Authority? Authority, Reply Refusal) Parse(ReadOnlySpan<byte> request)
    {
        if (request.Length < 7 || request[0] != Version)
        {
            return (null, Reply.GeneralFailure);
        }

        if (request[1] != Connect)
        {
            return (null, Reply.CommandNotSupported);
        }

        var port = BinaryPrimitives.ReadUInt16BigEndian(request[^2..]);
        var host = request[3] switch
        {
            Ipv4 => new IPAddress(request[4..^2]).ToString(),
            Ipv6 => $"[{new IPAddress(request[4..^2])}]",
            Name => Encoding.Latin1.GetString(request[5..^2]),
            _ => null,
        };
        return host is null ? (null, Reply.AddressTypeNotSupported)
            : Authority.TryParse($"{host}:{port}", out var authority) ? (authority, Reply.Succeeded)
            : (null, Reply.GeneralFailure);
    }

    /// <summary>How long a request is, as far as its bytes so far tell; an unknown type of address ends behind its type.</summary>
    internal static int RequestLength(ReadOnlySpan<byte> bytes) => bytes.Length < 5 ? 5 : bytes[3] switch
    {
        Ipv4 => 4 + 4 + 2,
        Ipv6 => 4 + 16 + 2,
        Name => 4 + 1 + bytes[4] + 2,
        _ => 7,
    };

    private static async Task<bool> TakeCredentialsAsync(IDuplexPipe transport, CancellationToken cancellation)
    {
        // RFC 1929, section 2: version 1, user name, password, each with its length in front.
        var credentials = await ReadAsync(
            transport.Input,
            static b => b.Length < 2 ? 2 : b.Length < 3 + b[1] ? 3 + b[1] : 3 + b[1] + b[2 + b[1]],
            cancellation);
        var isWellFormed = credentials is [1, ..];
        await WriteAsync(transport.Output, [1, isWellFormed ? (byte)0 : (byte)1], cancellation);
        return isWellFormed;
    }

    private delegate int LengthOf(ReadOnlySpan<byte> bytes);

    /// <summary>Reads one message, whose length its own first bytes tell; empty when the client closed within it. None is longer than 513 bytes.</summary>
    private static async Task<byte[]> ReadAsync(PipeReader input, LengthOf lengthOf, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellation);
            var needed = Needed(read.Buffer, lengthOf);
            if (read.Buffer.Length >= needed)
            {
                var message = read.Buffer.Slice(0, needed).ToArray();
                input.AdvanceTo(read.Buffer.GetPosition(needed));
                return message;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return [];
            }
        }
    }

    private static int Needed(ReadOnlySequence<byte> buffer, LengthOf lengthOf)
    {
        var start = buffer.Slice(0, Math.Min(buffer.Length, 600)).ToArray();
        return lengthOf(start);
    }

    private static async ValueTask WriteAsync(PipeWriter output, byte[] bytes, CancellationToken cancellation) =>
        await output.WriteAsync(bytes, cancellation);
}
