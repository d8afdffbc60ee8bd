using Microsoft.Win32.SafeHandles;

namespace TrafficAudit.Evidence.Storage;

/// <summary>
/// Where the frames of an encrypted file lie, 20 bytes each, in ascending order of position. It grows as the file does, and is shared by all who have the file open.
/// Behind bytes that are no frame it goes on with the next that opens, whatever its head says; what is missing between them is a gap.
/// </summary>
internal sealed class FrameIndex(FrameHeader header)
{
    /// <summary>So many frames take 160 MB; a file that claims more is none of ours.</summary>
    private const int Most = 8 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly List<Frame> _frames = [];

    public FrameHeader Header => header;

    /// <summary>Where the last whole frame's bytes end; 0 when there is none.</summary>
    public long Length
    {
        get
        {
            lock (_gate)
            {
                return _frames.Count == 0 ? 0 : End;
            }
        }
    }

    /// <summary>Where the last whole frame ends on the disk.</summary>
    public long StoredLength
    {
        get
        {
            lock (_gate)
            {
                return StoredEnd;
            }
        }
    }

    private long End => _frames is [.., var last] ? last.End : header.Start;

    private long StoredEnd => _frames is [.., var last] ? last.StoredEnd : FrameHeader.Length;

    /// <summary>Takes in what was appended since.</summary>
    /// <param name="file">The file.</param>
    /// <param name="opens">Whether a frame opens: asked where they don't follow one another.</param>
    /// <exception cref="IOException">The file can't be read.</exception>
    public void Update(SafeFileHandle file, Predicate<Frame> opens)
    {
        lock (_gate)
        {
            var length = RandomAccess.GetLength(file);
            if (length < StoredEnd)
            {
                _frames.RemoveAll(f => f.StoredEnd > length);
            }

            var scan = new FrameScan(file, length);
            while (_frames.Count < Most && StoredEnd < length)
            {
                if (scan.At(StoredEnd) is { } frame && frame.Position == End)
                {
                    _frames.Add(frame);
                }
                else if (!TryGoOn(scan, opens))
                {
                    break;
                }
            }
        }
    }

    /// <summary>Takes in a frame that was written behind the last one.</summary>
    public void Add(Frame frame)
    {
        lock (_gate)
        {
            // Another may have found it on the disk already.
            if (frame.Stored == StoredEnd)
            {
                _frames.Add(frame);
            }
        }
    }

    /// <summary>Forgets the frames from <paramref name="length"/> on.</summary>
    public void CutTo(long length)
    {
        lock (_gate)
        {
            _frames.RemoveAll(f => f.End > length);
        }
    }

    /// <summary>The frame that holds the byte at <paramref name="position"/>, or else the first behind it; null when there is none.</summary>
    public Frame? At(long position)
    {
        lock (_gate)
        {
            return FirstEndingBehind(position) is var at && at < _frames.Count ? _frames[at] : null;
        }
    }

    /// <summary>Where the frame that holds the last of the first <paramref name="length"/> bytes ends on the disk.</summary>
    public long StoredLengthOf(long length)
    {
        lock (_gate)
        {
            var at = FirstEndingBehind(length - 1);
            return length <= 0 || _frames.Count == 0 ? FrameHeader.Length : _frames[Math.Min(at, _frames.Count - 1)].StoredEnd;
        }
    }

    /// <summary>How many bytes the frames have that end within the first <paramref name="stored"/> of the disk's file.</summary>
    public long LengthOf(long stored)
    {
        lock (_gate)
        {
            var (low, high) = (0, _frames.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = _frames[middle].StoredEnd <= stored ? (middle + 1, high) : (low, middle);
            }

            return low == 0 ? 0 : _frames[low - 1].End;
        }
    }

    private int FirstEndingBehind(long position)
    {
        var (low, high) = (0, _frames.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _frames[middle].End <= position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>
    /// What lies at the end is no frame, or not the next one: either it is damaged, or the length of the one before it is. Looks from the beginning of that one.
    /// </summary>
    private bool TryGoOn(FrameScan scan, Predicate<Frame> opens)
    {
        var (position, stored) = _frames is [.., var last] ? (last.Position + 1, last.Stored + 1) : (header.Start, FrameHeader.Length);
        if (scan.Next(stored, f => f.Position >= position && opens(f)) is not { } next)
        {
            return false;
        }

        if (next.Position < End)
        {
            _frames.RemoveAt(_frames.Count - 1);
        }

        _frames.Add(next);
        return true;
    }
}
