using System.Security.Cryptography;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Warc;

/// <summary>A record's block: some bytes, and after them perhaps a body that may lie in a file.</summary>
internal readonly record struct WarcBlock(ReadOnlyMemory<byte> Start, Body? Rest = null)
{
    private const int CopyBuffer = 64 * 1024;

    public long Length => Start.Length + (Rest?.Length ?? 0);

    public void CopyTo(Stream output)
    {
        output.Write(Start.Span);
        if (Rest is MemoryBody memory)
        {
            output.Write(memory.ToMemory().Span);
        }
        else if (Rest is not null)
        {
            using var body = Rest.OpenRead();
            body.CopyTo(output, CopyBuffer);
        }
    }

    /// <summary>SHA-256 of the block, and of the salt and the block.</summary>
    public (string Block, string Salted) Digests(ReadOnlySpan<byte> salt)
    {
        if (Rest is null or MemoryBody)
        {
            var rest = Rest is null ? default : Rest.ToMemory().Span;
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(Start.Span);
            hash.AppendData(rest);
            var block = hash.GetHashAndReset();
            hash.AppendData(salt);
            hash.AppendData(Start.Span);
            hash.AppendData(rest);
            return (Text(block), Text(hash.GetHashAndReset()));
        }

        using var plain = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var salted = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        salted.AppendData(salt);
        plain.AppendData(Start.Span);
        salted.AppendData(Start.Span);
        using var body = Rest.OpenRead();
        var buffer = new byte[CopyBuffer];
        int read;
        while ((read = body.Read(buffer)) > 0)
        {
            plain.AppendData(buffer, 0, read);
            salted.AppendData(buffer, 0, read);
        }

        return (Text(plain.GetHashAndReset()), Text(salted.GetHashAndReset()));
    }

    private static string Text(byte[] digest) => "sha256:" + Convert.ToHexStringLower(digest);
}
