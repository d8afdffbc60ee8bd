using System.Text;
using TrafficAudit.Results;

namespace TrafficAudit.Tests.Results;

public sealed class CsvOutputTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("한국어", "한국어")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("a\r\nb", "\"a\r\nb\"")]
    [InlineData("\"", "\"\"\"\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+82", "'+82")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("=HYPERLINK(\"http://x.example\",\"y\")", "\"'=HYPERLINK(\"\"http://x.example\"\",\"\"y\"\")\"")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("＋1", "'＋1")]
    [InlineData("－1", "'－1")]
    [InlineData("＠x", "'＠x")]
    [InlineData("a=1", "a=1")]
    [InlineData("'=1", "'=1")]
    public void Cell_IsQuotedAndNeverAFormula(string value, string cell) => Assert.Equal(cell, CsvOutput.Cell(value));

    [Fact]
    public async Task Rows_EndWithCrLf()
    {
        using var output = new MemoryStream();

        await CsvOutput.WriteAsync(output, ["A", "B"], new string[][] { ["1", "x,y"], ["", "2"] }.ToAsyncEnumerable(), TestContext.Current.CancellationToken);

        Assert.Equal("A,B\r\n1,\"x,y\"\r\n,2\r\n", Encoding.UTF8.GetString(output.ToArray()));
    }
}
