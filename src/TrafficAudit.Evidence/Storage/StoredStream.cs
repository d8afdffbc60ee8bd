using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Storage;

/// <summary>A <see cref="StoredFile"/> from its start to its end.</summary>
internal sealed class StoredStream(StoredFile file) : ReadOnlyStream
{
    private long _position;

    public override long Length => file.Length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = file.Read(buffer, _position);
        _position += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        file.Dispose();
        base.Dispose(disposing);
    }
}
