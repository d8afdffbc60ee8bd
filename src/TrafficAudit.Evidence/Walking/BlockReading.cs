using System.Buffers;
using System.Security.Cryptography;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Walking;

/// <summary>
/// Reads a record's block once and keeps of it what judging needs: its digests, and its beginning. Used again for each record.
/// </summary>
internal sealed class BlockReading : IDisposable
{
    /// <summary>No head is longer that the proxy lets through; what a longer one's payload is, is not judged.</summary>
    private const int LongestStart = 256 * 1024;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly ArrayBufferWriter<byte> _start = new(8 * 1024);
    private readonly IncrementalHash _plain = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _salted = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _payload = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _headLength;

    /// <summary>SHA-256 of the block, as it stands in a header line.</summary>
    public string BlockDigest { get; private set; } = "";

    /// <summary>SHA-256 of salt and block.</summary>
    public string ContentDigest { get; private set; } = "";

    /// <summary>SHA-256 of what follows an HTTP message's head; null when there is no head that ends beyond doubt.</summary>
    public string? PayloadDigest { get; private set; }

    /// <summary>An HTTP message's head, or the whole block of a journal record or of an erased one; else empty.</summary>
    public ReadOnlySpan<byte> Start => _headLength > 0 ? _start.WrittenSpan[.._headLength] : _start.WrittenSpan;

    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public void Read(WarcRecord record, ReadOnlySpan<byte> salt)
    {
        _start.ResetWrittenCount();
        _headLength = 0;
        _salted.AppendData(salt);
        var isErased = record[WarcHeaders.Erased] is not null;
        var hasHead = !isErased && record.Type is "request" or "response";
        var keeps = hasHead || isErased || record[WarcHeaders.Journal] is not null;
        try
        {
            for (var left = record.ContentLength; left > 0;)
            {
                var read = record.Block.Read(_buffer.AsSpan(0, (int)Math.Min(left, _buffer.Length)));
                if (read == 0)
                {
                    throw new InvalidDataException("The block is shorter than its header says");
                }

                left -= read;
                var piece = _buffer.AsSpan(0, read);
                _plain.AppendData(piece);
                _salted.AppendData(piece);
                if (_headLength > 0)
                {
                    _payload.AppendData(piece);
                }
                else if (keeps && !Keep(piece, hasHead))
                {
                    keeps = false;
                    if (hasHead && TryFindHead())
                    {
                        _payload.AppendData(_start.WrittenSpan[_headLength..]);
                    }
                }
            }
        }
        finally
        {
            // Also what a damaged record left in them is gone.
            (BlockDigest, ContentDigest, PayloadDigest) = (Text(_plain), Text(_salted), Text(_payload));
        }

        PayloadDigest = _headLength > 0 ? PayloadDigest : null;
    }

    public void Dispose()
    {
        _plain.Dispose();
        _salted.Dispose();
        _payload.Dispose();
    }

    /// <summary>Whether more is wanted.</summary>
    private bool Keep(ReadOnlySpan<byte> piece, bool hasHead)
    {
        if (_start.WrittenCount + piece.Length > LongestStart)
        {
            return false;
        }

        var from = Math.Max(0, _start.WrittenCount - 3);
        _start.Write(piece);
        return !hasHead || _start.WrittenSpan[from..].IndexOf("\r\n\r\n"u8) < 0;
    }

    /// <summary>Readers differ on where a head ends that has bare line feeds, so that nothing is said of its payload.</summary>
    private bool TryFindHead()
    {
        var end = _start.WrittenSpan.IndexOf("\r\n\r\n"u8);
        if (end <= 0)
        {
            return false;
        }

        var head = _start.WrittenSpan[..(end + 4)];
        if (head.Count((byte)'\n') != head.Count("\r\n"u8))
        {
            return false;
        }

        _headLength = head.Length;
        return true;
    }

    private static string Text(IncrementalHash hash) => RecordChain.Prefix + Convert.ToHexStringLower(hash.GetHashAndReset());
}
