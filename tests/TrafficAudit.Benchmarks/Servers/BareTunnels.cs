using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace TrafficAudit.Benchmarks.Servers;

/// <summary>Answers CONNECT, decrypts what follows, and hands it to Kestrel.</summary>
internal sealed class BareTunnels(SslStreamCertificateContext certificate)
{
    private static readonly StreamPipeReaderOptions ReaderOptions = new(bufferSize: 16 * 1024, minimumReadSize: 4 * 1024, leaveOpen: true);
    private static readonly StreamPipeWriterOptions WriterOptions = new(minimumBufferSize: 16 * 1024, leaveOpen: true);

    /// <summary>Where a connection's tunnel leads, as YARP wants it.</summary>
    internal sealed record Destination(string Prefix);

    public async Task HandleAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        try
        {
            var target = await ReadConnectAsync(connection.Transport.Input, connection.ConnectionClosed);
            if (target is null)
            {
                return;
            }

            await connection.Transport.Output.WriteAsync("HTTP/1.1 200 Connection Established\r\n\r\n"u8.ToArray(), connection.ConnectionClosed);
            connection.Features.Set(new Destination($"https://{target}/"));
            await DecryptAsync(connection, next);
        }
        catch (Exception e) when (e is IOException or AuthenticationException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"A connection ended early: {e.Message}");
        }
    }

    private async Task DecryptAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var original = connection.Transport;
        await using var ssl = new SslStream(new TransportStream(original), leaveInnerStreamOpen: true);
        await ssl.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificate,
                ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            },
            connection.ConnectionClosed);
        connection.Features.Set<ITlsConnectionFeature>(new Tls());
        connection.Features.Set<ITlsApplicationProtocolFeature>(new Alpn(ssl.NegotiatedApplicationProtocol.Protocol));
        connection.Transport = new Decrypted(PipeReader.Create(ssl, ReaderOptions), PipeWriter.Create(ssl, WriterOptions));
        try
        {
            await next(connection);
        }
        finally
        {
            await connection.Transport.Input.CompleteAsync();
            await connection.Transport.Output.CompleteAsync();
            connection.Transport = original;
        }
    }

    /// <summary>The host and port after <c>CONNECT </c>; null when the client said something else or went away.</summary>
    private static async Task<string?> ReadConnectAsync(PipeReader input, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellation);
            if (EndOfHead(read.Buffer) is { } end)
            {
                var words = Encoding.ASCII.GetString(read.Buffer.Slice(0, end)).Split(' ');
                input.AdvanceTo(end);
                return words is ["CONNECT", var target, ..] ? target : null;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return null;
            }
        }
    }

    private static SequencePosition? EndOfHead(ReadOnlySequence<byte> bytes)
    {
        var reader = new SequenceReader<byte>(bytes);
        return reader.TryReadTo(out ReadOnlySequence<byte> _, "\r\n\r\n"u8) ? reader.Position : null;
    }

    private sealed record Decrypted(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Tls : ITlsConnectionFeature
    {
        public X509Certificate2? ClientCertificate { get; set; }

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult(ClientCertificate);
    }

    private sealed class Alpn(ReadOnlyMemory<byte> protocol) : ITlsApplicationProtocolFeature
    {
        public ReadOnlyMemory<byte> ApplicationProtocol => protocol;
    }
}
