using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace TrafficAudit.Evidence.Tests.WebArchives;

/// <summary>Builds WACZ files.</summary>
internal static class WaczText
{
    public static byte[] Zip(params (string Path, byte[] Bytes)[] files)
    {
        var package = Package(files);
        return Zip(package, package, files);
    }

    public static byte[] Zip(byte[] package, byte[]? digested, params (string Path, byte[] Bytes)[] files)
    {
        var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create))
        {
            var digest = Encoding.UTF8.GetBytes($$"""{"path":"datapackage.json","hash":"{{Digest(digested ?? [])}}"}""");
            foreach (var (path, bytes) in files.Append(("datapackage.json", package)).Append(("datapackage-digest.json", digest)))
            {
                using var entry = zip.CreateEntry(path, CompressionLevel.NoCompression).Open();
                entry.Write(bytes);
            }
        }

        return output.ToArray();
    }

    public static byte[] Package(params (string Path, byte[] Bytes)[] files) => Encoding.UTF8.GetBytes(
        $$"""{"profile":"data-package","wacz_version":"1.1.1","resources":[{{string.Join(',', files.Select(f => $$"""{"name":"x","path":"{{f.Path}}","hash":"{{Digest(f.Bytes)}}","bytes":{{f.Bytes.Length}}}"""))}}]}""");

    private static string Digest(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
}
