using System.Text.Json;
using System.Text.Json.Serialization;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Recording;

/// <summary>
/// The block of a flow's <c>metadata</c> record: the flow's metadata, and what is needed to get both messages back exactly out of their
/// records' blocks.
/// </summary>
internal sealed record StoredMetadata
{
    public required FlowMetadata Flow { get; init; }

    /// <summary>Bytes of the head at the start of the request's block; null where there is no request.</summary>
    public int? RequestHeadLength { get; init; }

    /// <summary>Bytes of the head at the start of the response's block; null where there is no response.</summary>
    public int? ResponseHeadLength { get; init; }

    /// <summary>The head as received, where the block's had to be changed (see <see cref="BlockHead"/>).</summary>
    public byte[]? ExactRequestHead { get; init; }

    /// <inheritdoc cref="ExactRequestHead"/>
    public byte[]? ExactResponseHead { get; init; }

    /// <summary>Where the messages of a WebSocket lie, in their order; null for other flows.</summary>
    public IReadOnlyList<StoredBatch>? Batches { get; init; }
}

/// <summary>The block of an opening: the flow as far as it was known, complete in itself.</summary>
internal sealed record StoredOpening
{
    public required FlowMetadata Flow { get; init; }

    public byte[]? RequestHead { get; init; }

    public byte[]? ResponseHead { get; init; }

    /// <summary>Where its messages of earlier segments lie, when a new segment says again which flows are open.</summary>
    public IReadOnlyList<StoredBatch> Batches { get; init; } = [];
}

/// <summary>A journal record's block.</summary>
internal sealed record StoredJournalEntry(string Kind, DateTimeOffset Time, JsonElement Content);

/// <summary>The JSON of evidence records.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StoredMetadata))]
[JsonSerializable(typeof(StoredOpening))]
[JsonSerializable(typeof(StoredMessage))]
[JsonSerializable(typeof(StoredJournalEntry))]
[JsonSerializable(typeof(Erasing.Tombstone))]
internal sealed partial class EvidenceJson : JsonSerializerContext;
