using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TrafficAudit.Model;

/// <summary>The key of one spool file. Each chunk is sealed once, with its number as nonce.</summary>
internal sealed class SpoolCipher
{
    public const int ChunkLength = 64 * 1024;
    public const int StoredLength = ChunkLength + TagLength;
    private const int TagLength = 16;
    private const int NonceLength = 12;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>How many bytes a file of so many holds, as far as its chunks are whole.</summary>
    public static long LengthOf(long stored) => (stored / StoredLength * ChunkLength) + Math.Max(0, (stored % StoredLength) - TagLength);

    public ReadOnlySpan<byte> Seal(long number, ReadOnlySpan<byte> content, Span<byte> stored)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        BinaryPrimitives.WriteInt64LittleEndian(nonce, number);
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(nonce, content, stored[..content.Length], stored.Slice(content.Length, TagLength));
        return stored[..(content.Length + TagLength)];
    }

    /// <exception cref="IOException">The chunk is not whole.</exception>
    public ReadOnlySpan<byte> Open(long number, ReadOnlySpan<byte> stored, Span<byte> content)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        BinaryPrimitives.WriteInt64LittleEndian(nonce, number);
        using var aes = new AesGcm(_key, TagLength);
        try
        {
            var length = Math.Max(0, stored.Length - TagLength);
            aes.Decrypt(nonce, stored[..length], stored[length..], content[..length]);
            return content[..length];
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new IOException("A body's spool file is not as it was written", e);
        }
    }
}
