using System.Net.Security;
using TrafficAudit.Capture.Recording;

namespace TrafficAudit.Capture.Connections;

/// <summary>A client's decrypted side, which notices whether the client ever sent a byte of application data, and how reading ended.</summary>
internal sealed class DecryptedStream(SslStream ssl, Action onFirstByte) : ForwardOnlyStream
{
    public override bool CanRead => true;

    public override bool CanWrite => true;

    /// <summary>Whether a byte of application data came.</summary>
    public bool HasRead { get; private set; }

    /// <summary>What ended the reading; null when the client closed in order, or has not.</summary>
    public IOException? Fault { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await ssl.ReadAsync(buffer, cancellationToken);
            if (read > 0 && !HasRead)
            {
                HasRead = true;
                onFirstByte();
            }

            return read;
        }
        catch (IOException e)
        {
            Fault = e;
            throw;
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        ssl.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => ssl.FlushAsync(cancellationToken);
}
