using TrafficAudit.Capture.Doors;

namespace TrafficAudit.Capture.Tests.Doors;

public sealed class DeviceNameTests
{
    [Theory]
    [InlineData("Test phone", "Test phone")]
    [InlineData("  시험용 전화 1  ", "시험용 전화 1")]
    [InlineData(null, "phone")]
    [InlineData("", "phone")]
    [InlineData(" \t\r\n", "phone")]
    [InlineData("\u202e\u200b", "phone")]
    [InlineData("a\u001b[31mb", "a [31mb")]
    [InlineData("a\u202eb\ufeffc", "abc")]
    [InlineData("line\r\nbreak", "line  break")]
    [InlineData("📱 one", "📱 one")]
    public void TypedName_IsOneVisibleLine(string? typed, string expected) => Assert.Equal(expected, DeviceName.Clean(typed));

    [Fact]
    public void HalfACharacter_IsReplaced() => Assert.Equal("bad \ufffd half", DeviceName.Clean("bad \ud800 half"));

    [Fact]
    public void LongName_IsCutBetweenCharacters()
    {
        Assert.Equal(new string('a', 64), DeviceName.Clean(new string('a', 100_000)));
        Assert.Equal(64, DeviceName.Clean(string.Concat(Enumerable.Repeat("📱", 100))).Length);
        Assert.Equal("a" + string.Concat(Enumerable.Repeat("📱", 31)), DeviceName.Clean("a" + string.Concat(Enumerable.Repeat("📱", 100))));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15", "iPhone")]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X)", "iPad")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-S911N) AppleWebKit/537.36", "Android SM-S911N")]
    [InlineData("Mozilla/5.0 (Linux; Android 13; Pixel 7 Build/TQ3A.230901.001; wv) AppleWebKit/537.36", "Android Pixel 7")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36", "Android")]
    [InlineData("Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0", "Android")]
    [InlineData("Mozilla/5.0 (Linux; Android ; ;;;", "Android")]
    [InlineData("Android", "Android")]
    [InlineData("Android 14; \u001b[2Jx)", "Android  [2Jx")]
    [InlineData("curl/8.0", "phone")]
    [InlineData("", "phone")]
    [InlineData(null, "phone")]
    public void UserAgent_GivesANameToStartFrom(string? userAgent, string expected) => Assert.Equal(expected, DeviceName.GuessFrom(userAgent));

    [Fact]
    public void EndlessUserAgent_IsAnsweredAtOnce() => Assert.Equal("Android", DeviceName.GuessFrom("Android 1; " + new string('a', 1_000_000)));
}
