using TrafficAudit.Classification.Personas;

namespace TrafficAudit.Classification.Tests.Personas;

public sealed class PersonaCheckTests
{
    [Theory]
    [InlineData("name", "홍길동", ValueTrust.TooCommon, true)]
    [InlineData("name", "hong gildong", ValueTrust.TooCommon, true)]
    [InlineData("name", "어금솔얼", ValueTrust.Strong, false)]
    [InlineData("name", "민", ValueTrust.TooShort, true)]
    [InlineData("phone", "01012345678", ValueTrust.TooCommon, true)]
    [InlineData("phone", "010-0000-4837", ValueTrust.Strong, false)]
    [InlineData("email", "Test@Test.com", ValueTrust.TooCommon, true)]
    [InlineData("imei", "000000000000000", ValueTrust.TooCommon, true)]
    [InlineData("gaid", "00000000-0000-0000-0000-000000000000", ValueTrust.TooCommon, true)]
    [InlineData("user_id", "1111112222", ValueTrust.TooCommon, true)]
    [InlineData("nickname", "kim", ValueTrust.TooShort, true)]
    [InlineData("nickname", "bobata", ValueTrust.Weak, true)]
    [InlineData("gender", "F", ValueTrust.TooShort, false)]
    [InlineData("dob", "1981-03-27", ValueTrust.Weak, false)]
    public void Values_AreJudged(string item, string value, ValueTrust trust, bool isFault)
    {
        var judged = Assert.Single(PersonaCheck.Of(SomePersona.Of((item, value))));

        Assert.Equal((trust, isFault), (judged.Trust, judged.IsFault));
        Assert.NotEmpty(judged.Remark);
    }

    [Fact]
    public void ValueOfTwoItems_IsNamedOnce()
    {
        var judged = PersonaCheck.Of(SomePersona.Of(("user_id", "rupevi0670"), ("nickname", "rupevi0670")));

        Assert.Equal([ValueTrust.Strong, ValueTrust.TooCommon], judged.Select(v => v.Trust));
    }
}
