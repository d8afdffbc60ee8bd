using System.Text.RegularExpressions;

namespace TrafficAudit.Index.Storage;

/// <summary>The names of the index's files.</summary>
internal sealed partial class SegmentPaths(string folder)
{
    public string Folder => folder;

    /// <summary>Whoever holds this file open owns the folder.</summary>
    public string Lock => Path.Combine(folder, "lock");

    public string Database(int segment) => Path.Combine(folder, $"{segment:D5}.db");

    /// <summary>Where LiteDB keeps what was committed and is not in the database file yet.</summary>
    public string Log(int segment) => Path.Combine(folder, $"{segment:D5}-log.db");

    public string Columns(int segment) => Path.Combine(folder, $"{segment:D5}.columns");

    /// <summary>The segments of which there is any file, ascending.</summary>
    public IReadOnlyList<int> Segments() =>
        [.. Directory.EnumerateFiles(folder)
            .Select(f => Name().Match(Path.GetFileName(f)))
            .Where(m => m.Success)
            .Select(m => int.TryParse(m.Groups["segment"].Value, out var segment) ? segment : 0)
            .Where(s => s > 0)
            .Distinct()
            .Order()];

    /// <summary>Deletes the files of a segment.</summary>
    /// <exception cref="IOException">One can't be deleted.</exception>
    public void Delete(int segment)
    {
        // The database goes first: without it, what is left counts for nothing.
        File.Delete(Database(segment));
        File.Delete(Log(segment));
        File.Delete(Columns(segment));
        File.Delete(Columns(segment) + ".part");
    }

    [GeneratedRegex(@"^(?<segment>[0-9]{5,9})(?:\.db|-log\.db|\.columns|\.columns\.part)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();
}
