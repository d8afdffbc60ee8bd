using System.Security.Cryptography;
using TrafficAudit.Evidence.Erasing;
using TrafficAudit.Evidence.Storage;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Walking;

/// <summary>Holds a record against its own digests: what can be said of it without any other.</summary>
internal static class RecordCheck
{
    private const int SaltLength = 16;

    /// <summary>Reads the block; null when its digests fit, else what is wrong.</summary>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public static (FaultKind Kind, string Detail)? Read(WarcRecord record, BlockReading block, DeclaredErasures erasures)
    {
        var declared = erasures.IdOf(record.Sequence);
        if (record[WarcHeaders.Erased] is { } erased)
        {
            return ReadErased(record, block, erased, declared);
        }

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
            _ => declared is null ? null : (FaultKind.Changed, $"the newest seal says that it was erased (erasure {declared})"),
        };
    }

    /// <summary>The block that the content digest is of is gone: the chain alone holds it, and the seal must say that it was erased.</summary>
    private static (FaultKind Kind, string Detail)? ReadErased(WarcRecord record, BlockReading block, string erased, string? declared)
    {
        block.Read(record, []);
        return record[WarcHeaders.BlockDigest] != block.BlockDigest ? (FaultKind.Changed, "its tombstone is not the one that its digest is of")
            : erased != declared ? (FaultKind.Changed, "its block was erased, and the newest seal does not say so")
            : Tombstone.Parse(block.Start)?.Erased.Id != erased || record[WarcHeaders.Salt] is not null ? (FaultKind.Changed, "its tombstone is not as an erasure leaves it")
            : null;
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
