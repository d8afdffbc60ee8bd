using System.Text.Json;
using TrafficAudit.Evidence.Recording;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Erasing;

/// <summary>
/// What stands in the place of an erased block: by which erasure, and how long the block was. In the record that completes a flow also what is left of
/// the flow's metadata (see <see cref="ErasedMetadata"/>).
/// </summary>
internal sealed record Tombstone
{
    public required Erasure Erased { get; init; }

    /// <summary>Bytes of the block that was erased.</summary>
    public required long Length { get; init; }

    public FlowMetadata? Flow { get; init; }

    /// <summary>Reads a block; null when it is none.</summary>
    public static Tombstone? Parse(ReadOnlySpan<byte> block)
    {
        try
        {
            return JsonSerializer.Deserialize(block, EvidenceJson.Default.Tombstone);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>
    /// The block: JSON and an empty line. In records of requests and responses readers look for the end of an HTTP head whatever the media type says, and
    /// warcio.js goes into the next record where none comes.
    /// </summary>
    public byte[] ToBlock() => [.. JsonSerializer.SerializeToUtf8Bytes(this, EvidenceJson.Default.Tombstone), .. "\r\n\r\n"u8];
}
