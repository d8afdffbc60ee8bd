using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using TrafficAudit.Benchmarks.Traffic;

namespace TrafficAudit.Benchmarks.Load;

/// <summary>A client's way through a proxy: CONNECT, then TLS that trusts anybody.</summary>
internal static class Tunnel
{
    public static async Task<SslStream> OpenAsync(LoadOptions options, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Proxy, cancellation);
            var stream = new NetworkStream(socket, ownsSocket: true);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {options.Target} HTTP/1.1\r\nHost: {options.Target}\r\n\r\n"), cancellation);
            await ReadAnswerAsync(stream, cancellation);
            return await SecureAsync(stream, options.IsHttp2 ? SslApplicationProtocol.Http2 : SslApplicationProtocol.Http11, cancellation);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<SslStream> SecureAsync(Stream stream, SslApplicationProtocol protocol, CancellationToken cancellation)
    {
        var ssl = new SslStream(stream);
        await ssl.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = BenchTraffic.Host,
                ApplicationProtocols = [protocol],
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
            },
            cancellation);
        return ssl.NegotiatedApplicationProtocol == protocol ? ssl : throw new IOException($"The proxy does not speak {protocol}");
    }

    /// <summary>Reads the answer's head and nothing after it: the next bytes are TLS.</summary>
    private static async Task ReadAnswerAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var head = new byte[1024];
        for (var length = 0; length < head.Length; length++)
        {
            await stream.ReadExactlyAsync(head.AsMemory(length, 1), cancellation);
            if (head.AsSpan(0, length + 1).EndsWith("\r\n\r\n"u8))
            {
                var status = Encoding.ASCII.GetString(head, 0, length).Split(' ', 3);
                if (status is not [_, "200", ..])
                {
                    throw new IOException("The proxy refused the tunnel");
                }

                return;
            }
        }

        throw new IOException("The proxy's answer to CONNECT has no end");
    }
}
