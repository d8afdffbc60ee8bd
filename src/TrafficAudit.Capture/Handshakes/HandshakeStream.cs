using System.Buffers;
using System.IO.Pipelines;
using TrafficAudit.Capture.Connections;
using TrafficAudit.Capture.Recording;

namespace TrafficAudit.Capture.Handshakes;

/// <summary>
/// A client's connection under its TLS. While the handshake lasts, the last that the client says is heard even when the connection breaks right behind it:
/// OpenSSL sends its alert as soon as it has seen a certificate that it refuses, and closes with the rest of our flight unread, which
/// is a reset. Kestrel's pipe forgets what it holds when it breaks, so each piece is taken as it comes; and a write that fails is no failure, since
/// the alert is still to be read.
/// </summary>
internal sealed class HandshakeStream(IDuplexPipe transport) : ForwardOnlyStream
{
    private readonly DuplexStream _direct = new(transport);
    private Task<Taken>? _coming;
    private ReadOnlyMemory<byte> _taken;
    private bool _isOver;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    /// <summary>From here on the stream is the connection as it is.</summary>
    public void EndHandshake() => _isOver = true;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _isOver && _coming is null && _taken.IsEmpty ? _direct.ReadAsync(buffer, cancellationToken) : ReadTakenAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _isOver ? _direct.WriteAsync(buffer, cancellationToken) : WriteInHandshakeAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => _direct.FlushAsync(cancellationToken);

    private async ValueTask WriteInHandshakeAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            await _direct.WriteAsync(buffer, cancellation);
        }
        catch (IOException)
        {
            // The client is gone; why, is for the next read to tell.
            return;
        }
    }

    private async ValueTask<int> ReadTakenAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        if (_taken.IsEmpty)
        {
            var (bytes, fault) = await (_coming ??= TakeAsync()).WaitAsync(cancellation);
            _coming = bytes.IsEmpty || _isOver ? null : TakeAsync();
            _taken = fault is null ? bytes : throw new IOException(fault.Message, fault);
        }

        var length = Math.Min(buffer.Length, _taken.Length);
        _taken[..length].CopyTo(buffer);
        _taken = _taken[length..];
        return length;
    }

    private async Task<Taken> TakeAsync()
    {
        try
        {
            var read = await transport.Input.ReadAsync();
            var bytes = read.Buffer.ToArray();
            transport.Input.AdvanceTo(read.Buffer.End);
            return new Taken(bytes, null);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return new Taken(default, e);
        }
    }

    private readonly record struct Taken(ReadOnlyMemory<byte> Bytes, Exception? Fault);
}
