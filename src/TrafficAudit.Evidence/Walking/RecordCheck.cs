using System.Security.Cryptography;
using TrafficAudit.Evidence.Storage;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Walking;

/// <summary>Holds a record against its own digests: what can be said of it without any other.</summary>
internal static class RecordCheck
{
    private const int SaltLength = 16;

    /// <summary>Reads the block; null when its digests fit, else what is wrong.</summary>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public static (FaultKind Kind, string Detail)? Read(WarcRecord record, BlockReading block)
    {
        Span<byte> salt = stackalloc byte[SaltLength];
        var hasSalt = record[WarcHeaders.Salt] is { Length: 2 * SaltLength } text
            && Convert.FromHexString(text, salt, out _, out _) == System.Buffers.OperationStatus.Done;
        block.Read(record, hasSalt ? salt : []);
        var isBlock = record[WarcHeaders.BlockDigest] == block.BlockDigest;
        var isContent = hasSalt && record[WarcHeaders.ContentDigest] == block.ContentDigest;
        return (isBlock, isContent) switch
        {
            (false, false) => (FaultKind.Changed, "its block is not the one that its digests are of"),
            (false, true) => (FaultKind.DigestsDisagree, $"{WarcHeaders.BlockDigest} is not its block's, {WarcHeaders.ContentDigest} is"),
            (true, false) => (FaultKind.DigestsDisagree, $"{WarcHeaders.ContentDigest} is not its salt's and block's, {WarcHeaders.BlockDigest} is its block's"),
            _ when record[WarcHeaders.PayloadDigest] is { } payload && block.PayloadDigest is { } computed && payload != computed =>
                (FaultKind.DigestsDisagree, $"{WarcHeaders.PayloadDigest} is not its payload's, though the digest of the block is right"),
            _ => null,
        };
    }

    /// <summary>SHA-256 of a record as it lies in the segment, compressed.</summary>
    /// <exception cref="IOException">The file can't be read, or ends before the record does.</exception>
    public static string MemberDigest(StoredFile file, long offset, long length, byte[] buffer)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        PrefixHash.Append(hash, file, offset, offset + length, buffer, _ => { });
        return RecordChain.Prefix + Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
