using System.Buffers;
using System.Security.Cryptography;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Warc;

/// <summary>A record's block: some bytes, and after them perhaps a body that may lie in a file.</summary>
internal readonly record struct WarcBlock(ReadOnlyMemory<byte> Start, Body? Rest = null)
{
    private const int CopyBuffer = 64 * 1024;

    private delegate void Take(ReadOnlySpan<byte> piece);

    public long Length => Start.Length + (Rest?.Length ?? 0);

    /// <exception cref="IOException">The body's file can't be read, or is shorter than the body.</exception>
    public void CopyTo(Stream output)
    {
        output.Write(Start.Span);
        if (Rest is MemoryBody memory)
        {
            output.Write(memory.ToMemory().Span);
        }
        else if (Rest is not null)
        {
            Read(Rest, output.Write);
        }
    }

    /// <summary>SHA-256 of the block, and of the salt and the block.</summary>
    /// <exception cref="IOException">The body's file can't be read, or is shorter than the body.</exception>
    public (string Block, string Salted) Digests(ReadOnlySpan<byte> salt)
    {
        using var plain = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        plain.AppendData(Start.Span);
        if (Rest is null or MemoryBody)
        {
            var rest = Rest is null ? default : Rest.ToMemory().Span;
            plain.AppendData(rest);
            var block = Text(plain);
            plain.AppendData(salt);
            plain.AppendData(Start.Span);
            plain.AppendData(rest);
            return (block, Text(plain));
        }

        using var salted = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        salted.AppendData(salt);
        salted.AppendData(Start.Span);
        Read(Rest, piece =>
        {
            plain.AppendData(piece);
            salted.AppendData(piece);
        });
        return (Text(plain), Text(salted));
    }

    /// <summary>Gives exactly as many bytes as the body has, whatever its file has.</summary>
    private static void Read(Body body, Take take)
    {
        using var input = body.OpenRead();
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBuffer);
        try
        {
            var left = body.Length;
            while (left > 0)
            {
                var read = input.Read(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)));
                if (read == 0)
                {
                    throw new IOException("The file of a body is shorter than the body");
                }

                take(buffer.AsSpan(0, read));
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string Text(IncrementalHash hash)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return RecordChain.Prefix + Convert.ToHexStringLower(digest);
    }
}
