using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TrafficAudit.Evidence.Sealing;

namespace TrafficAudit.Evidence.Exports;

/// <summary>The manifest of a WACZ (Frictionless Data Package) and its signature.</summary>
internal sealed class WaczPackage(ZipArchive zip, DateTimeOffset created)
{
    private const string Manifest = "datapackage.json";

    private readonly List<WaczResource> _resources = [];

    /// <summary>Adds a part.</summary>
    public void Add(string path, CompressionLevel level, Action<Stream> write)
    {
        var (hash, bytes) = Write(path, level, write);
        _resources.Add(new WaczResource(path[(path.LastIndexOf('/') + 1)..], path, hash, bytes));
    }

    /// <summary>Adds the manifest, and its digest signed.</summary>
    public void Complete(ExportInfo info, SealingKey key)
    {
        var time = created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var manifest = new WaczManifest("data-package", "1.1.1", info.Software, time, $"Case {info.Case}", info.Sentence, _resources);
        var (hash, _) = Write(Manifest, CompressionLevel.Fastest, o => JsonSerializer.Serialize(o, manifest, WaczJson.Default.WaczManifest));
        var signature = new WaczSignature(
            hash, time, info.Software, "0.1.0", Convert.ToBase64String(key.SignFixed(Encoding.UTF8.GetBytes(hash))), key.PublicBase64);
        var digest = new WaczDigest(Manifest, hash, signature);
        Write("datapackage-digest.json", CompressionLevel.Fastest, o => JsonSerializer.Serialize(o, digest, WaczJson.Default.WaczDigest));
    }

    private (string Hash, long Bytes) Write(string path, CompressionLevel level, Action<Stream> write)
    {
        var entry = zip.CreateEntry(path, level);
        entry.LastWriteTime = created;
        using var hash = SHA256.Create();
        using var output = entry.Open();
        var counted = new CountingStream(output);
        using (var hashed = new CryptoStream(counted, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            write(hashed);
        }

        return ($"sha256:{Convert.ToHexStringLower(hash.Hash!)}", counted.Count);
    }
}

/// <summary><c>datapackage.json</c>.</summary>
internal sealed record WaczManifest(
    string Profile, [property: JsonPropertyName("wacz_version")] string WaczVersion, string Software, string Created, string Title, string Description,
    IReadOnlyList<WaczResource> Resources);

/// <summary>A part of a WACZ.</summary>
internal sealed record WaczResource(string Name, string Path, string Hash, long Bytes);

/// <summary><c>datapackage-digest.json</c>.</summary>
internal sealed record WaczDigest(string Path, string Hash, WaczSignature SignedData);

/// <summary>The anonymous form of a signature: ECDSA over the text of <c>hash</c>, as r and s of fixed length, as browsers' Web Crypto has it.</summary>
internal sealed record WaczSignature(string Hash, string Created, string Software, string Version, string Signature, string PublicKey);

/// <summary>The JSON of a WACZ.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(WaczManifest))]
[JsonSerializable(typeof(WaczDigest))]
[JsonSerializable(typeof(string))]
internal sealed partial class WaczJson : JsonSerializerContext;
