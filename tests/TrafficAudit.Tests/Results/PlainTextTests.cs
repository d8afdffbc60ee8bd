using TrafficAudit.Results;

namespace TrafficAudit.Tests.Results;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("GET /path 200 한국 日本 é 🙂", "GET /path 200 한국 日本 é 🙂")]
    [InlineData("\u001b[31mred", @"\u001b[31mred")]
    [InlineData("\u009b31m", @"\u009b31m")]
    [InlineData("a\0b\ac\u007f", @"a\u0000b\u0007c\u007f")]
    [InlineData("a\r\nb\tc", @"a\u000d\u000ab\u0009c")]
    [InlineData("a\u202egpj.exe", @"a\u202egpj.exe")]
    [InlineData("\u2066x\u2069\u200b\ufeff", @"\u2066x\u2069\u200b\ufeff")]
    [InlineData("a\u2028b\u2029", @"a\u2028b\u2029")]
    [InlineData("\ue000", @"\ue000")]
    [InlineData("\U000E0041", @"\udb40\udc41")]
    [InlineData("\U000F0000", @"\udb80\udc00")]
    public void UnsafeCharacters_BecomeVisible(string text, string shown) => Assert.Equal(shown, PlainText.Of(text));

    [Fact]
    public void HalfASurrogatePair_BecomesVisible()
    {
        // Theory data with lone surrogates doesn't survive the test runner.
        Assert.Equal(@"a\ud83d", PlainText.Of("a" + '\ud83d'));
        Assert.Equal(@"\ude00b", PlainText.Of('\ude00' + "b"));
    }
}
