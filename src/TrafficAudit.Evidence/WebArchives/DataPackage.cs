using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using TrafficAudit.Evidence.Imports;

namespace TrafficAudit.Evidence.WebArchives;

/// <summary>
/// What a WACZ's <c>datapackage.json</c> says of its parts (WACZ 1.1.1; Frictionless Data Package): path, size and digest of each, held against what
/// is there. What disagrees is said; the flows are imported all the same, since they are what they are.
/// </summary>
/// <param name="zip">The archive.</param>
/// <param name="bound">How far its parts may inflate.</param>
/// <param name="run">Gets what disagrees.</param>
internal sealed class DataPackage(ZipArchive zip, InflationBound bound, ImportRun run)
{
    private const string FileName = "datapackage.json";
    private const string DigestFileName = "datapackage-digest.json";
    private const int LongestFile = 16 * 1024 * 1024;

    /// <summary>Checks every part.</summary>
    /// <exception cref="ImportBreakException">The archive inflates too far.</exception>
    public void Check(CancellationToken cancellation)
    {
        if (Json(FileName) is not { } package)
        {
            run.Note(FileName, "is missing or no JSON: no digest can be checked");
            return;
        }

        using (package)
        {
            try
            {
                CheckParts(package.RootElement, cancellation);
            }
            catch (InvalidOperationException)
            {
                // JsonElement says so only when it is asked for the text.
                run.Note(FileName, "holds text that is no Unicode: digests behind it were not checked");
            }
        }
    }

    private static IEnumerable<JsonElement> Resources(JsonElement package) =>
        package.ValueKind == JsonValueKind.Object && package.TryGetProperty("resources", out var resources) && resources.ValueKind == JsonValueKind.Array
            ? resources.EnumerateArray()
            : [];

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>The digest of <c>datapackage.json</c> is in a file of its own.</summary>
    private void CheckItself()
    {
        using var digests = Json(DigestFileName);
        if (digests is not null && Text(digests.RootElement, "hash") is { } hash)
        {
            CheckDigest(FileName, zip.GetEntry(FileName)!, hash, DigestFileName);
        }
    }

    private void CheckParts(JsonElement package, CancellationToken cancellation)
    {
        CheckItself();
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in Resources(package))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Text(resource, "path") is { } path)
            {
                named.Add(path);
                CheckPart(path, resource);
            }
        }

        foreach (var entry in WaczFormat.Archives(zip).Where(e => !named.Contains(e.FullName)))
        {
            run.Note(entry.FullName, $"is not named in {FileName}");
        }
    }

    private void CheckPart(string path, JsonElement resource)
    {
        var entries = zip.Entries.Where(e => e.FullName == path).ToList();
        if (entries.Count != 1)
        {
            run.Note(path, entries.Count == 0 ? $"is named in {FileName} and is not there" : $"is there {entries.Count} times");
        }

        foreach (var entry in entries)
        {
            if (resource.TryGetProperty("bytes", out var bytes) && bytes.ValueKind == JsonValueKind.Number && bytes.TryGetInt64(out var length)
                && length != entry.Length)
            {
                run.Note(path, $"has {entry.Length} bytes; {FileName} says {length}");
            }

            if (Text(resource, "hash") is { } hash)
            {
                CheckDigest(path, entry, hash, FileName);
            }
        }
    }

    private void CheckDigest(string path, ZipArchiveEntry entry, string hash, string says)
    {
        if (!hash.StartsWith("sha256:", StringComparison.OrdinalIgnoreCase))
        {
            run.Note(path, $"{says} has a digest that is no SHA-256; it was not checked");
            return;
        }

        try
        {
            using var content = bound.Apply(entry.Open());
            if (!Convert.ToHexStringLower(SHA256.HashData(content)).Equals(hash["sha256:".Length..], StringComparison.OrdinalIgnoreCase))
            {
                run.Note(path, $"has another digest than {says} says");
            }
        }
        catch (InvalidDataException)
        {
            run.Note(path, "is damaged: it can't be inflated");
        }
    }

    private JsonDocument? Json(string path)
    {
        if (zip.GetEntry(path) is not { Length: <= LongestFile } entry)
        {
            return null;
        }

        try
        {
            // What the directory says of its length need not be so.
            using var content = bound.Apply(entry.Open());
            var bytes = new byte[entry.Length];
            return JsonDocument.Parse(bytes.AsMemory(0, content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            return null;
        }
    }
}
