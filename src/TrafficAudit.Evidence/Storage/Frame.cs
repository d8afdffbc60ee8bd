using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TrafficAudit.Evidence.Storage;

/// <summary>
/// A piece of an encrypted file, sealed by itself:
/// <code>
/// marker (4) │ length (4) │ position (8) │ nonce (12) │ ciphertext (length) │ tag (16)          AES-256-GCM (NIST SP 800-38D), little-endian
/// └───── associated data ────┘
/// </code>
/// The position binds it to its place and the key to its file, so that a frame that was moved, exchanged or brought from elsewhere does not open. Marker and
/// position let a reader go on behind damage. Nonces are random: a file has at most 2^23 frames, where 2^32 are allowed.
/// </summary>
/// <param name="Position">Of its first byte among the file's bytes.</param>
/// <param name="Stored">Where it lies on the disk.</param>
/// <param name="Length">How many bytes it holds, from 1 to <see cref="Longest"/>.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct Frame(long Position, long Stored, int Length)
{
    public const int Longest = 64 * 1024;
    public const int HeadLength = AssociatedLength + NonceLength;
    public const int Overhead = HeadLength + TagLength;
    private const int AssociatedLength = 16;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public static ReadOnlySpan<byte> Marker => [0xA5, (byte)'T', (byte)'F', 1];

    /// <summary>Where its bytes end.</summary>
    public long End => Position + Length;

    /// <summary>Where it ends on the disk.</summary>
    public long StoredEnd => Stored + Overhead + Length;

    /// <summary>The frame whose head lies at <paramref name="stored"/>; null when none does.</summary>
    public static Frame? Parse(ReadOnlySpan<byte> head, long stored) =>
        head.Length >= HeadLength && head.StartsWith(Marker)
        && BinaryPrimitives.ReadInt32LittleEndian(head[4..]) is > 0 and <= Longest and var length
        && BinaryPrimitives.ReadInt64LittleEndian(head[8..]) is >= 0 and <= long.MaxValue - Longest and var position
            ? new Frame(position, stored, length)
            : null;

    /// <summary>Makes the frame's bytes.</summary>
    public void Seal(AesGcm aes, ReadOnlySpan<byte> content, Span<byte> frame)
    {
        Marker.CopyTo(frame);
        BinaryPrimitives.WriteInt32LittleEndian(frame[4..], Length);
        BinaryPrimitives.WriteInt64LittleEndian(frame[8..], Position);
        var nonce = frame.Slice(AssociatedLength, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        aes.Encrypt(nonce, content, frame.Slice(HeadLength, Length), frame.Slice(HeadLength + Length, TagLength), frame[..AssociatedLength]);
    }

    /// <summary>Opens the frame's bytes; false when they are not those that were sealed at this place.</summary>
    public bool TryOpen(AesGcm aes, ReadOnlySpan<byte> frame, Span<byte> content)
    {
        if (frame.Length < Overhead + Length || Parse(frame, Stored) != this)
        {
            return false;
        }

        try
        {
            aes.Decrypt(
                frame.Slice(AssociatedLength, NonceLength), frame.Slice(HeadLength, Length), frame.Slice(HeadLength + Length, TagLength), content[..Length],
                frame[..AssociatedLength]);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }
}
