using Microsoft.AspNetCore.Http.Features;
using TrafficAudit.Capture.Recording;

namespace TrafficAudit.Capture.WebSockets;

/// <summary>
/// The client's side of an upgrade (RFC 9110, section 7.8; over HTTP/2 an extended CONNECT, RFC 8441) as the forwarder asks for it, when the server has
/// agreed: what is read from the client and written to it is copied to a recorder.
/// </summary>
/// <param name="upgrade">Kestrel's, for HTTP/1.1.</param>
/// <param name="connect">Kestrel's, for HTTP/2.</param>
/// <param name="begin">Begins the recording.</param>
internal sealed class TappedUpgrade(IHttpUpgradeFeature? upgrade, IHttpExtendedConnectFeature? connect, Func<ValueTask<IUpgradeRecorder>> begin)
    : IHttpUpgradeFeature, IHttpExtendedConnectFeature
{
    public bool IsUpgradableRequest => upgrade?.IsUpgradableRequest ?? false;

    public bool IsExtendedConnect => connect?.IsExtendedConnect ?? false;

    public string? Protocol => connect?.Protocol;

    public async Task<Stream> UpgradeAsync()
    {
        var recorder = await begin();
        return new TappedStream(await upgrade!.UpgradeAsync(), recorder);
    }

    public async ValueTask<Stream> AcceptAsync()
    {
        var recorder = await begin();
        return new TappedStream(await connect!.AcceptAsync(), recorder);
    }

    private sealed class TappedStream(Stream client, IUpgradeRecorder recorder) : ForwardOnlyStream
    {
        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await client.ReadAsync(buffer, cancellationToken);
            if (read > 0)
            {
                await recorder.SentAsync(buffer[..read]);
            }

            return read;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!buffer.IsEmpty)
            {
                await recorder.ReceivedAsync(buffer);
            }

            await client.WriteAsync(buffer, cancellationToken);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => client.FlushAsync(cancellationToken);

        public override ValueTask DisposeAsync() => client.DisposeAsync();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                client.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
