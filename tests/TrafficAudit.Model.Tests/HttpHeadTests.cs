using System.Text;
using TrafficAudit.Model;

namespace TrafficAudit.Model.Tests;

public sealed class HttpHeadTests
{
    private const string Request = "POST /a?b=c HTTP/1.1\r\nHost: shop.example\r\nX-Two: 1\r\nx-two:  2 \r\nContent-Type: Application/JSON; charset=utf-8\r\n\r\n";

    [Fact]
    public void Request_KeepsOrderCaseAndDuplicates()
    {
        var head = HttpHead.Parse(Encoding.ASCII.GetBytes(Request));

        Assert.Equal("POST", head.Method);
        Assert.Equal("/a?b=c", head.Target);
        Assert.Null(head.Status);
        Assert.Equal(["Host", "X-Two", "x-two", "Content-Type"], head.Fields.Select(f => f.Name));
        Assert.Equal(["1", "2"], head.Fields.Where(f => f.Is("X-TWO")).Select(f => f.Value));
        Assert.Equal("application/json", head.MediaType);
    }

    [Fact]
    public void Response_HasStatus()
    {
        var head = HttpHead.Parse("HTTP/1.1 204 No Content\r\n\r\n"u8);

        Assert.Equal(204, head.Status);
        Assert.Equal("", head.Method);
    }

    [Fact]
    public void BytesOverAscii_AreReadAsUtf8ElseLatin1()
    {
        var utf8 = HttpHead.Parse(Encoding.UTF8.GetBytes("GET / HTTP/1.1\r\nX: 홍길동\r\n\r\n"));
        var latin = HttpHead.Parse([.. "GET / HTTP/1.1\r\nX: "u8, 0xE9, .. "\r\n\r\n"u8]);

        Assert.Equal("홍길동", utf8["x"]);
        Assert.Equal("é", latin["x"]);
    }

    [Fact]
    public void EveryTruncation_IsReadWithoutThrowing()
    {
        var bytes = Encoding.ASCII.GetBytes(Request);
        for (var length = 0; length <= bytes.Length; length++)
        {
            Assert.NotNull(HttpHead.Parse(bytes.AsSpan(0, length)).Target);
        }
    }
}
