using System.Security.Cryptography;
using System.Text;

namespace TrafficAudit.Evidence.Warc;

/// <summary>
/// Ties each record to all before it, over segments and restarts:
/// <code>
/// TA-Content-Digest = SHA-256( salt || block )
/// TA-Chain          = SHA-256( previous TA-Chain (32 bytes; zeros before the first record)
///                              || sequence LF record-id LF type LF date LF flow LF content-digest LF )
/// </code>
/// in UTF-8, each part as it stands in its header line: sequence in decimal from 1, the id with its angle brackets, <c>TA-Flow</c> or
/// nothing for a record of no flow, the digest with its <c>sha256:</c>. The salt is 16 random bytes: without it a short block can't be
/// guessed from its digest once the block was erased.
/// </summary>
internal sealed class RecordChain(long sequence, byte[] head)
{
    /// <summary>What a digest in a header line begins with.</summary>
    public const string Prefix = "sha256:";

    public const int HeadLength = SHA256.HashSizeInBytes;

    private byte[] _head = head;

    /// <summary>The sequence number of the last record; 0 before the first.</summary>
    public long Sequence { get; private set; } = sequence;

    /// <summary>The chain's value after the last record.</summary>
    public ReadOnlySpan<byte> Head => _head;

    public static RecordChain Start() => new(0, new byte[HeadLength]);

    public RecordChain Copy() => new(Sequence, _head);

    /// <summary>Adds a record and gives its <c>TA-Chain</c>.</summary>
    public string Add(string recordId, string type, string date, string flow, string contentDigest)
    {
        Sequence++;
        var text = Encoding.UTF8.GetBytes($"{Sequence}\n{recordId}\n{type}\n{date}\n{flow}\n{contentDigest}\n");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_head);
        hash.AppendData(text);
        _head = hash.GetHashAndReset();
        return Prefix + Convert.ToHexStringLower(_head);
    }
}
