using TrafficAudit.Evidence.Storage;

namespace TrafficAudit.Evidence.Warc;

/// <summary>
/// The end of a segment's file. Bytes gather in one buffer, so that small records cost no system call each; what is still in the buffer
/// can be taken back without touching a disk that is full.
/// </summary>
internal sealed class SegmentFile(StoredFile file, long length) : Stream
{
    private readonly List<int> _ends = [];
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
            file.Write(buffer, _written);
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
            file.Write(bytes, position);
        }
        else
        {
            bytes.CopyTo(_buffer.AsSpan((int)(position - _written)));
        }
    }

    /// <summary>Told at the end of each record: behind a flow or a journal record the file can be cut, whatever form it has on the disk.</summary>
    /// <param name="type">The record's type.</param>
    public void EndRecord(string type)
    {
        // A recovery may cut there, and a seal end.
        if (file.IsInPieces && type is not ("request" or "response"))
        {
            _ends.Add(_waiting);
        }
    }

    /// <summary>Brings everything to the disk.</summary>
    public void Commit()
    {
        WriteOut();
        file.FlushToDisk();
    }

    /// <summary>Cuts everything from <paramref name="length"/> on off.</summary>
    public void CutTo(long length)
    {
        _waiting = 0;
        _ends.Clear();
        _written = length;
        file.CutTo(length);
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
        var start = 0;
        _ends.Add(_waiting);
        foreach (var end in _ends)
        {
            file.Write(_buffer.AsSpan(start, end - start), _written + start);
            start = end;
        }

        _written += _waiting;
        _waiting = 0;
        _ends.Clear();
    }
}
