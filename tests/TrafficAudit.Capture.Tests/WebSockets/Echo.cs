using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

namespace TrafficAudit.Capture.Tests.WebSockets;

/// <summary>A WebSocket server that sends every message back until it is closed.</summary>
internal static class Echo
{
    public static async Task ServeAsync(HttpContext context, WebSocketAcceptContext? options = null)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await context.Response.WriteAsync("no WebSocket");
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(options ?? new WebSocketAcceptContext());
        var buffer = new byte[256 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseAsync(socket.CloseStatus!.Value, socket.CloseStatusDescription, CancellationToken.None);
                return;
            }

            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, CancellationToken.None);
        }
    }
}
