using System.Net;
using System.Text;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests;

/// <summary>What is in a head goes on as it is: the server's bytes are compared with the client's.</summary>
public sealed class HeadFidelityTests
{
    [Theory]
    [InlineData("X-Name: \u00ed\u0099\u008d\u00ea\u00b8\u00b8\u00eb\u008f\u0099")] // UTF-8
    [InlineData("X-Name: \u00c8\u00ab\u00b1\u00e6\u00b5\u00bf")] // EUC-KR
    public async Task FieldThatIsNotAscii_PassesByteForByteBothWays(string field)
    {
        await using var proxy = await ProxyHarness.StartAsync(["bytes.example:127.0.11.21"]);
        var seen = "";
        await using var server = RawServer.Start("127.0.11.21", async (stream, stop) =>
        {
            seen = await ProxyHarness.ReadHeadAsync(stream).WaitAsync(stop);
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\n{field}\r\nContent-Length: 0\r\n\r\n"), stop);
        });
        await using var stream = await proxy.ConnectAsync();

        await stream.WriteAsync(Encoding.Latin1.GetBytes(
            $"GET http://bytes.example:{server.Endpoint.Port}/ HTTP/1.1\r\nHost: bytes.example\r\n{field}\r\n\r\n"));
        var answer = await ProxyHarness.ReadHeadAsync(stream);

        using var flow = await proxy.Sink.NextAsync();
        Assert.Null(flow.Metadata.Failure);
        Assert.Contains($"\r\n{field}\r\n", seen, StringComparison.Ordinal);
        Assert.Contains($"\r\n{field}\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"\r\n{field}\r\n", Encoding.Latin1.GetString(flow.Request!.Head.Span), StringComparison.Ordinal);
        Assert.Contains($"\r\n{field}\r\n", Encoding.Latin1.GetString(flow.Response!.Head.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "Content-Length: 0\r\n")]
    public async Task ContentFieldsOfARequestWithoutBody_ReachTheServer(string method, string length)
    {
        await using var proxy = await ProxyHarness.StartAsync(["bare.example:127.0.11.22"]);
        var seen = "";
        await using var server = RawServer.Start("127.0.11.22", async (stream, stop) =>
        {
            seen = await ProxyHarness.ReadHeadAsync(stream).WaitAsync(stop);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), stop);
        });
        await using var stream = await proxy.ConnectAsync();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"{method} http://bare.example:{server.Endpoint.Port}/ HTTP/1.1\r\nHost: bare.example\r\nContent-Type: application/json\r\nContent-Language: ko\r\n{length}\r\n"));
        await ProxyHarness.ReadHeadAsync(stream);

        Assert.Contains("\r\nContent-Type: application/json\r\n", seen, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Language: ko\r\n", seen, StringComparison.Ordinal);
    }
}
