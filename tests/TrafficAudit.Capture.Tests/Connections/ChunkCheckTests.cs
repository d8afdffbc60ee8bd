using System.Text;
using TrafficAudit.Capture.Connections;

namespace TrafficAudit.Capture.Tests.Connections;

public sealed class ChunkCheckTests
{
    private const string Next = "GET / HTTP/1.1\r\n";

    [Theory]
    [InlineData("0\r\n\r\n")]
    [InlineData("5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("A;ext=\"a b\";x\r\n0123456789\r\n1\r\n\n\r\n00\r\nX-Sum: 1\r\nX-Empty:\r\n\r\n")]
    public void BodyInOrder_EndsWhereItEndsAtEverySplit(string body)
    {
        var bytes = Encoding.Latin1.GetBytes(body + Next);
        for (var split = 0; split <= body.Length; split++)
        {
            var check = new ChunkCheck();
            var first = check.Take(bytes.AsSpan(0, split));

            Assert.Equal(split, first);
            Assert.Equal(split == body.Length, check.IsDone);
            Assert.Equal(body.Length - split, check.Take(bytes.AsSpan(split)));
            Assert.True(check.IsDone);
        }
    }

    /// <summary>The second number is where the framing breaks.</summary>
    [Theory]
    [InlineData("5\nhello\r\n", 1)]
    [InlineData("x\r\n", 0)]
    [InlineData("-5\r\n", 0)]
    [InlineData("0x5\r\n", 1)]
    [InlineData("5\r\nhelloX", 8)]
    [InlineData("5\r\nhello\n", 8)]
    [InlineData("123456789\r\n", 8)]
    [InlineData("5;a\nb\r\n", 3)]
    [InlineData("0\r\nA : b\r\n\r\n", 4)]
    [InlineData("0\r\nA: b\n\r\n", 7)]
    public void BrokenBody_IsTakenUpToTheFaultAtEverySplit(string body, int fault)
    {
        var bytes = Encoding.Latin1.GetBytes(body);
        for (var split = 0; split <= fault; split++)
        {
            var check = new ChunkCheck();

            Assert.Equal(split, check.Take(bytes.AsSpan(0, split)));
            Assert.Equal(fault - split, check.Take(bytes.AsSpan(split)));
            Assert.False(check.IsDone);
        }
    }
}
