using System.IO.Pipelines;
using TrafficAudit.Capture.Connections;
using TrafficAudit.Capture.Handshakes;

namespace TrafficAudit.Capture.Tests.Handshakes;

public sealed class HandshakeStreamTests
{
    private static readonly byte[] Alert = [21, 3, 3, 0, 2, 2, 48];

    // As Kestrel's sockets have it when they prefer inline scheduling.
    private readonly Pipe _fromClient = new(new PipeOptions(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
    private readonly Pipe _toClient = new();
    private readonly HandshakeStream _stream;

    public HandshakeStreamTests() => _stream = new HandshakeStream(new DuplexPipe(_fromClient.Reader, _toClient.Writer));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The alert was lost, so that a refusal looked like a client that goes away.</summary>
    [Fact]
    public async Task WhatCameBeforeAReset_IsRead()
    {
        var buffer = new byte[100];
        await _fromClient.Writer.WriteAsync("hello"u8.ToArray(), Cancellation);
        Assert.Equal(5, await _stream.ReadAsync(buffer, Cancellation));

        await _fromClient.Writer.WriteAsync(Alert, Cancellation);
        await _fromClient.Writer.CompleteAsync(new IOException("reset"));

        Assert.Equal(Alert.Length, await _stream.ReadAsync(buffer, Cancellation));
        Assert.Equal(Alert, buffer[..Alert.Length]);
        await Assert.ThrowsAsync<IOException>(async () => _ = await _stream.ReadAsync(buffer, Cancellation));
    }

    [Fact]
    public async Task WriteToAClientThatIsGone_DoesNotHideWhatItSaid()
    {
        await _toClient.Reader.CompleteAsync();
        await _stream.WriteAsync("flight"u8.ToArray(), Cancellation);

        _stream.EndHandshake();

        await Assert.ThrowsAsync<IOException>(async () => await _stream.WriteAsync("answer"u8.ToArray(), Cancellation));
    }

    [Fact]
    public async Task EveryByte_PassesInOrderOverTheEndOfTheHandshake()
    {
        var read = new List<byte>();
        for (byte i = 0; i < 200; i++)
        {
            await _fromClient.Writer.WriteAsync(new[] { i, i, i }, Cancellation);
            if (i == 100)
            {
                _stream.EndHandshake();
            }

            var buffer = new byte[2];
            Assert.Equal(0, await _stream.ReadAsync(Memory<byte>.Empty, Cancellation));
            read.AddRange(buffer[..await _stream.ReadAsync(buffer, Cancellation)]);
        }

        await _fromClient.Writer.CompleteAsync();
        var rest = new MemoryStream();
        await _stream.CopyToAsync(rest, Cancellation);

        Assert.Equal([.. Enumerable.Range(0, 200).SelectMany(i => Enumerable.Repeat((byte)i, 3))], [.. read, .. rest.ToArray()]);
    }
}
