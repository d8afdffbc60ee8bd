namespace TrafficAudit.Evidence.Tests.Har;

/// <summary>A file that is made while it is read: a beginning, one part so many times, an end.</summary>
internal sealed class RepeatingStream(byte[] beginning, byte[] part, int times, byte[] end) : Stream
{
    private int _index = -1;
    private int _offset;

    /// <summary>Bytes given so far.</summary>
    public long Given { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private byte[] Piece => _index < 0 ? beginning : _index < times ? part : end;

    public override int Read(byte[] buffer, int _offset, int count) => Read(buffer.AsSpan(_offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (_index <= times)
        {
            var rest = Piece.AsSpan(_offset);
            if (rest.Length > 0)
            {
                var count = Math.Min(rest.Length, buffer.Length);
                rest[..count].CopyTo(buffer);
                _offset += count;
                Given += count;
                return count;
            }

            _index++;
            _offset = 0;
        }

        return 0;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long _offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int _offset, int count) => throw new NotSupportedException();
}
