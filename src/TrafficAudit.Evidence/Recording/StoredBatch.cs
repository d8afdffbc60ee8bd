using System.Globalization;
using System.Runtime.InteropServices;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Recording;

/// <summary>What a batch of messages adds up to; a header line of its record, so that counting needs no reading of it.</summary>
/// <param name="Sent">Messages from the client.</param>
/// <param name="Received">Messages from the server.</param>
/// <param name="BytesSent">Bytes of their payloads, kept or not.</param>
/// <param name="BytesReceived"><inheritdoc cref="BytesSent"/></param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BatchTotals(int Sent, int Received, long BytesSent, long BytesReceived)
{
    public static BatchTotals Of(IReadOnlyList<WebSocketMessage> messages)
    {
        var totals = default(BatchTotals);
        foreach (var message in messages)
        {
            totals = message.Kind == MessageKind.WebSocketSent
                ? totals with { Sent = totals.Sent + 1, BytesSent = totals.BytesSent + message.Length }
                : totals with { Received = totals.Received + 1, BytesReceived = totals.BytesReceived + message.Length };
        }

        return totals;
    }

    public static BatchTotals? Parse(string? text)
    {
        var parts = text?.Split(' ') ?? [];
        return parts.Length == 4
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sent)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var received)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var bytesSent)
            && long.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var bytesReceived)
            ? new BatchTotals(sent, received, bytesSent, bytesReceived)
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sent} {Received} {BytesSent} {BytesReceived}");
}

/// <summary>Where a batch of messages lies.</summary>
/// <param name="Segment">The segment's number.</param>
/// <param name="Offset">Where in it the batch's record begins.</param>
/// <param name="Totals">What it adds up to.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StoredBatch(int Segment, long Offset, BatchTotals Totals);
