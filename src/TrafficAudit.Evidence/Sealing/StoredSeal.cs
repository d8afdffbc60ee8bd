using System.Security.Cryptography;
using System.Text.Json;
using TrafficAudit.Evidence.Cases;

namespace TrafficAudit.Evidence.Sealing;

/// <summary>A seal as it lies in a case, read and not yet believed.</summary>
/// <param name="Files">Where it lies.</param>
/// <param name="Json">The bytes of its JSON.</param>
/// <param name="Seal">What they say; null when they are no seal.</param>
internal sealed record StoredSeal(SealFiles Files, byte[] Json, Seal? Seal)
{
    /// <summary>SHA-256 of the JSON, in lower-case hex.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Json));

    /// <summary>Reads a seal; null when it is not there.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public static StoredSeal? Read(CaseFolder folder, int number)
    {
        var files = new SealFiles(folder, number);
        return SealFiles.Read(files.Json) is { } json ? new StoredSeal(files, json, Parse(json)) : null;
    }

    /// <summary>The newest seal; null when there is none.</summary>
    public static StoredSeal? Newest(CaseFolder folder) => SealFiles.NumbersIn(folder) is [.., var last] ? Read(folder, last) : null;

    private static Seal? Parse(byte[] json)
    {
        try
        {
            var seal = JsonSerializer.Deserialize(json, SealJson.Default.Seal);
            return seal is { Format: Seal.CurrentFormat, Segments.IsDefault: false, Files.IsDefault: false }
                && seal.Segments.All(s => s is { Number: > 0, Bytes: > 0 }) && seal.Files.All(f => Path.GetFileName(f.Name) == f.Name)
                ? seal
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
