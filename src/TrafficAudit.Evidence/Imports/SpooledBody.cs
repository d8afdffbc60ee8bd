using System.Buffers;
using System.Security.Cryptography;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Imports;

/// <summary>A body that was read from an imported file: kept in memory while it is small, else in an encrypted file of the spool folder.</summary>
/// <param name="Kept">What was kept.</param>
/// <param name="Length">How long it is; more than was kept beyond <see cref="MaxKept"/>.</param>
/// <param name="Sha256">SHA-256 of all of it, lower-case hex.</param>
internal sealed record SpooledBody(Body Kept, long Length, string Sha256) : IDisposable
{
    /// <summary>Of a longer body the rest is counted and hashed only (1 GiB, well below what a record of the evidence can hold).</summary>
    public const long MaxKept = 1L << 30;

    private const int MemoryBytes = 1024 * 1024;
    private const int BufferBytes = 64 * 1024;

    public static SpooledBody Empty { get; } = new(Body.Empty, 0, Body.EmptySha256);

    /// <summary>Reads <paramref name="content"/> to its end; what is longer than <paramref name="memoryBytes"/> goes to a file.</summary>
    /// <exception cref="IOException">The spool can't be written, or the content can't be read.</exception>
    /// <exception cref="InvalidDataException">The content is damaged.</exception>
    public static SpooledBody Read(Stream content, string spoolFolder, CancellationToken cancellation, int memoryBytes = MemoryBytes)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        var memory = new MemoryStream();
        SpoolFile? file = null;
        try
        {
            long length = 0, kept = 0;
            int read;
            while ((read = content.Read(buffer)) > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                digest.AppendData(buffer, 0, read);
                length += read;
                var wanted = (int)Math.Min(read, MaxKept - kept);
                if (file is null && kept + wanted > memoryBytes)
                {
                    file = new SpoolFile(Path.Combine(spoolFolder, $"import-{Guid.NewGuid():N}"));
                    file.Write(memory.GetBuffer().AsSpan(0, (int)memory.Length));
                    memory = new MemoryStream();
                }

                if (file is null)
                {
                    memory.Write(buffer, 0, wanted);
                }
                else
                {
                    file.Write(buffer.AsSpan(0, wanted));
                }

                kept += wanted;
            }

            var body = file?.Complete() ?? new MemoryBody(memory.ToArray());
            return new SpooledBody(body, length, Convert.ToHexStringLower(digest.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            file?.Dispose();
        }
    }

    /// <summary>What is known of a message with this body.</summary>
    /// <param name="form">Where the head's bytes come from.</param>
    /// <param name="isComplete">Whether the message did not break off.</param>
    public MessageFacts Facts(HeadForm form, bool isComplete) => new()
    {
        Head = form, BodyLength = Length, BodyCaptured = Kept.Length, BodySha256 = Sha256, Complete = isComplete,
    };

    public void Dispose() => Kept.Dispose();
}
