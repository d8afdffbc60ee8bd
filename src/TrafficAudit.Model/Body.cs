namespace TrafficAudit.Model;

/// <summary>
/// A message's body as it was transferred: without chunk framing, with its content coding. The bytes may lie in memory or in a
/// file; whoever owns the body disposes it, which removes a spool file.
/// </summary>
public abstract class Body : IDisposable
{
    /// <summary>SHA-256 of no bytes, lower-case hex.</summary>
    public const string EmptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>A body without bytes.</summary>
    public static Body Empty { get; } = new MemoryBody(ReadOnlyMemory<byte>.Empty);

    /// <summary>How many bytes can be read, from 0 to the capture limit.</summary>
    public abstract long Length { get; }

    /// <summary>Opens the bytes from their start; every call gives a stream of its own.</summary>
    public abstract Stream OpenRead();

    /// <summary>The whole body as one piece of memory.</summary>
    /// <exception cref="IOException">The file that holds the body can't be read.</exception>
    public abstract ReadOnlyMemory<byte> ToMemory();

    /// <summary>Frees what holds the bytes.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    protected virtual void Dispose(bool disposing)
    {
    }
}
