using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace TrafficAudit.Capture.Names;

/// <summary>
/// One question to one name server: over UDP, and again over TCP where the answer did not fit (RFC 7766). The port is the system's choice anew each time and the
/// socket takes datagrams from that server alone, so that an answer made up by another would have to guess port and number.
/// </summary>
internal static class DnsExchange
{
    // Without EDNS nothing longer may come (RFC 1035, section 2.3.4).
    private const int MaximumDatagram = 512;

    /// <returns>Null where what came over TCP is no answer.</returns>
    /// <exception cref="SocketException">The server can't be reached.</exception>
    /// <exception cref="IOException">It closed before it had answered.</exception>
    /// <exception cref="OperationCanceledException">It did not answer in time.</exception>
    public static async Task<DnsAnswer?> AskAsync(IPEndPoint server, byte[] question, CancellationToken cancellation)
    {
        var answer = await AskOverUdpAsync(server, question, cancellation);
        return answer.IsTruncated ? await AskOverTcpAsync(server, question, cancellation) : answer;
    }

    private static async Task<DnsAnswer> AskOverUdpAsync(IPEndPoint server, byte[] question, CancellationToken cancellation)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellation);
        await socket.SendAsync(question, cancellation);
        var buffer = new byte[MaximumDatagram + 1];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, cancellation);
            if (length <= MaximumDatagram && DnsAnswer.Read(buffer.AsSpan(0, length), question) is { } answer)
            {
                return answer;
            }
        }
    }

    private static async Task<DnsAnswer?> AskOverTcpAsync(IPEndPoint server, byte[] question, CancellationToken cancellation)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, cancellation);
        await using var stream = new NetworkStream(socket);
        var sent = new byte[2 + question.Length];
        BinaryPrimitives.WriteUInt16BigEndian(sent, (ushort)question.Length);
        question.CopyTo(sent, 2);
        await stream.WriteAsync(sent, cancellation);
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, cancellation);
        var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(message, cancellation);
        return DnsAnswer.Read(message, question);
    }
}
