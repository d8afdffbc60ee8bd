using TrafficAudit.Index.Columns;

namespace TrafficAudit.Index.Storage;

/// <summary>
/// The index files of a case. One thread at a time owns it (<see cref="IndexWriter"/>). At most two LiteDB files are open: the one that is
/// written, and one other that is read. Whatever a file does wrong ends in its segment being given up, never in an exception.
/// </summary>
/// <param name="paths">Where the files are.</param>
/// <param name="fault">Told of each segment that is given up.</param>
internal sealed class SegmentStore(SegmentPaths paths, Action<int, string> fault) : IDocumentStore
{
    // LiteDB keeps every page it has read until the file is closed: closing after so many documents bounds that.
    private const int ReadsPerOpening = 10_000;

    private OpenFile? _writing;
    private OpenFile? _reading;

    /// <summary>Reads what is there. A segment whose files are missing, not whole or unreadable is deleted and left out.</summary>
    public IReadOnlyList<SegmentEntry> Load()
    {
        var entries = new List<SegmentEntry>();
        foreach (var segment in paths.Segments())
        {
            var entry = Guard(segment, () => LoadColumns(segment) ?? LoadDatabase(segment));
            if (entry is null)
            {
                Delete(segment);
            }
            else
            {
                entries.Add(entry);
                StoreColumns(entry);
            }
        }

        return entries;
    }

    /// <summary>Writes a batch to a segment's file.</summary>
    public void Write(SegmentEntry entry, IReadOnlyCollection<FlowDocument> documents, IReadOnlyCollection<long> replaced, long evidenceLength)
    {
        if (entry.IsLost)
        {
            return;
        }

        if (!Guard(entry.Segment, () => WriteTo(OpenToWrite(entry), documents, replaced, evidenceLength)))
        {
            Lose(entry);
        }
    }

    /// <summary>Makes sure that what was written is on disk.</summary>
    public void Flush()
    {
        if (_writing is { } writing && !Guard(writing.Entry.Segment, () => Checkpoint(writing)))
        {
            Lose(writing.Entry);
        }
    }

    /// <summary>Reads documents that were written to one segment; null for each when the file is given up.</summary>
    public FlowDocument?[] Read(SegmentEntry entry, IReadOnlyList<long> numbers)
    {
        var none = new FlowDocument?[numbers.Count];
        if (entry.IsLost || entry.File is null)
        {
            return none;
        }

        var documents = Guard(entry.Segment, () => ReadFrom(OpenToRead(entry), numbers));
        if (documents is null)
        {
            Lose(entry);
        }

        return documents ?? none;
    }

    /// <summary>Closes the file that is only read: its pages are memory.</summary>
    public void CloseReading()
    {
        var reading = _reading;
        _reading = null;
        Close(reading);
    }

    /// <summary>Closes a segment's files and deletes them.</summary>
    public void Delete(int segment)
    {
        CloseFilesOf(segment);
        try
        {
            paths.Delete(segment);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fault(segment, $"its index file can't be deleted ({e.GetType().Name})");
        }
    }

    /// <summary>Closes everything and stores columns, so that the next start is quick.</summary>
    public void Close(IEnumerable<SegmentEntry> entries)
    {
        CloseReading();
        CloseWriting();
        foreach (var entry in entries)
        {
            StoreColumns(entry);
        }
    }

    private SegmentEntry? LoadColumns(int segment)
    {
        var log = new FileInfo(paths.Log(segment));
        var database = new FileInfo(paths.Database(segment));
        return database.Exists
            && (!log.Exists || log.Length == 0)
            && ColumnsFile.Read(paths.Columns(segment)) is var (header, table)
            && header.DatabaseLength == database.Length
            ? new SegmentEntry(
                segment,
                header.AnalysisVersion,
                table,
                new FileState(table.Snapshot.Totals.Flows, header.Checksum, header.EvidenceLength, header.AnalysisVersion))
            : null;
    }

    private SegmentEntry? LoadDatabase(int segment)
    {
        if (!File.Exists(paths.Database(segment)))
        {
            return null;
        }

        using var file = new SegmentFile(paths.Database(segment));
        var state = file.State ?? throw new InvalidDataException("the file does not say what it holds, or another version of the program wrote it");
        var table = new SegmentTable();
        var checksum = UInt128.Zero;
        foreach (var document in file.ReadAll())
        {
            table.Append(document.Offset, document.ToFlow());
            checksum += document.Digest;
            if (table.Snapshot.Rows > state.Flows)
            {
                throw new InvalidDataException("there are more documents than were written");
            }
        }

        return table.Snapshot.Rows == state.Flows && checksum == state.Checksum
            ? new SegmentEntry(segment, state.AnalysisVersion, table, state) { ColumnsAreStale = true }
            : throw new InvalidDataException("documents are missing");
    }

    private static bool WriteTo(
        OpenFile open, IReadOnlyCollection<FlowDocument> documents, IReadOnlyCollection<long> replaced, long evidenceLength)
    {
        var entry = open.Entry;
        entry.File = open.File.Write(entry.File ?? new FileState(0, 0, 0, entry.AnalysisVersion), documents, replaced, evidenceLength);
        return true;
    }

    private static FlowDocument?[] ReadFrom(OpenFile open, IReadOnlyList<long> numbers)
    {
        open.Reads += numbers.Count;

        // Only what was written is asked for. LiteDB says no more than "not found" when the damage is in its own index.
        return [.. numbers.Select(n => open.File.Read(n) ?? throw new InvalidDataException("a document that was written is not found"))];
    }

    private OpenFile OpenToWrite(SegmentEntry entry)
    {
        if (_writing?.Entry != entry)
        {
            CloseFilesOf(entry.Segment);
            CloseWriting();
            if (entry.File is null)
            {
                paths.Delete(entry.Segment);
            }

            _writing = Open(entry);
        }

        // Columns that are there say that the file is as it was closed: from the first change on it is not.
        File.Delete(paths.Columns(entry.Segment));
        entry.ColumnsAreStale = true;
        return _writing;
    }

    private OpenFile OpenToRead(SegmentEntry entry)
    {
        if (_writing?.Entry == entry && _writing.Reads > ReadsPerOpening)
        {
            CloseWriting();
        }

        if (_writing?.Entry == entry)
        {
            return _writing;
        }

        if (_reading?.Entry != entry || _reading.Reads > ReadsPerOpening)
        {
            CloseReading();
            _reading = Open(entry);
        }

        return _reading;
    }

    private OpenFile Open(SegmentEntry entry)
    {
        var file = new SegmentFile(paths.Database(entry.Segment));
        if (file.State == entry.File)
        {
            return new OpenFile(entry, file);
        }

        file.Dispose();
        throw new InvalidDataException("the file is not the one that was written");
    }

    private void CloseFilesOf(int segment)
    {
        if (_reading?.Entry.Segment == segment)
        {
            CloseReading();
        }

        if (_writing?.Entry.Segment == segment)
        {
            var writing = _writing;
            _writing = null;
            Close(writing);
        }
    }

    private void CloseWriting()
    {
        if (_writing is { } writing)
        {
            _writing = null;
            Close(writing);
            StoreColumns(writing.Entry);
        }
    }

    private void Close(OpenFile? open)
    {
        if (open is not null && !Guard(open.Entry.Segment, () => Dispose(open)))
        {
            Lose(open.Entry);
        }
    }

    private static bool Checkpoint(OpenFile open)
    {
        open.File.Checkpoint();
        return true;
    }

    private static bool Dispose(OpenFile open)
    {
        open.File.Dispose();
        return true;
    }

    private void StoreColumns(SegmentEntry entry)
    {
        if (entry.IsLost || !entry.ColumnsAreStale || entry.File is not { } file || entry.Settled() is not { } snapshot)
        {
            return;
        }

        try
        {
            var length = new FileInfo(paths.Database(entry.Segment)).Length;
            ColumnsFile.Write(
                paths.Columns(entry.Segment), snapshot, new ColumnsHeader(file.AnalysisVersion, file.EvidenceLength, file.Checksum, length));
            entry.ColumnsAreStale = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fault(entry.Segment, $"its columns can't be stored ({e.GetType().Name}); the next start takes longer");
        }
    }

    private void Lose(SegmentEntry entry)
    {
        entry.Lose();
        Delete(entry.Segment);
    }

    /// <summary>
    /// Runs something on a LiteDB file. Every exception means that the file can't be relied on: on damaged pages LiteDB was measured to
    /// throw its own, but also index, decoding, cast and null exceptions, and a damaged length asks for more memory than there is. The message
    /// is left out since it could quote a value.
    /// </summary>
    private T? Guard<T>(int segment, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e)
        {
            fault(segment, $"its index file was given up ({e.GetType().Name}) and is to be made again");
            return default;
        }
    }

    private sealed class OpenFile(SegmentEntry entry, SegmentFile file)
    {
        public SegmentEntry Entry => entry;

        public SegmentFile File => file;

        public int Reads { get; set; }
    }
}
