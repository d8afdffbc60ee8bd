using System.Text;
using TrafficAudit.Results;

namespace TrafficAudit.Tests.Results;

public sealed class TableOutputTests
{
    [Fact]
    public async Task NoRows_IsALineThatSaysSo() => Assert.Equal("Nothing to show.\n", (await WriteAsync([], 10)).ReplaceLineEndings("\n"));

    [Fact]
    public async Task MoreRowsThanTheLimit_AreCounted()
    {
        var shown = await WriteAsync([.. Enumerable.Range(1, 25).Select(n => new[] { $"#{n}", "x" })], 10);

        Assert.Contains("#10", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("#11", shown, StringComparison.Ordinal);
        Assert.Contains("… and 15 more;", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExactlyTheLimit_SaysNothingOfMore() =>
        Assert.DoesNotContain("more;", await WriteAsync([["#1", "x"], ["#2", "y"]], 2), StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(80)]
    public async Task Terminal_IsNotOverrun(int width)
    {
        var shown = await WriteAsync([["#1", "가나다라마바사아자차카타파하" + new string('x', 300)]], 10, width);

        Assert.All(shown.Split('\n'), l => Assert.True(Columns(l.TrimEnd()) <= Math.Max(width, 20), $"{Columns(l)} columns: {l}"));
    }

    [Fact]
    public async Task KoreanText_KeepsTheColumnsInLine()
    {
        var shown = await WriteAsync([["#1", "서울특별시"], ["#2", "abcdefghij"]], 10, third: "end");

        var ends = shown.Split('\n').Where(l => l.Contains("end", StringComparison.Ordinal)).Select(l => Columns(l[..l.IndexOf("end", StringComparison.Ordinal)]));
        Assert.Single(ends.Distinct());
    }

    [Fact]
    public async Task MarkupAndEscapes_AreText()
    {
        var shown = await WriteAsync([["#1", "[red]x[/] \u001b[31m"]], 10);

        Assert.Contains(@"[red]x[/] \u001b[31m", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Footer_StandsBelow() => Assert.EndsWith("by Example\n", (await WriteAsync([["#1", "x"]], 10)).ReplaceLineEndings("\n"), StringComparison.Ordinal);

    private static int Columns(string text) => text.Sum(c => c is >= '\u1100' and <= '\uffdc' and not (>= '\u2000' and <= '\u2fff') ? 2 : 1);

    private static async Task<string> WriteAsync(string[][] rows, int most, int? width = null, string? third = null)
    {
        using var output = new MemoryStream();
        string[] columns = third is null ? ["Flow", "Path"] : ["Flow", "Path", "End"];
        await TableOutput.WriteAsync(
            output, width, columns, rows.Select(r => third is null ? r : [.. r, third]).ToAsyncEnumerable(), most, "by Example", TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
