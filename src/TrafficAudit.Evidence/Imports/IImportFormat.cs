namespace TrafficAudit.Evidence.Imports;

/// <summary>A kind of file that flows can be imported from. It tells a file by its content, never by its name.</summary>
internal interface IImportFormat
{
    /// <summary>What people call it (<c>HAR 1.2</c>).</summary>
    string Name { get; }

    /// <summary>What a kept original's name ends in (<c>.har</c>).</summary>
    string Extension { get; }

    /// <summary>Whether a file that begins with these bytes is one; at most the first 64 KiB are given.</summary>
    bool Recognises(ReadOnlySpan<byte> start);

    /// <summary>
    /// Reads the file to its end, in memory that does not grow with it, and hands over each flow in the file's order; the same file always gives
    /// the same flows at the same places.
    /// </summary>
    /// <exception cref="ImportException">It is not what it began as; nothing was handed over.</exception>
    /// <exception cref="ImportBreakException">It breaks off; what came before was handed over.</exception>
    /// <exception cref="IOException">The file can't be read, or the evidence can't be written.</exception>
    Task ReadAsync(ImportSource source, ImportRun run, CancellationToken cancellation);
}
