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
    public static void Write(SealFiles files, ReadOnlySpan<byte> json) =>
        PrivateFile.Write(files.Digests, Encoding.ASCII.GetBytes($"{Convert.ToHexStringLower(json)}  {SealFiles.NameOf(files.Json)}\n{Text(files.Listed.Skip(1))}"));

    /// <summary>A line for each of the files that is there, with its path as it is from the case's folder.</summary>
    public static string Text(IEnumerable<string> paths)
    {
        var text = new StringBuilder();
        foreach (var path in paths)
        {
            if (SealFiles.Read(path) is { } content)
            {
                text.Append(Convert.ToHexStringLower(SHA256.HashData(content))).Append("  ").Append(SealFiles.NameOf(path)).Append('\n');
            }
        }

        return text.ToString();
    }
}
