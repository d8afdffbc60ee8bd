using System.Text;

namespace TrafficAudit.Capture.Connections;

/// <summary>An HTTP/1.1 answer in plain text, for connections on which Kestrel does not speak.</summary>
internal static class PlainAnswer
{
    public static byte[] Bytes(string status, string text)
    {
        var body = Encoding.UTF8.GetBytes($"TrafficAudit: {text}\n");
        return
        [
            .. Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"),
            .. body,
        ];
    }
}
