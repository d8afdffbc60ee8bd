using Microsoft.Win32.SafeHandles;

namespace TrafficAudit.Evidence.Warc;

/// <summary>
/// The end of a segment's file. Bytes gather in one buffer, so that small records cost no system call each; what is still in the buffer
/// can be taken back without touching a disk that is full.
/// </summary>
internal sealed class SegmentFile(SafeFileHandle file, long length) : Stream
{
    private readonly byte[] _buffer = new byte[1024 * 1024];
    private long _written = length;
    private int _waiting;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Position;

    /// <summary>Where the next byte goes.</summary>
    public override long Position
    {
        get => _written + _waiting;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > _buffer.Length - _waiting)
        {
            WriteOut();
        }

        if (buffer.Length > _buffer.Length)
        {
            RandomAccess.Write(file, buffer, _written);
            _written += buffer.Length;
            return;
        }

        buffer.CopyTo(_buffer.AsSpan(_waiting));
        _waiting += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Changes bytes that were written before.</summary>
    public void Patch(long position, ReadOnlySpan<byte> bytes)
    {
        if (position < _written)
        {
            WriteOut();
            RandomAccess.Write(file, bytes, position);
        }
        else
        {
            bytes.CopyTo(_buffer.AsSpan((int)(position - _written)));
        }
    }

    /// <summary>Brings everything to the disk.</summary>
    public void Commit()
    {
        WriteOut();
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Cuts everything from <paramref name="length"/> on off.</summary>
    public void CutTo(long length)
    {
        _waiting = 0;
        _written = length;
        RandomAccess.SetLength(file, length);
    }

    public override void Flush()
    {
        // A record's compressor flushes when it ends; the bytes go out with the batch.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        // What was not committed is nobody's; it is dropped with the buffer.
        file.Dispose();
        base.Dispose(disposing);
    }

    private void WriteOut()
    {
        RandomAccess.Write(file, _buffer.AsSpan(0, _waiting), _written);
        _written += _waiting;
        _waiting = 0;
    }
}
