using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Storage;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Imports;

/// <summary>The file that is imported, as the journal names it.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its digest, lower-case hex.</param>
internal sealed record OriginalFile(string Path, long Bytes, string Sha256)
{
    /// <summary>Its name without its folders, which may tell of their owner.</summary>
    public string Name { get; } = System.IO.Path.GetFileName(Path);

    /// <summary>What the journal says of it.</summary>
    public JsonObject Json => new() { ["file"] = Name, ["bytes"] = Bytes, ["sha256"] = Sha256 };

    /// <summary>Reads a file to its end for its digest.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public static async Task<OriginalFile> ReadAsync(string path, CancellationToken cancellation)
    {
        await using var file = Open(path);
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
        return new OriginalFile(path, file.Position, digest);
    }

    /// <summary>Opens a file to be read from its start to its end.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public static FileStream Open(string path) =>
        new(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read, BufferSize = 0 });

    /// <summary>Copies it into the case, under its digest; does nothing where it lies there already.</summary>
    /// <returns>Where it lies, below the case's folder.</returns>
    /// <exception cref="IOException">It can't be read, or the case can't be written.</exception>
    public string CopyInto(CaseFolder folder, string extension)
    {
        CaseFolder.CreatePrivate(folder.OriginalsFolder);
        var target = folder.Original($"{Sha256}{extension}");
        if (!File.Exists(target.Path))
        {
            CopyTo(target);
        }

        return folder.OriginalName(target);
    }

    /// <summary>All of it or nothing.</summary>
    private void CopyTo(CaseFile target)
    {
        var draft = target with { Path = $"{target.Path}.{Environment.ProcessId}{PrivateFile.DraftEnding}" };
        File.Delete(draft.Path);
        try
        {
            using (var copy = new SegmentFile(draft.OpenToWrite(FileMode.CreateNew), 0))
            {
                using var file = Open(Path);
                file.CopyTo(copy);
                copy.Commit();
            }

            File.Move(draft.Path, target.Path);
        }
        catch (IOException)
        {
            File.Delete(draft.Path);
            throw;
        }
    }
}
