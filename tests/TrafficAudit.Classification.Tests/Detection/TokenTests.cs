using System.Buffers.Text;
using System.Text;
using TrafficAudit.Model;
using Reading = TrafficAudit.Classification.Tests.Decoding.Reading;

namespace TrafficAudit.Classification.Tests.Detection;

/// <summary>What is inside tokens, and tokens that prove themselves, by the real decoders.</summary>
public sealed class TokenTests
{
    private const string Utdid = "aVc1pfvvvoYDAHXMZpa+mP/F";

    private static string Token(string payload) =>
        $"{Base64Url.EncodeToString("""{"alg":"none"}"""u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.";

    [Fact]
    public void JsonWebToken_IsOneAndHoldsWhatItHolds()
    {
        var token = Token("""{"sub":"u-77310042","iat":1767323045,"email":"gildong@mail.example","phone_number":"+82 10-0000-0000","name":"성춘향"}""");
        var findings = Classify.Result(Reading.Fields($"Host: shop.example\nAuthorization: Bearer {token}")).Findings;

        Assert.Equal(
            [("email", Strength.D), ("jwt", Strength.D), ("name", Strength.D), ("phone", Strength.D), ("user_id", Strength.E)],
            findings.Select(f => (f.Item, f.Strength)).Order());
        Assert.All(findings.Where(f => f.Item != "jwt"), f => Assert.Contains("jwt", f.Location.Decodings));
    }

    [Fact]
    public void TokenOfTheReference_IsOne()
    {
        const string token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1MCIsImlhdCI6MTcwMDAwMDAwMH0.";

        Assert.Equal(("jwt", Strength.D), Assert.Single(Classify.Result(Reading.Target($"/p?access_token={token}")).Findings.Select(f => (f.Item, f.Strength))));
        Assert.Equal(("jwt", Strength.F), Assert.Single(Classify.Result(Reading.Target($"/p?x={token}")).Findings.Select(f => (f.Item, f.Strength))));
    }

    [Theory]
    [InlineData("eyJhbGciOiJub25lIn0")]
    [InlineData("eyJhbGciOiJub25lIn0.x.y.z")]
    [InlineData("eyJ.eyJ.x")]
    public void WhatIsNoToken_IsNone(string text) => Assert.DoesNotContain(Classify.Result(Reading.Target($"/p?access_token={text}")).Findings, f => f.Item == "jwt");

    [Theory]
    [InlineData("x-c-traceid: aVc1pfvvvoYDAHXMZpa+mP/F1767323045678001")]
    [InlineData("X-Anything: aVc1pfvvvoYDAHXMZpa%2BmP%2FF")]
    [InlineData("Cookie: a=b; k=aVc1pfvvvoYDAHXMZpa%2BmP%2FF")]
    public void Utdid_NeedsNoKey(string header)
    {
        var finding = Assert.Single(Classify.Result(Reading.Fields($"Host: shop.example\n{header}")).Findings);

        Assert.Equal(("vendor_device_id", Strength.C, Utdid), (finding.Item, finding.Strength, finding.Value));
        Assert.Contains("nothing else looks like that", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void UtdidUnderItsKey_IsCertainToo()
    {
        Assert.Equal(Strength.C, Assert.Single(Classify.Counted(SomeField.Request.Json($$"""{"utdid":"{{Utdid}}"}"""))).Strength);
        Assert.Equal(FindingState.Zeroed, Assert.Single(Classify.Counted(SomeField.Request.Json("""{"utdid":"ffffffffffffffffffffffff"}"""))).State);
    }
}
