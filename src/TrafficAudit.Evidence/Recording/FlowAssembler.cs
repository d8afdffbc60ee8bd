using System.Text.Json;
using TrafficAudit.Evidence.Erasing;
using TrafficAudit.Evidence.Storage;
using TrafficAudit.Evidence.Warc;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Recording;

/// <summary>Puts flows together again from their records as these are read one after the other.</summary>
/// <param name="segmentOf">The other segments; null for one that is not there.</param>
/// <param name="segment">The segment that is read.</param>
internal sealed class FlowAssembler(Func<int, CaseFile?> segmentOf, CaseFile segment)
{
    /// <summary>Longer blocks stay in the segment, so that reading a case needs no large memory.</summary>
    private const int MemoryBytes = 1024 * 1024;

    /// <summary>No head is longer, whatever the metadata says.</summary>
    private const int LongestHead = 16 * 1024 * 1024;

    private Part? _request;
    private Part? _response;

    /// <summary>Takes a record of a flow; gives the flow that it completes, or null.</summary>
    /// <exception cref="InvalidDataException">The record is damaged, or does not belong to the ones before it.</exception>
    public (FlowRecord Flow, long Offset)? Add(WarcRecord record)
    {
        switch (record.Type)
        {
            case var _ when record[WarcHeaders.Erased] is not null:
                return Erased(record);
            case "request":
                _request = Read(record);
                _response = null;
                return null;
            case "response":
                _response = Read(record);
                return null;
            case var _ when record[WarcHeaders.Part] is not null:
                // An opening, or messages: the record that completes the flow says where they lie.
                record.Verify();
                return null;
            default:
                return Complete(record);
        }
    }

    /// <summary>Reads the block of a record that completes a flow.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static StoredMetadata Metadata(WarcRecord record)
    {
        try
        {
            return JsonSerializer.Deserialize(record.ReadBlock(), EvidenceJson.Default.StoredMetadata)
                ?? throw new InvalidDataException("The metadata is empty");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            throw new InvalidDataException("The metadata is no JSON of a flow", e);
        }
    }

    private static Part Read(WarcRecord record)
    {
        if (record.ContentLength <= MemoryBytes)
        {
            return new Part(record.Flow, record.Offset, record.ContentLength, record.ReadBlock());
        }

        record.Verify();
        return new Part(record.Flow, record.Offset, record.ContentLength, null);
    }

    /// <summary>Parts of a flow whose metadata is damaged are left lying.</summary>
    private static Part? Own(Part? part, WarcRecord metadata) => part?.Flow == metadata.Flow ? part : null;

    /// <summary>Of an erased flow the record that completed it says what is left; the others say nothing.</summary>
    private static (FlowRecord Flow, long Offset)? Erased(WarcRecord record)
    {
        if (record.Type != "metadata" || record[WarcHeaders.Part] is not null)
        {
            record.Verify();
            return null;
        }

        return Tombstone.Parse(record.ReadBlock()) is { Flow: { } left } tombstone
            ? (new FlowRecord(left with { Erased = tombstone.Erased }, null, null), record.Offset)
            : throw new InvalidDataException("The tombstone is none of a flow");
    }

    private (FlowRecord Flow, long Offset) Complete(WarcRecord record)
    {
        var stored = Metadata(record);
        var (request, response) = (Own(_request, record), Own(_response, record));
        (_request, _response) = (null, null);
        var flow = new FlowRecord(
            stored.Flow with { Erased = null },
            ToMessage(request, stored.RequestHeadLength, stored.ExactRequestHead),
            ToMessage(response, stored.ResponseHeadLength, stored.ExactResponseHead),
            stored.Batches is { } batches ? new SegmentConversation(segmentOf, stored.Flow.Number, batches) : null);
        return (flow, request?.Offset ?? response?.Offset ?? record.Offset);
    }

    private Message? ToMessage(Part? part, int? headLength, byte[]? exactHead)
    {
        if (part is null && headLength is null)
        {
            return null;
        }

        if (part is null || headLength is null || headLength < 0 || headLength > Math.Min(part.Length, LongestHead))
        {
            throw new InvalidDataException("The flow's records do not fit each other");
        }

        var cut = headLength.Value;
        if (part.Memory is { } memory)
        {
            return new Message(exactHead ?? memory.AsMemory(0, cut), cut == part.Length ? Body.Empty : new MemoryBody(memory.AsMemory(cut)));
        }

        return new Message(
            exactHead ?? new SegmentBody(segment, part.Offset, 0, cut).ToMemory(),
            new SegmentBody(segment, part.Offset, cut, part.Length - cut));
    }

    /// <summary>A request's or response's record; its block where that is small.</summary>
    private sealed record Part(long? Flow, long Offset, long Length, byte[]? Memory);
}
