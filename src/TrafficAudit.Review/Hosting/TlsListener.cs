using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace TrafficAudit.Review.Hosting;

/// <summary>Makes a listener speak HTTPS only; who speaks plain HTTP to it is told so in one line.</summary>
internal static class TlsListener
{
    // RFC 8446, section 5.1: the first byte of a TLS connection is the content type "handshake".
    private const byte Handshake = 22;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly byte[] PlainAnswer = Encoding.ASCII.GetBytes(
        "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n"
        + "This address speaks HTTPS only: write https:// in front of it.\n");

    /// <param name="listen">The listener.</param>
    /// <param name="options">Its certificates and the names that it goes by.</param>
    public static void Use(ListenOptions listen, ReviewOptions options)
    {
        listen.Use(next => connection => AnswerPlainAsync(connection, next));
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = handshake =>
            {
                var name = NameOf(handshake, options);
                return ValueTask.FromResult(new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = options.Certificates!(name) ?? throw new AuthenticationException($"There is no certificate for {name}"),
                });
            },
        });
    }

    /// <summary>Certificates are made for names that are ours alone, whatever a client asks for.</summary>
    private static string NameOf(TlsHandshakeCallbackContext handshake, ReviewOptions options) =>
        options.AllowedHosts.FirstOrDefault(h => h.Split(':')[0].Equals(handshake.ClientHelloInfo.ServerName, StringComparison.OrdinalIgnoreCase))?.Split(':')[0]
        ?? AddressOf(handshake.Connection).ToString();

    private static IPAddress AddressOf(ConnectionContext connection)
    {
        var address = (connection.LocalEndPoint as IPEndPoint)?.Address ?? IPAddress.Loopback;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    private static async Task AnswerPlainAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        patience.CancelAfter(Patience);
        byte first;
        try
        {
            var read = await connection.Transport.Input.ReadAsync(patience.Token);
            if (read.Buffer.IsEmpty)
            {
                return;
            }

            first = read.Buffer.FirstSpan[0];
            connection.Transport.Input.AdvanceTo(read.Buffer.Start);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // It went away, or came to say nothing.
            return;
        }

        if (first == Handshake)
        {
            await next(connection);
            return;
        }

        connection.Transport.Output.Write(PlainAnswer);
        await connection.Transport.Output.FlushAsync(CancellationToken.None);
    }
}
