using System.IO.Compression;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.WebSockets;

/// <summary>
/// Undoes permessage-deflate (RFC 7692) for one direction, piece by piece as it comes. One inflater goes on from message to message, which is right
/// with context takeover and without it: a sender that starts anew refers to nothing before. It has the largest window, which reads all smaller ones.
/// </summary>
internal sealed class MessageInflater : IDisposable
{
    /// <summary>
    /// A direction may inflate to this much, and beyond it to <see cref="Ratio"/> bytes for each compressed one. DEFLATE can say a thousand bytes with one,
    /// and inflating them costs the proxy a second a gigabyte.
    /// </summary>
    private const long FreeBytes = 64 * 1024 * 1024;

    private const int Ratio = 200;

    private readonly Source _source = new();
    private readonly byte[] _output = new byte[16 * 1024];
    private DeflateStream? _inflate;
    private long _compressed;
    private long _inflated;

    /// <summary>What the sender takes off the end of each message (RFC 7692, section 7.2.1).</summary>
    private static ReadOnlySpan<byte> Tail => [0x00, 0x00, 0xFF, 0xFF];

    /// <summary>Inflates the next piece of a message; false when it is no DEFLATE, or a bomb.</summary>
    public bool TryInflate(ReadOnlySpan<byte> piece, PayloadKeeper into) => TryInflate(piece, into, isTail: false);

    /// <summary>Ends a message; false as for <see cref="TryInflate(ReadOnlySpan{byte}, PayloadKeeper)"/>.</summary>
    public bool TryEnd(PayloadKeeper into) => TryInflate(Tail, into, isTail: true);

    public void Dispose()
    {
        _inflate?.Dispose();
        _inflate = null;
    }

    private bool TryInflate(ReadOnlySpan<byte> piece, PayloadKeeper into, bool isTail)
    {
        _compressed += piece.Length;
        _source.Set(piece);
        try
        {
            while (true)
            {
                _inflate ??= new DeflateStream(_source, CompressionMode.Decompress, leaveOpen: true);
                var read = _inflate.Read(_output);
                if (read > 0)
                {
                    _inflated += read;
                    if (_inflated > FreeBytes && _inflated > Ratio * _compressed)
                    {
                        return false;
                    }

                    into.Append(_output.AsSpan(0, read));
                }
                else if (_source.IsEmpty)
                {
                    return true;
                }
                else
                {
                    // A block marked as the last one (RFC 7692, section 7.2.3.4) ended this inflater; what follows is for a new one. Of a message
                    // that ends so, the tail belongs to an empty block that went with the end.
                    Dispose();
                    if (isTail)
                    {
                        return true;
                    }
                }
            }
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Gives the inflater what there is; that there is no more at the moment does not end it.</summary>
    private sealed class Source : ReadOnlyStream
    {
        private byte[] _bytes = new byte[4096];
        private int _start;
        private int _end;

        public bool IsEmpty => _start == _end;

        public void Set(ReadOnlySpan<byte> bytes)
        {
            if (_bytes.Length < bytes.Length)
            {
                _bytes = new byte[bytes.Length];
            }

            bytes.CopyTo(_bytes);
            (_start, _end) = (0, bytes.Length);
        }

        public override int Read(Span<byte> buffer)
        {
            var read = Math.Min(buffer.Length, _end - _start);
            _bytes.AsSpan(_start, read).CopyTo(buffer);
            _start += read;
            return read;
        }
    }
}
