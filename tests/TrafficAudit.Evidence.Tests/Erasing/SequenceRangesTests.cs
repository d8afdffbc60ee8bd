using TrafficAudit.Evidence.Erasing;

namespace TrafficAudit.Evidence.Tests.Erasing;

public sealed class SequenceRangesTests
{
    [Fact]
    public void Numbers_AreWrittenAsRangesAndReadBack()
    {
        var ranges = new SequenceRanges();
        long[] numbers = [3, 4, 5, 9, 12, 13];
        foreach (var number in numbers)
        {
            ranges.Add(number);
        }

        var read = SequenceRanges.Parse(ranges.ToString())!;

        Assert.Equal(("3-5,9,12-13", 6), (read.ToString(), read.Count));
        Assert.Equal(numbers, Enumerable.Range(0, 20).Select(n => (long)n).Where(read.Contains));
        Assert.Throws<ArgumentOutOfRangeException>(() => ranges.Add(13));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("5-4")]
    [InlineData("1-3,3")]
    [InlineData("1-2-3")]
    [InlineData("-1")]
    [InlineData("1,,2")]
    [InlineData("99999999999999999999")]
    public void OtherText_IsNone(string? text) => Assert.Null(SequenceRanges.Parse(text));
}
