using System.Text;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.Detection;

/// <summary>Known values in formats that no decoder reads.</summary>
public sealed class UndecodedDetectionTests
{
    private static readonly Persona Person = SomePersona.Of(("phone", "010-0000-0000"), ("email", "tester@mail.example"), ("name", "홍길동"), ("gender", "M"));

    private static readonly byte[] Noise = [0x93, 0xFF, 0x01, 0xC1, 0x00, 0xFE, 0x80, 0x9C, 0x07, 0xC1, 0xF5, 0x02];

    public static TheoryData<string, byte[]> Values => new()
    {
        { "phone", Encoding.UTF8.GetBytes("01000000000") },
        { "email", Encoding.UTF8.GetBytes("TESTER@mail.example") },
        { "name", Encoding.UTF8.GetBytes("홍길동") },
        { "phone", Encoding.Unicode.GetBytes("01000000000") },
        { "phone", Encoding.BigEndianUnicode.GetBytes("01000000000") },
        { "phone", [0x01, .. Encoding.Unicode.GetBytes("01000000000")] },
        { "email", EmailDigest() },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void KnownValue_IsFoundBetweenBytesOfAnyFormat(string item, byte[] value)
    {
        var finding = Assert.Single(Find([.. Noise, .. value, .. Noise]));

        Assert.Equal((item, Detector.Persona, Strength.A), (finding.Item, finding.Detector, finding.Strength));
        Assert.Contains("The value holds the persona's", finding.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x01000000000")]
    [InlineData("010000000001")]
    [InlineData("M")]
    [InlineData("0100 000")]
    public void PartOfAWord_AndAShortValue_AreNotFound(string text) => Assert.Empty(Find([.. Noise, .. Encoding.UTF8.GetBytes(text), .. Noise]));

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "")]
    [InlineData(2, "")]
    [InlineData(0, "v2.")]
    [InlineData(1, "k=")]
    [InlineData(2, "aQ")]
    public void KnownValue_IsFoundInBase64OfAnyAlignment(int shift, string before)
    {
        var blob = Convert.ToBase64String([.. Noise[..(6 + shift)], .. "01000000000"u8, .. Noise]);

        var finding = Assert.Single(FindText($$"""{"t":"{{before}}{{blob}}"}"""));

        Assert.Equal(("phone", FindingState.Encoded), (finding.Item, finding.State));
        Assert.EndsWith("base64", string.Join(' ', finding.Encodings), StringComparison.Ordinal);
    }

    [Fact]
    public void ManyMegabytesThatHoldNothing_AreSearchedInTime()
    {
        var random = new Random(7);
        var bytes = new byte[8 * 1024 * 1024];
        random.NextBytes(bytes);

        Assert.Empty(Find(bytes));
        Assert.Empty(FindText($$"""{"t":"x {{Convert.ToBase64String(bytes)}}"}"""));
    }

    private static byte[] EmailDigest() => Encoding.UTF8.GetBytes(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("tester@mail.example"u8)));

    private static IReadOnlyList<Finding> Find(byte[] body) => Find("application/octet-stream", body);

    private static IReadOnlyList<Finding> FindText(string json) => Find("application/json", Encoding.UTF8.GetBytes(json));

    private static IReadOnlyList<Finding> Find(string type, byte[] body)
    {
        using var flow = Some.Flow(request: Some.Message($"POST /a HTTP/1.1\nHost: h.example\nContent-Type: {type}", body));
        return new Classifier(Person).Classify(flow).Findings;
    }
}
