using System.Text;
using TrafficAudit.Classification.Personas;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Personas;

public sealed class NormalFormsTests
{
    [Theory]
    [InlineData("010-0000-0000", "010-0000-0000", "")]
    [InlineData("010-0000-0000", "01000000000", "digits")]
    [InlineData("010-0000-0000", "+821000000000", "e164")]
    [InlineData("010-0000-0000", "821000000000", "e164 digits")]
    [InlineData("010-0000-0000", "00821000000000", "e164 double_zero")]
    [InlineData("010-0000-0000", "1000000000", "without_trunk_zero")]
    [InlineData("010-0000-0000", "+8201000000000", "trunk_zero_kept")]
    [InlineData("010-0000-0000", "+82 10-0000-0000", "international")]
    [InlineData("010-0000-0000", "+82-10-0000-0000", "international hyphenated")]
    [InlineData("010-0000-0000", "010 0000 0000", "spaced")]
    [InlineData("010-0000-0000", "010.0000.0000", "dotted")]
    [InlineData("01000000000", "010-0000-0000", "hyphenated")]
    [InlineData("+821000000000", "01000000000", "national")]
    [InlineData("+82 10-0000-0000", "010-0000-0000", "national hyphenated")]
    [InlineData("+82 10-0000-0000", "821000000000", "e164 digits")]
    [InlineData("13800000000", "+8613800000000", "e164")]
    [InlineData("+1 202-555-0143", "2025550143", "national")]
    public void Phone_HasThisForm(string typed, string form, string transformations) => AssertForm("phone", typed, form, transformations);

    [Theory]
    [InlineData("hong.gildong@gmail.com", "lowercase")]
    [InlineData("HONG.GILDONG@GMAIL.COM", "uppercase")]
    [InlineData("honggildong@gmail.com", "lowercase gmail_dots_removed")]
    public void Email_HasThisForm(string form, string transformations) => AssertForm("email", "Hong.Gildong@gmail.com", form, transformations);

    [Theory]
    [InlineData("tester+lab@mail.example", "tester@mail.example", "tag_removed")]
    [InlineData("t.e.s.t+lab@gmail.com", "test@gmail.com", "tag_removed gmail_dots_removed")]
    [InlineData(" tester@mail.example ", "tester@mail.example", "trimmed")]
    public void EmailWithTagOrBlanks_HasThisForm(string typed, string form, string transformations) => AssertForm("email", typed, form, transformations);

    [Fact]
    public void DotsOutsideGmail_AreKept() =>
        Assert.DoesNotContain(NormalForms.Of(new PersonaValue("email", "a.b@mail.example")), form => form.Text == "ab@mail.example");

    [Theory]
    [InlineData("홍길동", "홍 길동", "spaced")]
    [InlineData("홍길동", "길동 홍", "reordered spaced")]
    [InlineData("홍길동", "홍", "family_name")]
    [InlineData("홍길동", "길동", "given_name")]
    [InlineData("홍 길동", "홍길동", "compact")]
    [InlineData("남궁민수", "남궁", "family_name")]
    [InlineData("Gildong Hong", "Hong Gildong", "reordered")]
    [InlineData("Gildong Hong", "gildonghong", "compact lowercase")]
    [InlineData("Gildong Hong", "HONG GILDONG", "reordered uppercase")]
    [InlineData("Gildong Hong", "gildong", "name_part lowercase")]
    public void Name_HasThisForm(string typed, string form, string transformations) => AssertForm("name", typed, form, transformations);

    [Fact]
    public void KoreanText_HasItsDecomposedForm() => AssertForm("name", "홍길동", "홍길동".Normalize(NormalizationForm.FormD), "nfd");

    [Fact]
    public void DecomposedPersona_HasItsComposedForm() =>
        Assert.Contains(NormalForms.Of(new PersonaValue("name", "홍길동".Normalize(NormalizationForm.FormD))), form => form.Text == "홍길동");

    [Theory]
    [InlineData("서울특별시중구세종대로110,17층1702호", "compact")]
    [InlineData("서울특별시 중구 세종대로 110", "main_part")]
    [InlineData("서울특별시중구세종대로110", "main_part compact")]
    [InlineData("세종대로 110", "street_part")]
    [InlineData("17층 1702호", "spaced")]
    public void KoreanAddress_HasThisForm(string form, string transformations) =>
        AssertForm("postal_address", "서울특별시 중구 세종대로 110, 17층 1702호", form, transformations);

    [Theory]
    [InlineData("서울 강남구 테헤란로4길 12, 101동 1502호", "서울 강남구 테헤란로4길 12")]
    [InlineData("(04524) 서울특별시 중구 세종대로  110 시청", "서울특별시 중구 세종대로 110")]
    [InlineData("경기도 성남시 분당구 삼평동 681 101동", "경기도 성남시 분당구 삼평동 681")]
    public void KoreanAddress_HasItsMainPart(string typed, string main) =>
        Assert.Contains(NormalForms.Of(new PersonaValue("postal_address", typed)), form => form.Text == main);

    [Fact]
    public void RomanisedAddress_HasItsStreet() => AssertForm("postal_address", "110 Sejong-daero, Jung-gu, Seoul", "110 Sejong-daero", "street_part");

    [Theory]
    [InlineData("gaid", "38400000-8cf0-41bd-b23e-10b96e40000d", "384000008cf041bdb23e10b96e40000d", "compact")]
    [InlineData("gaid", "38400000-8cf0-41bd-b23e-10b96e40000d", "38400000-8CF0-41BD-B23E-10B96E40000D", "uppercase")]
    [InlineData("gaid", "384000008cf041bdb23e10b96e40000d", "38400000-8cf0-41bd-b23e-10b96e40000d", "hyphenated")]
    [InlineData("mac", "00:00:5E:00:53:01", "00005E005301", "compact")]
    [InlineData("mac", "00:00:5E:00:53:01", "00-00-5e-00-53-01", "hyphenated lowercase")]
    [InlineData("rrn", "9001011123459", "900101-1123459", "hyphenated")]
    [InlineData("card_number", "4111111111111111", "4111 1111 1111 1111", "spaced")]
    [InlineData("dob", "1990-01-01", "19900101", "date_format")]
    public void Identifier_HasThisForm(string item, string typed, string form, string transformations) => AssertForm(item, typed, form, transformations);

    [Theory]
    [InlineData("name", "\uD800")]
    [InlineData("name", "홍\uDC00길동")]
    [InlineData("name", "홍\uFFFF길동")]
    [InlineData("phone", "not a number")]
    [InlineData("phone", "+")]
    [InlineData("email", "@")]
    [InlineData("email", "no address")]
    [InlineData("postal_address", ",")]
    [InlineData("dob", "long ago")]
    [InlineData("mac", "-")]
    public void OddValue_HasAtLeastItself(string item, string typed) =>
        Assert.Contains(NormalForms.Of(new PersonaValue(item, typed)), form => form.Text == typed && form.Transformations.IsEmpty);

    [Fact]
    public void EveryTransformation_IsInTheClosedList()
    {
        var used = SomePersona.Full.Values.SelectMany(NormalForms.Of).SelectMany(form => form.Transformations).Distinct();

        Assert.All(used, transformation => Assert.Contains(transformation, Transformation.All));
        Assert.Equal(Transformation.All.Length, Transformation.All.Distinct().Count());
    }

    private static void AssertForm(string item, string typed, string form, string transformations)
    {
        var found = Assert.Single(NormalForms.Of(new PersonaValue(item, typed)), known => known.Text == form);
        Assert.Equal(transformations, string.Join(' ', found.Transformations));
    }
}
