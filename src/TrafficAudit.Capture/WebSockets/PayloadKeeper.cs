using System.Buffers;
using System.Security.Cryptography;

namespace TrafficAudit.Capture.WebSockets;

/// <summary>Keeps the payload of one message after the other: up to the limits its bytes, beyond only their number and digest.</summary>
internal sealed class PayloadKeeper(int messageBytes, KeptBytes connection) : IDisposable
{
    private byte[]? _kept;
    private int _keptLength;
    private IncrementalHash? _hash;

    /// <summary>Bytes of the message so far.</summary>
    public long Length { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        if (_hash is null)
        {
            var kept = connection.Take(Math.Min(bytes.Length, messageBytes - _keptLength));
            Keep(bytes[..kept]);
            if (kept == bytes.Length)
            {
                return;
            }

            _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            _hash.AppendData(_kept.AsSpan(0, _keptLength));
            bytes = bytes[kept..];
        }

        _hash.AppendData(bytes);
    }

    /// <summary>What was kept, and the digest where that is not all; the next message begins.</summary>
    public (byte[] Payload, string? Sha256) Take()
    {
        var payload = _kept.AsSpan(0, _keptLength).ToArray();
        var digest = _hash is null ? null : Convert.ToHexStringLower(_hash.GetHashAndReset());
        Dispose();
        Length = 0;
        return (payload, digest);
    }

    public void Dispose()
    {
        if (_kept is not null)
        {
            ArrayPool<byte>.Shared.Return(_kept);
            _kept = null;
        }

        _keptLength = 0;
        _hash?.Dispose();
        _hash = null;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var needed = _keptLength + bytes.Length;
        if (needed > (_kept?.Length ?? 0))
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 2 * _keptLength));
            _kept.AsSpan(0, _keptLength).CopyTo(larger);
            if (_kept is not null)
            {
                ArrayPool<byte>.Shared.Return(_kept);
            }

            _kept = larger;
        }

        bytes.CopyTo(_kept.AsSpan(_keptLength));
        _keptLength = needed;
    }
}
