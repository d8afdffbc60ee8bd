using TrafficAudit.Evidence.Tests.Recording;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Fuzzing;

/// <summary>A small segment of this program.</summary>
internal static class SegmentBytes
{
    public static byte[] Value { get; } = Task.Run(MakeAsync).GetAwaiter().GetResult();

    private static async Task<byte[]> MakeAsync()
    {
        using var @case = new TestCase();
        await using (var writer = await @case.OpenAsync())
        {
            await writer.RecordAsync(Some.Flow(writer.TakeNumber()), default);
            var messages = new MemoryConversation([Some.WebSocketMessage(0, "one")]);
            await writer.RecordAsync(Some.WebSocket(writer.TakeNumber(), 1) with { Messages = messages }, default);
        }

        return await File.ReadAllBytesAsync(@case.FirstSegment);
    }
}
