using System.Buffers;
using System.Security.Cryptography;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Recording;

/// <summary>
/// Keeps a copy of one body while it passes: in memory, then in an encrypted spool file, then only its length and digest. Used by the one
/// thread that forwards that direction; not thread-safe.
/// </summary>
internal sealed class BodyRecorder(CaptureLimits limits, string spoolFolder) : IDisposable
{
    private byte[]? _memory;
    private int _memoryLength;
    private SpoolFile? _file;
    private IncrementalHash? _hash;
    private long _captured;

    /// <summary>Bytes that passed.</summary>
    public long Length { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        Length += bytes.Length;
        if (_file is null && _hash is null)
        {
            if (_memoryLength + bytes.Length <= limits.MemoryBytes)
            {
                AppendToMemory(bytes);
                return;
            }

            Spill();
        }

        _hash!.AppendData(bytes);
        var kept = (int)Math.Min(bytes.Length, limits.BodyBytes - _captured);
        if (kept > 0)
        {
            _file!.Write(bytes[..kept]);
            _captured += kept;
        }
    }

    /// <summary>Ends the recording and gives what was kept; the caller owns the body.</summary>
    /// <param name="head">Where the message's head came from.</param>
    /// <param name="complete">False when the message broke off.</param>
    public (Body Body, MessageFacts Facts) Finish(HeadForm head, bool complete)
    {
        var facts = new MessageFacts
        {
            Head = head,
            BodyLength = Length,
            BodyCaptured = _file is null ? Length : _captured,
            BodySha256 = Digest(),
            Complete = complete,
        };
        return (TakeBody(), facts);
    }

    public void Dispose()
    {
        if (_memory is not null)
        {
            ArrayPool<byte>.Shared.Return(_memory);
            _memory = null;
        }

        _file?.Dispose();
        _file = null;
        _hash?.Dispose();
        _hash = null;
    }

    private void AppendToMemory(ReadOnlySpan<byte> bytes)
    {
        var needed = _memoryLength + bytes.Length;
        if (_memory is null || _memory.Length < needed)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 2 * _memoryLength));
            _memory.AsSpan(0, _memoryLength).CopyTo(larger);
            if (_memory is not null)
            {
                ArrayPool<byte>.Shared.Return(_memory);
            }

            _memory = larger;
        }

        bytes.CopyTo(_memory.AsSpan(_memoryLength));
        _memoryLength = needed;
    }

    private void Spill()
    {
        _file = new SpoolFile(Path.Combine(spoolFolder, $"{Guid.NewGuid():N}.body"));
        _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (_memory is null)
        {
            return;
        }

        _file.Write(_memory.AsSpan(0, _memoryLength));
        _hash.AppendData(_memory, 0, _memoryLength);
        _captured = _memoryLength;
        ArrayPool<byte>.Shared.Return(_memory);
        _memory = null;
        _memoryLength = 0;
    }

    private string Digest()
    {
        if (Length == 0)
        {
            return Body.EmptySha256;
        }

        return Convert.ToHexStringLower(_hash is null ? SHA256.HashData(_memory.AsSpan(0, _memoryLength)) : _hash.GetHashAndReset());
    }

    private Body TakeBody()
    {
        if (_file is not null)
        {
            using var file = _file;
            _file = null;
            return file.Complete();
        }

        return _memoryLength == 0 ? Body.Empty : new MemoryBody(_memory.AsSpan(0, _memoryLength).ToArray());
    }
}
