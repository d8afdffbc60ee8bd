using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>The upstream proxy could not be reached, or refused. The message is for people and holds no credentials.</summary>
public sealed class UpstreamProxyException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>
/// A proxy that stands between this one and the servers (<c>--upstream-proxy</c>), as in networks that let nothing else out. It is asked for addresses,
/// never for names, so that the address of a flow stays a fact and the destination policy holds.
/// </summary>
/// <param name="Scheme"><c>http</c> (CONNECT, RFC 9110, section 9.3.6) or <c>socks5</c> (RFC 1928).</param>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="User">For HTTP Basic (RFC 7617) or RFC 1929; empty for none.</param>
/// <param name="Password">Belongs to <paramref name="User"/>.</param>
public sealed record UpstreamProxy(string Scheme, string Host, int Port, string User, string Password)
{
    private const int LongestAnswer = 16 * 1024;

    /// <summary>Reads <c>http://[user:password@]host[:port]</c> or <c>socks5://…</c>; the standard ports are 8080 and 1080.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static UpstreamProxy Parse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "socks5") || parsed.Host.Length == 0
            || parsed.PathAndQuery is not ("/" or "") || parsed.Fragment.Length > 0 || parsed.Port == 0)
        {
            throw new FormatException("write it as http://host:port or socks5://host:port, with user:password@ in front of the host where it wants them");
        }

        var userInfo = parsed.UserInfo.Split(':', 2);
        var isPortGiven = url.TrimEnd('/').EndsWith($":{parsed.Port}", StringComparison.Ordinal);
        var port = isPortGiven ? parsed.Port : parsed.Scheme == "http" ? 8080 : 1080;
        var (user, password) = (Uri.UnescapeDataString(userInfo[0]), Uri.UnescapeDataString(userInfo.Length > 1 ? userInfo[1] : ""));
        return Encoding.UTF8.GetByteCount(user) > 255 || Encoding.UTF8.GetByteCount(password) > 255
            ? throw new FormatException("user and password have at most 255 bytes each (RFC 1929)")
            : new UpstreamProxy(parsed.Scheme, parsed.IdnHost, port, user, password);
    }

    /// <summary>Without the password, so that it lands in no log.</summary>
    public override string ToString() => $"{Scheme}://{Host}:{Port}";

    /// <summary>Makes a connection to the proxy one to <paramref name="server"/>.</summary>
    /// <exception cref="UpstreamProxyException">It refused.</exception>
    internal async Task OpenAsync(Socket socket, IPEndPoint server, CancellationToken cancellation)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        try
        {
            await (Scheme == "http" ? ConnectAsync(stream, server, cancellation) : Socks5Async(stream, server, cancellation));
        }
        catch (EndOfStreamException e)
        {
            throw new UpstreamProxyException("The upstream proxy closed the connection before it answered", e);
        }
    }

    private async Task ConnectAsync(NetworkStream stream, IPEndPoint server, CancellationToken cancellation)
    {
        var credentials = User.Length == 0
            ? ""
            : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"))}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {server} HTTP/1.1\r\nHost: {server}\r\n{credentials}\r\n"), cancellation);

        // Byte by byte: what comes behind the head belongs to the server.
        var head = new List<byte>(256);
        var one = new byte[1];
        while (!EndsHead(head))
        {
            if (head.Count == LongestAnswer)
            {
                throw new UpstreamProxyException("The upstream proxy's answer is no HTTP");
            }

            await stream.ReadExactlyAsync(one, cancellation);
            head.Add(one[0]);
        }

        var line = Encoding.Latin1.GetString([.. head.TakeWhile(b => b != '\r')]).Split(' ');
        if (line is not [_, ['2', _, _], ..] || !line[0].StartsWith("HTTP/1.", StringComparison.Ordinal))
        {
            var status = line.Length > 1 && int.TryParse(line[1], out var code) ? $" ({code})" : "";
            throw new UpstreamProxyException($"The upstream proxy refused to open the connection{status}");
        }
    }

    private static bool EndsHead(List<byte> head) => head.Count >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r';

    private async Task Socks5Async(NetworkStream stream, IPEndPoint server, CancellationToken cancellation)
    {
        byte method = User.Length == 0 ? (byte)0 : (byte)2;
        var answer = new byte[2];
        await stream.WriteAsync(new byte[] { 5, 1, method }, cancellation);
        await stream.ReadExactlyAsync(answer, cancellation);
        if (answer is not [5, var chosen] || chosen != method)
        {
            throw new UpstreamProxyException("The upstream proxy is no SOCKS5 proxy, or wants another authentication");
        }

        if (method == 2)
        {
            byte[] user = Encoding.UTF8.GetBytes(User), password = Encoding.UTF8.GetBytes(Password);
            await stream.WriteAsync((byte[])[1, (byte)user.Length, .. user, (byte)password.Length, .. password], cancellation);
            await stream.ReadExactlyAsync(answer, cancellation);
            if (answer[1] != 0)
            {
                throw new UpstreamProxyException("The upstream proxy did not accept user and password");
            }
        }

        var address = server.Address.GetAddressBytes();
        var port = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(port, (ushort)server.Port);
        await stream.WriteAsync((byte[])[5, 1, 0, address.Length == 4 ? (byte)1 : (byte)4, .. address, .. port], cancellation);
        await ReadReplyAsync(stream, cancellation);
    }

    private static async Task ReadReplyAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var head = new byte[5];
        await stream.ReadExactlyAsync(head, cancellation);
        if (head[0] != 5 || head[1] != 0)
        {
            throw new UpstreamProxyException($"The upstream proxy refused to open the connection (SOCKS5 reply {head[1]})");
        }

        // The bound address, of which the first byte is read, and the port.
        var rest = head[3] switch { 1 => 3, 4 => 15, 3 => head[4], _ => throw new UpstreamProxyException("The upstream proxy's answer is no SOCKS5") };
        await stream.ReadExactlyAsync(new byte[rest + 2], cancellation);
    }
}
