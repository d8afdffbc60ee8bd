using TrafficAudit.Classification.Correlation;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.Correlation;

/// <summary>What looks generated, and what only looks odd.</summary>
public sealed class ShapeReaderTests
{
    [Theory]
    [InlineData("38400000-8cf0-41bd-b23e-10b96e40000d")]
    [InlineData("38400000-8CF0-41BD-B23E-10B96E40000D")]
    [InlineData("android:38400000-8cf0-41bd-b23e-10b96e40000d")]
    [InlineData("9f3c1d5e7a2b4c68")]
    [InlineData("5d41402abc4b2a76b9719d911017c592")]
    [InlineData("7000000000123456789")]
    [InlineData("ZVPxABI0VngDAJwcljCrBZDk")]
    [InlineData("Cg4KDFj2s0aR9vQk1lTzNw==")]
    [InlineData("smid.k3j9x0q2m5n8p1r7z4")]
    public void GeneratedValues_AreTold(string value) => Assert.Equal(ValueShape.Generated, ShapeReader.OfText(value, Some.Time));

    [Theory]
    [InlineData("Mozilla/5.0 (Linux; Android 13; SM-A525F Build/TP1A.220624.014)")]
    [InlineData("samsung/a52qnsxx/a52q:13/TP1A.220624.014/A525FXXS4CVJ2:user/release-keys")]
    [InlineData("4.14.190-25818860-abA525FXXS4CVJ2")]
    [InlineData("5.10.136-android13-4-00123-g8f6b4b7e1a9d0c2f-ab9876543")]
    [InlineData("2.3.1-9f8e7d6c5b4a39281706f5e4d3c2b1a0")]
    [InlineData("SamsungGalaxyS23Ultra5G")]
    [InlineData("XiaomiRedmiNote12Pro5G128GB")]
    [InlineData("iPhone15ProMax256GB")]
    [InlineData("samsunggalaxys23ultra5g128gb")]
    [InlineData("qcomsm8450kalama5g12")]
    [InlineData("FirebaseAnalyticsSDK1234Android")]
    [InlineData("com.example.shopping_app.MainActivity2")]
    [InlineData("A525FXXS4CVJ2")]
    [InlineData("SM-A525F")]
    [InlineData("1080x2400")]
    [InlineData("Asia/Seoul")]
    [InlineData("118293491712")]
    [InlineData("1767323045678")]
    [InlineData("1767323045678123")]
    [InlineData("1767323045678123456")]
    [InlineData("20260102030405678")]
    [InlineData("2026-01-02T03:04:05.678Z")]
    [InlineData("0.1234567890123456")]
    [InlineData("126.97796919999999")]
    [InlineData("3.141592653589793238")]
    [InlineData("https://cdn.example/9f3c1d5e7a2b4c689f3c1d5e7a2b4c68.jpg")]
    [InlineData("/data/9f3c1d5e7a2b4c689f3c1d5e7a2b4c68")]
    [InlineData("someone@9f3c1d5e7a2b4c68.example")]
    [InlineData("a9f3c1d5e7a2b4c6, b9f3c1d5e7a2b4c6")]
    [InlineData("192.168.100.101")]
    [InlineData("2001:db8:0:1:2:3:4:5")]
    [InlineData("가나다라마바사아자차카타파하1234")]
    [InlineData("deadbeef")]
    [InlineData("abcdefabcdefabcdef")]
    [InlineData("1111111111111112")]
    public void OtherValues_AreNot(string value) => Assert.NotEqual(ValueShape.Generated, ShapeReader.OfText(value, Some.Time));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("0000000000000000")]
    [InlineData("ffffffffffffffff")]
    [InlineData("${DEVICE_ID}")]
    public void Placeholders_SayNothing(string value) => Assert.Equal(ValueShape.Nothing, ShapeReader.OfText(value, Some.Time));

    [Theory]
    [InlineData("SM-A525F")]
    [InlineData("x7Kd93Lq")]
    [InlineData("A525FXXS4CVJ2")]
    public void ShortMixtures_MayBeEither(string value) => Assert.Equal(ValueShape.Short, ShapeReader.OfText(value, Some.Time));

    [Fact]
    public void RandomBytesInBase64_AreToldMostly()
    {
        var random = new Random(5);
        var told = Enumerable.Range(0, 1000).Count(i =>
        {
            var bytes = new byte[16 + (i % 48)];
            random.NextBytes(bytes);
            return ShapeReader.OfText(Convert.ToBase64String(bytes), Some.Time) == ValueShape.Generated;
        });

        Assert.InRange(told, 850, 1000);
    }
}
