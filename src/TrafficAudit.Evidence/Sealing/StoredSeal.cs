using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Erasing;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Sealing;

/// <summary>A seal as it lies in a case, read and not yet believed.</summary>
/// <param name="Files">Where it lies.</param>
/// <param name="Json">The bytes of its JSON.</param>
/// <param name="Seal">What they say; null when they are no seal.</param>
internal sealed record StoredSeal(SealFiles Files, byte[] Json, Seal? Seal)
{
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

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

    /// <summary>A seal may come from anybody: what is reckoned with must be what it should be.</summary>
    private static bool IsSegment(SealedSegment? segment) =>
        segment is { Number: > 0, Bytes: > 0, Records: > 0, Flows: >= 0, FirstSequence: > 0, ChainHead: { } head } && segment.LastSequence >= segment.FirstSequence
        && head.Length == RecordChain.Prefix.Length + (2 * RecordChain.HeadLength) && head.StartsWith(RecordChain.Prefix, StringComparison.Ordinal)
        && head.AsSpan(RecordChain.Prefix.Length).IndexOfAnyExcept(Hex) < 0;

    /// <summary>A file of the case and no other one of this computer.</summary>
    private static bool IsFile(SealedFile? file)
    {
        var name = file?.Name.StartsWith(CaseFolder.OriginalsPrefix, StringComparison.Ordinal) is true ? file.Name[CaseFolder.OriginalsPrefix.Length..] : file?.Name;
        return name is not null && Path.GetFileName(name) == name;
    }

    private static bool IsErasure(SealedErasure? erasure) =>
        erasure is { Id: { Length: > 0 }, Seal: > 0, Segments.IsDefault: false }
        && erasure.Segments.All(s => s is { Number: > 0 } && SequenceRanges.Parse(s.Sequences) is not null);

    private static Seal? Parse(byte[] json)
    {
        try
        {
            var seal = JsonSerializer.Deserialize(json, SealJson.Default.Seal);
            return seal is { Format: Seal.CurrentFormat, Segments.IsDefault: false, Files.IsDefault: false }
                && seal.Segments.All(IsSegment) && seal.Files.All(IsFile)
                && (seal.Erasures is not { } erasures || (!erasures.IsDefault && erasures.All(IsErasure)))
                ? seal
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
