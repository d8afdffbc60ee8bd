using Microsoft.Win32.SafeHandles;

namespace TrafficAudit.Evidence.Storage;

/// <summary>Finds heads of frames in a file, without opening the frames.</summary>
internal sealed class FrameScan(SafeFileHandle file, long length)
{
    /// <summary>So often in a row something may look like a frame and be none, until no more are looked for.</summary>
    private const int FruitlessStarts = 1000;

    private readonly byte[] _buffer = new byte[4096];
    private long _start;
    private int _count;

    /// <summary>The frame at a place of the disk's file; null when there is no whole one.</summary>
    public Frame? At(long stored)
    {
        if (stored < _start || stored + Frame.HeadLength > _start + _count)
        {
            Fill(stored);
        }

        return stored - _start < _count && Frame.Parse(_buffer.AsSpan((int)(stored - _start), _count - (int)(stored - _start)), stored) is { } frame && frame.StoredEnd <= length
            ? frame
            : null;
    }

    /// <summary>The first frame from <paramref name="stored"/> on that is accepted.</summary>
    public Frame? Next(long stored, Predicate<Frame> accept)
    {
        var fruitless = 0;
        while (stored <= length - Frame.Overhead && fruitless < FruitlessStarts)
        {
            Fill(stored);
            var at = _buffer.AsSpan(0, _count).IndexOf(Frame.Marker);
            if (at < 0)
            {
                stored += Math.Max(1, _count - Frame.Marker.Length + 1);
            }
            else if (At(stored + at) is not { } frame)
            {
                stored += at + 1;
            }
            else if (accept(frame))
            {
                return frame;
            }
            else
            {
                fruitless++;
                stored += at + 1;
            }
        }

        return null;
    }

    private void Fill(long stored)
    {
        _start = stored;
        _count = RandomAccess.Read(file, _buffer, stored);
    }
}
