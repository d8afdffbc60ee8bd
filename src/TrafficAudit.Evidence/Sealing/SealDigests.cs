using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Evidence.Cases;

namespace TrafficAudit.Evidence.Sealing;

/// <summary>
/// The digests of a seal's own files, in the form of <c>sha256sum</c>. They are not signed; with them also damage to what no signature covers, such as parts of
/// a timestamp, is found.
/// </summary>
internal static class SealDigests
{
    /// <summary>Lists the files that are there; the JSON's digest is given, since it is written last.</summary>
    public static void Write(SealFiles files, ReadOnlySpan<byte> json)
    {
        var text = new StringBuilder(Line(json, files.Json));
        foreach (var path in files.Listed.Skip(1))
        {
            if (SealFiles.Read(path) is { } content)
            {
                text.Append(Line(SHA256.HashData(content), path));
            }
        }

        PrivateFile.Write(files.Digests, Encoding.ASCII.GetBytes(text.ToString()));
    }

    /// <summary>What the file must hold, given what is there.</summary>
    public static IReadOnlyDictionary<string, string> Parse(ReadOnlySpan<byte> content)
    {
        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Encoding.ASCII.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split("  ", 2);
            digests.TryAdd(parts.Length == 2 ? parts[1] : "", parts[0]);
        }

        return digests;
    }

    /// <summary>A line, with the path as it is from the case's folder.</summary>
    public static string Line(ReadOnlySpan<byte> digest, string path) => $"{Convert.ToHexStringLower(digest)}  {SealFiles.NameOf(path)}\n";
}
