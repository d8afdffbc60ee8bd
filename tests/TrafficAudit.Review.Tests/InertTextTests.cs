using TrafficAudit.Review.Display;

namespace TrafficAudit.Review.Tests;

public sealed class InertTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("plain text-1_~", "plain text-1_~")]
    [InlineData("<b>&amp;</b>", "<b>&amp;</b>")]
    [InlineData("서울특별시 한강로", "서울특별시 한강로")]
    [InlineData("😀é", "😀é")]
    [InlineData("C:\\Users\\u", "C:\\Users\\u")]
    [InlineData("\u001b[31mred", "\\u{1B}[31mred")]
    [InlineData("a\tb\r\n", "a\\u{9}b\\u{D}\\u{A}")]
    [InlineData("\u0000\u007F\u0085\u009B", "\\u{0}\\u{7F}\\u{85}\\u{9B}")]
    [InlineData("\u202Egnp.exe", "\\u{202E}gnp.exe")]
    [InlineData("\u2066a\u2069\u200F\u061C", "\\u{2066}a\\u{2069}\\u{200F}\\u{61C}")]
    [InlineData("\u200B\u200D\uFEFF\u00AD", "\\u{200B}\\u{200D}\\u{FEFF}\\u{AD}")]
    [InlineData("\u2028\u2029", "\\u{2028}\\u{2029}")]
    [InlineData("\u3164\uFFA0\u2800", "\\u{3164}\\u{FFA0}\\u{2800}")]
    [InlineData("\U000E0041\uE000", "\\u{E0041}\\u{E000}")]
    [InlineData("\uFFFD", "\uFFFD")]
    [InlineData("\\u{1B}", "\\u{5C}u{1B}")]
    [InlineData("e\u0301\u0301\u0301\u0301\u0301x", "e\u0301\u0301\u0301\u0301\\u{301}x")]
    public void Text_HiddenCharactersMadeVisible(string? text, string expected) => Assert.Equal(expected, InertText.Of(text));

    // Not inline data: lone surrogates do not survive an attribute's UTF-8.
    [Fact]
    public void LoneSurrogates_MadeVisible()
    {
        Assert.Equal("a\\u{D800}b\\u{DFFF}", InertText.Of("a\uD800b\uDFFF"));
        Assert.Equal("\\u{DC00}\\u{D800}", InertText.Of("\uDC00\uD800"));
    }

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abcdef… (+1)")]
    [InlineData("abcde😀", 6, "abcde… (+2)")]
    [InlineData("ab\n\n\n\n\n", 3, "ab\\u{A}… (+4)")]
    public void LongText_CutAndCounted(string text, int limit, string expected) => Assert.Equal(expected, InertText.Of(text, limit));

    [Fact]
    public void EveryCharacter_NoneHiddenComesThrough()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            foreach (var shown in InertText.Of(((char)c).ToString()))
            {
                Assert.False(char.IsControl(shown) || char.IsSurrogate(shown), $"U+{c:X4} comes through");
                Assert.NotEqual(System.Globalization.UnicodeCategory.Format, char.GetUnicodeCategory(shown));
            }
        }
    }

    [Fact]
    public void DifferentTexts_LookDifferent() =>
        Assert.NotEqual(InertText.Of("\u001b"), InertText.Of(InertText.Of("\u001b")));
}
