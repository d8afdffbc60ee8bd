using System.Buffers;
using System.Security.Cryptography;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Warc;

/// <summary>A record's block: some bytes, and after them perhaps a body that may lie in a file.</summary>
internal readonly record struct WarcBlock(ReadOnlyMemory<byte> Start, Body? Rest = null)
{
    private const int CopyBuffer = 64 * 1024;

    public long Length => Start.Length + (Rest?.Length ?? 0);

    /// <exception cref="IOException">The body's file can't be read, or is not as long as the body.</exception>
    public void CopyTo(Stream output)
    {
        output.Write(Start.Span);
        if (Rest is MemoryBody memory)
        {
            output.Write(memory.ToMemory().Span);
        }
        else if (Rest is not null)
        {
            CopyBody(Rest, output);
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

    private static void CopyBody(Body body, Stream output)
    {
        using var input = body.OpenRead();
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBuffer);
        try
        {
            long copied = 0;
            int read;
            while ((read = input.Read(buffer)) > 0)
            {
                output.Write(buffer, 0, read);
                copied += read;
            }

            if (copied != body.Length)
            {
                throw new IOException("The file of a body is not as long as the body");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string Text(byte[] digest) => "sha256:" + Convert.ToHexStringLower(digest);
}
