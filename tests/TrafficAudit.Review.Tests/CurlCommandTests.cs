using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TrafficAudit.Model;
using TrafficAudit.Review.Flows;
using TrafficAudit.Testing;

namespace TrafficAudit.Review.Tests;

/// <summary>The request as a command: run by a real shell with the real curl, it sends the same bytes.</summary>
public sealed class CurlCommandTests
{
    public static TheoryData<string, string> Bodies { get; } = new()
    {
        { "application/json", """{"a":"it's \"quoted\" $HOME `id` \\ 100%"}""" },
        { "text/plain", "@/etc/hostname" },
        { "text/plain", "two\nlines\r\nand a tab\t" },
        { "application/octet-stream", "\0\u0001\u0007''%s\\n\u00FF한글" },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task RunInAShell_SendsTheSameFieldsAndBody(string type, string body)
    {
        var request = Some.Message($"POST /a/../b%20c?x=1&y=[2]{{3}} HTTP/1.1\nHost: api.shop.example\nContent-Type: {type}\nX-Quote: it's \"so\" $PATH\nX-Empty:\nX-Twice: 1\nX-Twice: 2", body);

        var (head, sent) = await RunAsync(request);

        Assert.Equal("POST /a/../b%20c?x=1&y=[2]{3} HTTP/1.1", head[0]);
        Assert.Equal(request.Body.ToMemory().ToArray(), sent);
        Assert.Equal(
            ["Content-Type: " + type, "Host: api.shop.example", "X-Empty:", "X-Quote: it's \"so\" $PATH", "X-Twice: 1", "X-Twice: 2"],
            head[1..].Where(line => !line.StartsWith("Content-Length:", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task RequestWithoutBody_SendsNothingOfCurlsOwn()
    {
        var (head, _) = await RunAsync(Some.Message("DELETE /x HTTP/1.1\nHost: api.shop.example"));

        Assert.Equal(["DELETE /x HTTP/1.1", "Host: api.shop.example"], head);
    }

    [Fact]
    public void Masked_SaysSo()
    {
        var request = ReadMessage.Of(MessageKind.Request, Some.Message("POST /x?q=secret HTTP/1.1\nHost: a.example\nCookie: sid=secretsecret", "secret"));

        var command = CurlCommand.Of(request, Some.Flow().Metadata, new FindingPlaces([]), new ShownValues(IsRevealed: false), "/x")!;

        Assert.StartsWith("# values masked\n", command, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", command, StringComparison.Ordinal);
    }

    [Fact]
    public void LongBody_IsLeftToAFile()
    {
        var request = ReadMessage.Of(MessageKind.Request, Some.Message("POST /x HTTP/1.1\nHost: a.example", new string('x', 100_000)));

        var command = CurlCommand.Of(request, Some.Flow().Metadata, new FindingPlaces([]), new ShownValues(IsRevealed: true), "/x")!;

        Assert.Contains("--data-binary @request-body", command, StringComparison.Ordinal);
        Assert.InRange(command.Length, 1, 2_000);
    }

    private static async Task<(string[] Head, byte[] Body)> RunAsync(Message message)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var metadata = Some.Flow().Metadata with { Scheme = "http", Host = "127.0.0.1", Port = port };
        var command = CurlCommand.Of(ReadMessage.Of(MessageKind.Request, message), metadata, new FindingPlaces([]), new ShownValues(IsRevealed: true), "/")!;
        var received = ReceiveAsync(listener);
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["http_proxy"] = "";
        using var shell = Process.Start(start)!;
        var errors = await shell.StandardError.ReadToEndAsync(Cancellation);
        await shell.WaitForExitAsync(Cancellation);
        Assert.True(shell.ExitCode == 0, errors);
        return await received;
    }

    private static async Task<(string[] Head, byte[] Body)> ReceiveAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(Cancellation);
        var stream = client.GetStream();
        var bytes = new List<byte>();
        var buffer = new byte[4096];
        string[] head = [];
        var end = -1;
        var length = 0;
        while (end < 0 || bytes.Count < end + length)
        {
            var read = await stream.ReadAsync(buffer, Cancellation);
            Assert.True(read > 0, "curl has gone");
            bytes.AddRange(buffer.AsSpan(0, read));
            if (end < 0 && Encoding.Latin1.GetString([.. bytes]) is var text && text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var at)
            {
                end = at + 4;
                head = text[..at].Split("\r\n");
                length = head.FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal)) is { } counted ? int.Parse(counted[16..], System.Globalization.CultureInfo.InvariantCulture) : 0;
            }
        }

        await stream.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray(), Cancellation);
        return (head, [.. bytes[end..]]);
    }
}
