using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>
/// Peers that misbehave, through the built program: the flow is recorded with its token, the client is told what happened, and a good
/// request afterwards works.
/// </summary>
public sealed class MisbehaviourTests
{
    [Fact]
    public async Task EveryFailure_IsRecordedToldAndDisturbsNothing()
    {
        using var lab = new Laboratory();
        await using var good = await WebServer.StartAsync(
            "127.0.21.4", context => context.Response.WriteAsync("good"), lab.Servers.Issue(["good.shop-cn.example"]));
        await using var bad = await WebServer.StartAsync("127.0.22.4", _ => Task.CompletedTask, lab.Servers.Issue(["bad.shop-cn.example"], expired: true));
        await using var resetting = RawServer.Start("127.0.23.4", async (stream, stop) =>
        {
            await stream.ReadExactlyAsync(new byte[10], stop);
            stream.Socket.LingerState = new LingerOption(true, 0);
        });
        await using var stalling = RawServer.Start("127.0.24.4", (_, stop) => Task.Delay(Timeout.Infinite, stop));
        await using var capture = await CaptureProcess.StartAsync(
            lab, "bad", "--upstream-timeout", "1", "--resolve", "good.shop-cn.example:127.0.21.4", "--resolve", "bad.shop-cn.example:127.0.22.4",
            "--resolve", "reset.shop-cn.example:127.0.23.4", "--resolve", "stall.shop-cn.example:127.0.24.4", "--resolve", "gone.shop-cn.example:127.0.21.5");
        var goodUrl = $"https://good.shop-cn.example:{good.Endpoint.Port}/";
        (string Url, string Token, string Status)[] failures =
        [
            ($"http://gone.shop-cn.example:{FreePort("127.0.21.5")}/", "upstream_refused", "502"),
            ($"http://reset.shop-cn.example:{resetting.Endpoint.Port}/", "upstream_reset", "502"),
            ($"http://stall.shop-cn.example:{stalling.Endpoint.Port}/", "upstream_timeout", "504"),
            ($"https://bad.shop-cn.example:{bad.Endpoint.Port}/", "upstream_certificate_invalid", "502"),
        ];

        foreach (var (url, token, status) in failures)
        {
            var answer = await CurlAsync(capture, url);
            Assert.Contains(token, answer, StringComparison.Ordinal);
            Assert.EndsWith(status, answer, StringComparison.Ordinal);
            Assert.Equal("good200", await CurlAsync(capture, goodUrl));
        }

        Assert.Equal(0, await capture.StopAsync());
        var flows = await FlowsAsync(lab, "bad");
        Assert.All(failures, f => Assert.Contains((new Uri(f.Url).Host, f.Token), flows));
        Assert.Equal(failures.Length, flows.Count(f => f == ("good.shop-cn.example", "")));
    }

    [Fact]
    public async Task GarbageOnTheProxyPort_IsRecordedAndDisturbsNothing()
    {
        using var lab = new Laboratory();
        await using var good = await WebServer.StartAsync("127.0.21.6", context => context.Response.WriteAsync("good"));
        await using var capture = await CaptureProcess.StartAsync(lab, "garbage", "--resolve", "good.shop-cn.example:127.0.21.6");
        using (var client = await ConnectAsync(capture))
        {
            var garbage = new byte[2000];
            new Random(7).NextBytes(garbage);
            garbage[0] = 0xA7;
            await client.SendAsync(garbage);
            Assert.StartsWith("HTTP/1.1 400", await ReadAsync(client), StringComparison.Ordinal);
        }

        Assert.Equal("good200", await CurlAsync(capture, $"http://good.shop-cn.example:{good.Endpoint.Port}/"));
        Assert.Equal(0, await capture.StopAsync());
        var flows = await FlowsAsync(lab, "garbage");
        Assert.Contains(flows, f => f.Failure is "not_http" or "client_protocol_error");
        Assert.Contains(("good.shop-cn.example", ""), flows);
    }

    [Fact]
    public async Task ClientThatVanishesInMidBody_IsClientReset()
    {
        using var lab = new Laboratory();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var good = await WebServer.StartAsync("127.0.21.7", async context =>
        {
            if (HttpMethods.IsPost(context.Request.Method))
            {
                await context.Request.Body.ReadExactlyAsync(new byte[10]);
                reached.SetResult();
                await context.Request.Body.CopyToAsync(Stream.Null);
            }

            await context.Response.WriteAsync("good");
        });
        await using var capture = await CaptureProcess.StartAsync(lab, "gone", "--resolve", "good.shop-cn.example:127.0.21.7");
        var authority = $"good.shop-cn.example:{good.Endpoint.Port}";
        using (var client = await ConnectAsync(capture))
        {
            var head = $"POST http://{authority}/up HTTP/1.1\r\nHost: {authority}\r\nContent-Length: 300000\r\n\r\n";
            await client.SendAsync(Encoding.ASCII.GetBytes(head + new string('x', 100_000)));
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
            client.LingerState = new LingerOption(true, 0);
        }

        await capture.WaitForAsync("client_reset");
        Assert.Equal("good200", await CurlAsync(capture, $"http://{authority}/"));
        Assert.Equal(0, await capture.StopAsync());
        var flows = await FlowsAsync(lab, "gone");
        Assert.Contains(("good.shop-cn.example", "client_reset"), flows);
        Assert.Contains(("good.shop-cn.example", ""), flows);
    }

    private static int FreePort(string address)
    {
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<Socket> ConnectAsync(CaptureProcess capture)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPEndPoint.Parse(capture.Proxy));
        return socket;
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[4096];
        var read = await socket.ReceiveAsync(buffer, patience.Token);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }

    /// <summary>What curl prints of an answer: its body, then its status.</summary>
    private static async Task<string> CurlAsync(CaptureProcess capture, string url)
    {
        var curl = await Built.RunOtherAsync(
            "curl", "-sS", "--max-time", "30", "--proxy", $"http://{capture.Proxy}", "--cacert", capture.Authority, "-w", "%{http_code}", url);
        Assert.True(curl.ExitCode == 0, $"curl {url}: {curl.Error}\n{capture.Terminal}");
        return curl.Output;
    }

    private static async Task<List<(string Host, string Failure)>> FlowsAsync(Laboratory lab, string caseName)
    {
        var outcome = await Built.RunAsync(lab, "flows", "--case", caseName, "--format", "ndjson");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return [.. outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read)];

        static (string Host, string Failure) Read(string line)
        {
            using var json = JsonDocument.Parse(line);
            return (json.RootElement.GetProperty("host").GetString()!, json.RootElement.GetProperty("failure").GetString() ?? "");
        }
    }
}
