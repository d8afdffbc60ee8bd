using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace TrafficAudit.Evidence.Storage;

/// <summary>The key of an encrypted case, in memory only. Each file has one of its own, made of this and the file's id (HKDF-SHA-256, RFC 5869).</summary>
internal sealed class CaseKey(byte[] key)
{
    public const int Length = 32;

    private readonly ConcurrentDictionary<string, FrameIndex> _indexes = new(StringComparer.Ordinal);

    /// <summary>The cipher of one file.</summary>
    public AesGcm CipherOf(FrameHeader header)
    {
        Span<byte> own = stackalloc byte[Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, own, header.Id, "trafficaudit file 1"u8);
        var aes = new AesGcm(own, 16);
        CryptographicOperations.ZeroMemory(own);
        return aes;
    }

    /// <summary>What is known of a file's frames; a file that took another's place has another id.</summary>
    public FrameIndex IndexOf(string path, FrameHeader header) => _indexes.AddOrUpdate(
        path, _ => new FrameIndex(header), (_, known) => known.Header.Start == header.Start && known.Header.Id.AsSpan().SequenceEqual(header.Id) ? known : new FrameIndex(header));
}
