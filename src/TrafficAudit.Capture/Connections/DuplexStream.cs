using System.IO.Pipelines;
using TrafficAudit.Capture.Recording;

namespace TrafficAudit.Capture.Connections;

/// <summary>A connection's two pipes as the one stream that <see cref="System.Net.Security.SslStream"/> wants.</summary>
internal sealed class DuplexStream(IDuplexPipe transport) : ForwardOnlyStream
{
    private readonly Stream _input = transport.Input.AsStream(leaveOpen: true);
    private readonly Stream _output = transport.Output.AsStream(leaveOpen: true);

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _input.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _output.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => _output.FlushAsync(cancellationToken);
}
