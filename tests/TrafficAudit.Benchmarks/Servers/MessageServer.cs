using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace TrafficAudit.Benchmarks.Servers;

/// <summary>Sends small messages on a WebSocket, so many a second, until it is closed.</summary>
internal static class MessageServer
{
    private const int BurstsPerSecond = 50;

    public static async Task SendAsync(HttpContext context, int perSecond)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / BurstsPerSecond));
        long sent = 0;
        try
        {
            for (long burst = 1; await timer.WaitForNextTickAsync(context.RequestAborted); burst++)
            {
                for (var due = burst * perSecond / BurstsPerSecond; sent < due; sent++)
                {
                    var message = Encoding.UTF8.GetBytes($$"""{"seq":{{sent}},"room":"lobby","text":"invented message of a chat that nobody has"}""");
                    await socket.SendAsync(message.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The client has gone, as it does at the end of a measurement.
        }
    }
}
