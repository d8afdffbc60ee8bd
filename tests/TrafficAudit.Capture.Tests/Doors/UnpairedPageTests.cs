using System.Net;
using System.Text;
using TrafficAudit.Capture.Doors;

namespace TrafficAudit.Capture.Tests.Doors;

public sealed class UnpairedPageTests
{
    private static readonly IPEndPoint Reached = new(IPAddress.Parse("::ffff:192.0.2.1"), 8080);

    [Fact]
    public void Request_GetsAPageThatSaysHowToPair()
    {
        var answer = UnpairedPage.ForRequest("en", Reached);

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        var page = Encoding.UTF8.GetString(answer.Body.Span);
        Assert.Contains("nothing was forwarded", page, StringComparison.Ordinal);
        Assert.Contains("href=\"http://192.0.2.1:8080/\"", page, StringComparison.Ordinal);

        // It is shown under another host's name: what it names by path would be asked of that host.
        Assert.DoesNotContain("href=\"/", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public void KoreanPhone_GetsKoreanFirst()
    {
        var page = Encoding.UTF8.GetString(UnpairedPage.ForRequest("ko-KR", Reached).Body.Span);

        Assert.True(page.IndexOf("등록되지 않아", StringComparison.Ordinal) < page.IndexOf("not paired", StringComparison.Ordinal));
    }

    [Fact]
    public void Connect_GetsOneLineAndTheEndOfTheConnection()
    {
        var bytes = Encoding.UTF8.GetString(UnpairedPage.ForConnect(Reached).ToHttp11());

        Assert.StartsWith("HTTP/1.1 403 Forbidden\r\n", bytes, StringComparison.Ordinal);
        Assert.Contains("Connection: close\r\n", bytes, StringComparison.Ordinal);
        var body = bytes[(bytes.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.Contains($"Content-Length: {body.Length}\r\n", bytes, StringComparison.Ordinal);
        Assert.Contains("http://192.0.2.1:8080/", body, StringComparison.Ordinal);
        Assert.Equal(body.Length - 1, body.IndexOf('\n', StringComparison.Ordinal));
    }
}
