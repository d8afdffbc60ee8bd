using TrafficAudit.Evidence.Storage;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Warc;

/// <summary>
/// A large body that stays where it is, in its record's block, and is inflated each time it is read: reading a case needs neither large
/// memory nor a copy on disk.
/// </summary>
internal sealed class SegmentBody(CaseFile file, long offset, long start, long length) : Body
{
    public override long Length => length;

    /// <exception cref="IOException">The segment can't be read, or no longer holds the record.</exception>
    public override Stream OpenRead() => new BlockStream(file, offset, start, length);

    public override ReadOnlyMemory<byte> ToMemory()
    {
        using var block = OpenRead();
        var bytes = new byte[length];
        block.ReadExactly(bytes);
        return bytes;
    }

    private sealed class BlockStream : ReadOnlyStream
    {
        private readonly SegmentReader _reader;
        private readonly IEnumerator<WarcRecord> _records;
        private readonly long _length;
        private long _left;

        public BlockStream(CaseFile file, long offset, long start, long length)
        {
            _reader = new SegmentReader(file);
            _records = _reader.Read(offset).GetEnumerator();
            _left = start;
            if (!_records.MoveNext() || _records.Current.ContentLength < start + length)
            {
                Dispose();
                throw new IOException("The record that holds the body can't be read");
            }

            CopyTo(Null);
            _length = length;
            _left = length;
        }

        public override long Length => _length;

        public override long Position
        {
            get => _length - _left;
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            try
            {
                var read = _records.Current.Block.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
                _left -= read;
                return read;
            }
            catch (InvalidDataException e)
            {
                throw new IOException("The record that holds the body is damaged", e);
            }
        }

        protected override void Dispose(bool disposing)
        {
            _records.Dispose();
            _reader.Dispose();
            base.Dispose(disposing);
        }
    }
}
