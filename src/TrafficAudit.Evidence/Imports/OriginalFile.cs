using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TrafficAudit.Evidence.Cases;

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
        var name = $"{Sha256}{extension}";
        CaseFolder.CreatePrivate(folder.OriginalsFolder);
        var target = System.IO.Path.Combine(folder.OriginalsFolder, name);
        if (!File.Exists(target))
        {
            using var file = Open(Path);
            PrivateFile.Write(target, file);
        }

        return $"{System.IO.Path.GetFileName(folder.OriginalsFolder)}/{name}";
    }
}
