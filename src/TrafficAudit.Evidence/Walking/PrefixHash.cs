using System.Security.Cryptography;
using TrafficAudit.Evidence.Storage;

namespace TrafficAudit.Evidence.Walking;

/// <summary>SHA-256 over stretches of a file.</summary>
internal static class PrefixHash
{
    public const int BufferLength = 1024 * 1024;

    /// <summary>The lower-case hex digest of a file's first <paramref name="length"/> bytes as they lie on the disk; null when it has fewer.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public static string? Of(string path, long length)
    {
        using var file = new CaseFile(path).Open();
        if (file.Length < length)
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, file, 0, length, new byte[BufferLength], _ => { });
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Takes the bytes from <paramref name="from"/> to <paramref name="to"/> in.</summary>
    /// <exception cref="IOException">The file can't be read, or is shorter.</exception>
    public static void Append(IncrementalHash hash, StoredFile file, long from, long to, byte[] buffer, Action<int> progress)
    {
        for (var at = from; at < to;)
        {
            var read = file.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, to - at)), at);
            if (read == 0)
            {
                throw new EndOfStreamException("The file has become shorter");
            }

            hash.AppendData(buffer.AsSpan(0, read));
            at += read;
            progress(read);
        }
    }
}
