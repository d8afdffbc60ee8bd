using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Updates;

/// <summary>Reads no more than so many bytes of another stream: what is longer was made to fill the disk.</summary>
internal sealed class LimitedStream(Stream inner, long limit, bool leaveOpen = false) : ReadOnlyStream
{
    private long _read;

    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <exception cref="GeoUpdateException">The limit is passed.</exception>
    private int Count(int read)
    {
        _read += read;
        return _read <= limit ? read : throw new GeoUpdateException($"the file is larger than {limit / 1024 / 1024} MiB: it can't be one of the databases meant; nothing was replaced");
    }
}
