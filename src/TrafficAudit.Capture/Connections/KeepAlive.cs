using System.Net.Sockets;

namespace TrafficAudit.Capture.Connections;

/// <summary>
/// TCP keep-alive (RFC 9293, section 3.8.4): a phone that leaves the Wi-Fi says nothing, and its relays would be held until the recording ends.
/// </summary>
internal static class KeepAlive
{
    private const int IdleSeconds = 60;
    private const int IntervalSeconds = 15;
    private const int Probes = 4;

    public static void On(Socket? socket)
    {
        if (socket is not null)
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, IdleSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, IntervalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
        }
    }
}
