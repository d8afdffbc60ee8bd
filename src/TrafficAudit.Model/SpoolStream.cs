namespace TrafficAudit.Model;

/// <summary>The bytes of a spool file.</summary>
internal sealed class SpoolStream(FileStream file, SpoolCipher cipher) : ReadOnlyStream
{
    private readonly byte[] _stored = new byte[SpoolCipher.StoredLength];
    private readonly byte[] _content = new byte[SpoolCipher.ChunkLength];
    private long _loaded = -1;
    private int _count;

    public override bool CanSeek => true;

    /// <summary>How many bytes the file holds now.</summary>
    public override long Length => SpoolCipher.LengthOf(file.Length);

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0 || Position >= Length)
        {
            return 0;
        }

        var (number, start) = (Position / SpoolCipher.ChunkLength, (int)(Position % SpoolCipher.ChunkLength));
        Load(number);
        var count = Math.Min(buffer.Length, _count - start);
        _content.AsSpan(start, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
        // Nothing is written.
    }

    protected override void Dispose(bool disposing)
    {
        file.Dispose();
        base.Dispose(disposing);
    }

    private void Load(long number)
    {
        if (_loaded != number)
        {
            var read = RandomAccess.Read(file.SafeFileHandle, _stored, number * SpoolCipher.StoredLength);
            _loaded = -1;
            _count = cipher.Open(number, _stored.AsSpan(0, read), _content).Length;
            _loaded = number;
        }
    }
}
