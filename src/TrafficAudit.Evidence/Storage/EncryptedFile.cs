using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace TrafficAudit.Evidence.Storage;

/// <summary>
/// A file that lies encrypted on the disk: <see cref="FrameHeader"/>, then <see cref="Frame"/> after frame. Nothing is rewritten once it is committed. What does not
/// open reads as zeros, which no record's digests fit: readers find damage where it is, and go on behind it.
/// </summary>
internal sealed class EncryptedFile : StoredFile
{
    private readonly SafeFileHandle _file;
    private readonly FrameIndex? _index;
    private readonly AesGcm? _aes;
    private readonly byte[] _content = new byte[Frame.Longest];
    private readonly byte[] _frame = new byte[Frame.Longest + Frame.Overhead];
    private Frame? _loaded;
    private bool _isDamaged;

    public EncryptedFile(SafeFileHandle file, string path, CaseKey key)
    {
        _file = file;
        Span<byte> header = stackalloc byte[FrameHeader.Length];
        if (FrameHeader.Parse(header[..RandomAccess.Read(file, header, 0)]) is { } parsed)
        {
            _index = key.IndexOf(path, parsed);
            _aes = key.CipherOf(parsed);
        }
    }

    /// <summary>Null when the file begins with none; all of it is torn then.</summary>
    public FrameHeader? Header => _index?.Header;

    public override long Length
    {
        get
        {
            _index?.Update(_file, Load);
            return _index?.Length ?? 0;
        }
    }

    public override long TornBytes
    {
        get
        {
            _index?.Update(_file, Load);
            return Math.Max(0, RandomAccess.GetLength(_file) - (_index?.StoredLength ?? 0));
        }
    }

    public override bool IsInPieces => true;

    public override int Read(Span<byte> buffer, long position)
    {
        var rest = buffer;
        var at = position;
        while (rest.Length > 0 && At(at) is { } frame)
        {
            int count;
            if (at < frame.Position)
            {
                count = (int)Math.Min(rest.Length, frame.Position - at);
                rest[..count].Clear();
            }
            else
            {
                Load(frame);
                count = (int)Math.Min(rest.Length, frame.End - at);
                _content.AsSpan((int)(at - frame.Position), count).CopyTo(rest);
            }

            rest = rest[count..];
            at += count;
        }

        return buffer.Length - rest.Length;
    }

    public override void Write(ReadOnlySpan<byte> bytes, long position)
    {
        var index = Known();
        var isAppended = position >= index.Length;
        for (int count; bytes.Length > 0; bytes = bytes[count..], position += count)
        {
            count = isAppended ? Append(index, bytes, position) : Overwrite(bytes, position);
        }
    }

    public override void CutTo(long length)
    {
        if (_index is null)
        {
            RandomAccess.SetLength(_file, 0);
            return;
        }

        _index.Update(_file, Load);
        if (length != 0 && _index.LengthOf(_index.StoredLengthOf(length)) != length)
        {
            throw new InvalidOperationException("An encrypted file is cut where a frame ends");
        }

        RandomAccess.SetLength(_file, _index.StoredLengthOf(length));
        _index.CutTo(length);
        _loaded = null;
    }

    public override void FlushToDisk() => RandomAccess.FlushToDisk(_file);

    public override long StoredLengthOf(long length)
    {
        _index?.Update(_file, Load);
        return _index?.StoredLengthOf(length) ?? 0;
    }

    public override long LengthOf(long stored)
    {
        _index?.Update(_file, Load);
        return _index?.LengthOf(stored) ?? 0;
    }

    public override void Dispose()
    {
        _aes?.Dispose();
        _file.Dispose();
        CryptographicOperations.ZeroMemory(_content);
    }

    private FrameIndex Known() => _index ?? throw new IOException("An encrypted file of the case does not begin as one; restore it from a copy");

    private Frame? At(long position)
    {
        if (_index is null)
        {
            return null;
        }

        if (position >= _index.Length)
        {
            _index.Update(_file, Load);
        }

        return _index.At(position);
    }

    private int Append(FrameIndex index, ReadOnlySpan<byte> bytes, long position)
    {
        var frame = new Frame(position, index.StoredLength, Math.Min(bytes.Length, Frame.Longest));
        frame.Seal(_aes!, bytes[..frame.Length], _frame);
        RandomAccess.Write(_file, _frame.AsSpan(0, frame.Length + Frame.Overhead), frame.Stored);
        index.Add(frame);
        return frame.Length;
    }

    /// <summary>Only of what was not committed yet: a frame that is torn here would be lost.</summary>
    private int Overwrite(ReadOnlySpan<byte> bytes, long position)
    {
        if (At(position) is not { } frame || frame.Position > position || !Load(frame))
        {
            throw new IOException("What was written to an encrypted file can't be read back");
        }

        var count = (int)Math.Min(bytes.Length, frame.End - position);
        bytes[..count].CopyTo(_content.AsSpan((int)(position - frame.Position)));
        frame.Seal(_aes!, _content.AsSpan(0, frame.Length), _frame);
        RandomAccess.Write(_file, _frame.AsSpan(0, frame.Length + Frame.Overhead), frame.Stored);
        return count;
    }

    /// <summary>Brings a frame's bytes into memory; false, with zeros, when it does not open.</summary>
    private bool Load(Frame frame)
    {
        if (_loaded == frame)
        {
            return !_isDamaged;
        }

        var read = RandomAccess.Read(_file, _frame.AsSpan(0, frame.Length + Frame.Overhead), frame.Stored);
        _isDamaged = !frame.TryOpen(_aes!, _frame.AsSpan(0, read), _content);
        if (_isDamaged)
        {
            _content.AsSpan(0, frame.Length).Clear();
        }

        _loaded = frame;
        return !_isDamaged;
    }
}
