namespace TrafficAudit.Evidence.Storage;

/// <summary>
/// A file of a case as whoever reads or writes evidence sees it: bytes by position, whatever they are on the disk. It belongs to one thread.
/// </summary>
internal abstract class StoredFile : IDisposable
{
    /// <summary>How many bytes it has; more as another writes it.</summary>
    public abstract long Length { get; }

    /// <summary>Bytes on the disk behind those: the beginning of something that was never written to its end.</summary>
    public abstract long TornBytes { get; }

    /// <summary>Reads from a position; fewer bytes than asked for only at the end.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    public abstract int Read(Span<byte> buffer, long position);

    /// <summary>Writes at the end, or over what is there; never both in one call.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public abstract void Write(ReadOnlySpan<byte> bytes, long position);

    /// <summary>Cuts everything from <paramref name="length"/> on off, with what is torn; that is where a call of <see cref="Write"/> ended.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public abstract void CutTo(long length);

    /// <summary>Brings everything to the disk.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public abstract void FlushToDisk();

    /// <summary>Whether what one call of <see cref="Write"/> brought is a piece of its own on the disk.</summary>
    public abstract bool IsInPieces { get; }

    /// <summary>How many bytes of the disk's file hold the first <paramref name="length"/> bytes.</summary>
    public abstract long StoredLengthOf(long length);

    /// <summary>How many bytes the first <paramref name="stored"/> of the disk's file hold.</summary>
    public abstract long LengthOf(long stored);

    public abstract void Dispose();
}
