using System.Security.Cryptography;
using TrafficAudit.Geolocation.Yaml;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>A file of <c>geo-data/hints/</c> as it was read: a folder's in place of the embedded one.</summary>
internal sealed class HintFile
{
    private const int MaxLength = 8 * 1024 * 1024;

    private readonly byte[] _bytes;

    private HintFile(string name, bool isEmbedded, byte[] bytes)
    {
        Name = name;
        IsEmbedded = isEmbedded;
        _bytes = bytes;
    }

    /// <summary>Its name within geo-data, for messages.</summary>
    public string Name { get; }

    /// <summary>Whether it is the one that comes with the program.</summary>
    public bool IsEmbedded { get; }

    /// <summary>Reads one.</summary>
    /// <exception cref="HintFileException">The folder's file can't be read.</exception>
    public static HintFile Load(string? folder, string file)
    {
        var name = $"hints/{file}";
        var path = folder is null ? null : Path.Combine(folder, "hints", file);
        var isEmbedded = !File.Exists(path);
        try
        {
            using var data = isEmbedded ? EmbeddedData.Open(name) : File.OpenRead(path!);
            if (data.Length > MaxLength)
            {
                throw new HintFileException($"{name} is larger than {MaxLength / 1024 / 1024} MiB: it can't be such a file");
            }

            var bytes = new byte[data.Length];
            data.ReadExactly(bytes);
            return new HintFile(name, isEmbedded, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HintFileException($"{name} can't be read: check the disk and the file's permissions", e);
        }
    }

    /// <summary>SHA-256, lower-case hex, of files one after the other: what <c>cat FILES | sha256sum</c> prints.</summary>
    public static string Digest(params ReadOnlySpan<HintFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(file._bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public StreamReader OpenText() => new(new MemoryStream(_bytes, writable: false));

    /// <summary>Reads it as YAML; nothing is read of an empty file.</summary>
    /// <exception cref="HintFileException">The first fault in it.</exception>
    public void ReadYaml(Action<YamlCursor> read)
    {
        using var data = new MemoryStream(_bytes, writable: false);
        _ = YamlCursor.Read(data, Name, empty: true, (message, cause) => new HintFileException(message, cause), yaml =>
        {
            read(yaml);
            return true;
        });
    }

    /// <summary>The exception for a fault on a line.</summary>
    public HintFileException Fault(long line, string what) => new($"{Name}, line {line}: {what}");
}
