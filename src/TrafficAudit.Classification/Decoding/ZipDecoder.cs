using System.IO.Compression;

namespace TrafficAudit.Classification.Decoding;

/// <summary>ZIP archives (APPNOTE.TXT): a field per file, named as it is, without a place, since it is compressed.</summary>
internal static class ZipDecoder
{
    private const int MostEntries = 1_000;

    /// <summary>Whether the bytes begin with a file's local header.</summary>
    public static bool HasMark(ReadOnlySpan<byte> bytes) => bytes.Length > 30 && bytes.StartsWith("PK\u0003\u0004"u8);

    /// <summary>Adds the files that can be read; false, and nothing is added, when the archive's directory can't be.</summary>
    public static bool TryDecode(DecodingRun run, in Scope scope, string? key, int index, ReadOnlyMemory<byte> bytes)
    {
        var before = run.Mark;
        if (run.Add(scope, key, index, FieldKind.Container, null, 0, bytes.Length) is not { } root)
        {
            return true;
        }

        var mark = run.Mark;
        var inside = scope.Inside(root).Unplaced();
        try
        {
            using var archive = new ZipArchive(Compression.Open(bytes), ZipArchiveMode.Read);
            foreach (var entry in archive.Entries.Where(e => e.Name.Length > 0).Take(MostEntries).TakeWhile(_ => !run.Exhausted))
            {
                if (Compression.TryRead(run, entry.Open, (int)Math.Min(entry.CompressedLength, bytes.Length), out var plain))
                {
                    BodyDecoder.Decode(run, inside, entry.FullName, -1, plain, ContentType.None);
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException or NotSupportedException)
        {
            run.Undo(before);
            return false;
        }

        run.Close(root, mark);
        return true;
    }
}
