using TrafficAudit.Classification.Rules;

namespace TrafficAudit.Classification.Tests.Rules;

public sealed class PlaceholdersTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("NULL")]
    [InlineData("N/A")]
    [InlineData("undefined")]
    [InlineData("[object Object]")]
    [InlineData("${GAID}")]
    [InlineData("{gaid}")]
    [InlineData("[IFA]")]
    [InlineData("%%EMAIL%%")]
    [InlineData("@@CRITEO_USERID@@")]
    [InlineData("OPTOUT")]
    [InlineData("****")]
    [InlineData("0000000000")]
    [InlineData("-")]
    [InlineData("")]
    public void Placeholder_IsOne(string value) => Assert.True(Placeholders.BuiltIn.Contains(value));

    [Theory]
    [InlineData("a@b.example")]
    [InlineData("10")]
    [InlineData("홍길동")]
    [InlineData("nullable")]
    public void Value_IsNone(string value) => Assert.False(Placeholders.BuiltIn.Contains(value));

    [Theory]
    [InlineData("gaid", "00000000-0000-0000-0000-000000000000", true)]
    [InlineData("mac", "02:00:00:00:00:00", true)]
    [InlineData("android_id", "9774D56D682E549C", true)]
    [InlineData("imei", "000000000000000", true)]
    [InlineData("gaid", "38400000-8cf0-41bd-b23e-10b96e40000d", false)]
    [InlineData("phone", "000000000000000", false)]
    public void UnavailableIdentifier_IsZeroed(string item, string value, bool isZeroed) =>
        Assert.Equal(isZeroed, Placeholders.BuiltIn.IsZeroed(item, value));
}
