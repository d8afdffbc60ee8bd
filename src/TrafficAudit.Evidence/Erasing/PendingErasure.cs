using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Erasing;

/// <summary>
/// An erasure that was ordered and is not sealed yet: <c>erasure.json</c> in the case. It is written before anything is erased and goes when the seal is
/// there that declares it, so that a program that is killed on the way can go on, and nobody else writes the case meanwhile.
/// </summary>
public sealed record PendingErasure
{
    private const string FileName = "erasure.json";

    /// <summary>What, when, by whom and why.</summary>
    public required Erasure Erasure { get; init; }

    /// <summary>The filter that chose the flows; null when there was none, or when it may hold a person's value.</summary>
    public string? Filter { get; init; }

    /// <summary>True when there was a filter that is not told.</summary>
    public bool FilterWithheld { get; init; }

    /// <summary>Flows were chosen that started longer ago than this many days; null when age did not matter.</summary>
    public int? RetentionDays { get; init; }

    /// <summary>How many flows are erased.</summary>
    public required long Flows { get; init; }

    /// <summary>How many records.</summary>
    public required long Records { get; init; }

    /// <summary>The segments that hold them, ascending, as they were before.</summary>
    public required ImmutableArray<PendingSegment> Segments { get; init; }

    /// <summary>Reads it; null when nothing is pending.</summary>
    /// <exception cref="CaseException">It is there and can't be read.</exception>
    public static PendingErasure? Read(CaseFolder folder)
    {
        var path = PathIn(folder);
        try
        {
            var pending = JsonSerializer.Deserialize(File.ReadAllBytes(path), PendingJson.Default.PendingErasure);
            return pending is { Segments.IsDefault: false } && pending.Segments.All(s => s is { Number: > 0 } && SequenceRanges.Parse(s.Sequences) is not null)
                ? pending
                : throw new CaseException($"{path} is no erasure that was begun; restore it from a copy");
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CaseException($"{path} can't be read ({e.Message}); restore it from a copy", e);
        }
    }

    /// <summary>Whether one is pending.</summary>
    internal static bool IsIn(CaseFolder folder) => File.Exists(PathIn(folder));

    /// <exception cref="CaseException">One is pending.</exception>
    internal static void ThrowIfIn(CaseFolder folder)
    {
        if (IsIn(folder))
        {
            throw new CaseException($"An erasure in the case {folder.Info.Name} was begun and not finished; 'trafficaudit erase --case {folder.Info.Name}' finishes it");
        }
    }

    /// <summary>The name as faults name it.</summary>
    internal static string Name => FileName;

    internal void Write(CaseFolder folder) => PrivateFile.Write(PathIn(folder), JsonSerializer.SerializeToUtf8Bytes(this, PendingJson.Default.PendingErasure));

    internal static void Delete(CaseFolder folder) => File.Delete(PathIn(folder));

    /// <summary>What the journal says of it.</summary>
    internal JsonElement ToJournal() => JsonSerializer.SerializeToElement(this, PendingJson.Default.PendingErasure);

    /// <summary>The erasure that a journal record is of; null when it says none.</summary>
    internal static string? IdOf(JsonElement journal) =>
        journal.ValueKind == JsonValueKind.Object && journal.TryGetProperty("erasure", out var erasure) && erasure.ValueKind == JsonValueKind.Object
        && erasure.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
            ? id.GetString()
            : null;

    private static string PathIn(CaseFolder folder) => Path.Combine(folder.Path, FileName);
}

/// <summary>A segment before it is rewritten.</summary>
/// <param name="Number">Its number.</param>
/// <param name="File">Its name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its digest in lower-case hex.</param>
/// <param name="Sequences">The numbers in the chain of the records that are erased: <c>12-14,20</c>.</param>
public sealed record PendingSegment(int Number, string File, long Bytes, string Sha256, string Sequences);

/// <summary>The JSON of a pending erasure, and of the journal record of it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PendingErasure))]
internal sealed partial class PendingJson : JsonSerializerContext;
