using TrafficAudit.Classification.Rules;
using TrafficAudit.Model;
using Reading = TrafficAudit.Classification.Tests.Decoding.Reading;

namespace TrafficAudit.Classification.Tests.Rules;

/// <summary>The traps of the reference's section 6: for each what must not count, and beside it what must.</summary>
public sealed class TrapTests
{
    [Theory]
    // A time in milliseconds has a resident number's form in some months; under its key it is one.
    [InlineData("""{"t":1801321200123}""", """{"rrn":"900101-1123459"}""")]
    [InlineData("""{"ts":1735689600}""", """{"phone":"017-356-8960"}""")]
    // Numbers of goods, orders, regions.
    [InlineData("""{"goods_id":"601099512345678","product_id":"1005001234567890"}""", """{"imei":"351234567890124"}""")]
    [InlineData("""{"sku_id":"351234567890124","order_no":"4532000000000009"}""", """{"cardNo":"4532000000000009"}""")]
    [InlineData("""{"location_code":"911000010000000000"}""", """{"sfzh":"110105199001011232"}""")]
    // Versions look like addresses of the network.
    [InlineData("""{"sdk_version":"5.25.1.10","ip_version":"4.4.4.4"}""", """{"client_ip":"203.0.113.7"}""")]
    [InlineData("""{"client_ip":"8.8.8.8"}""", """{"client_ip":"203.0.113.8"}""")]
    // The request's own identifiers.
    [InlineData("""{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","nonce":"900101-1123459"}""", """{"android_id":"0f1e2d3c4b5a6978"}""")]
    [InlineData("""{"x-sign":"38400000-8cf0-41bd-b23e-10b96e40000d"}""", """{"gaid":"38400000-8cf0-41bd-b23e-10b96e40000d"}""")]
    // Sizes and prices are no coordinates.
    [InlineData("""{"w":1080,"h":2340,"price":37.50,"rating":4.8}""", """{"lat":37.5665,"lng":126.9779}""")]
    // Samples of documentation.
    [InlineData("""{"cardNo":"4111 1111 1111 1111"}""", """{"cardNo":"4532 0000 0000 0009"}""")]
    [InlineData("""{"ssn":"078-05-1120"}""", """{"ssn":"219-01-0001"}""")]
    [InlineData("""{"user":{"name":"John Doe","email":"user@example.com"}}""", """{"user":{"name":"Chunhyang Seong"}}""")]
    [InlineData("""{"iban":"GB82 WEST 1234 5698 7654 32"}""", """{"iban":"DE44 1234 5678 0000 0000 00"}""")]
    // Look-alikes of mail addresses.
    [InlineData("""{"email":"icon@2x.png"}""", """{"email":"gildong@mail.example"}""")]
    [InlineData("""{"email":"noreply@shop.example"}""", """{"email":"gildong+1@mail.example"}""")]
    [InlineData("""{"email":"lodash@4.17.21"}""", """{"email":"gildong@mail4.example"}""")]
    // Look-alikes of telephone numbers.
    [InlineData("""{"tel":"1588-0000","invoice":"6890-1234-5678"}""", """{"tel":"031-1234-5678"}""")]
    // Most nouns look like Korean names.
    [InlineData("""{"name":"이어폰","title":"김치","category":{"name":"신발"}}""", """{"receiver":{"name":"김춘향"}}""")]
    // A company's registration has a resident number's form.
    [InlineData("""{"corp_reg_no":"110111-1234569"}""", """{"jumin":"900101-1123459"}""")]
    // Placeholders.
    [InlineData("""{"email":"null","phone":"(not set)","user_id":"nologin","oaid":"@@CRITEO_USERID@@"}""", """{"user_id":"member-77310042"}""")]
    // Somebody else's data.
    [InlineData("""{"sellers":[{"phone":"02-123-4567","bizNo":"123-45-67891"}]}""", """{"bizNo":"123-45-67891"}""")]
    // The age of a cached answer.
    [InlineData("""{"age":600}""", """{"user":{"age":34}}""")]
    public void LookAlike_DoesNotCount_AndTheRealOneDoes(string trap, string real)
    {
        Assert.DoesNotContain(Classify.Counted(SomeField.Request.Json(trap)), f => f.Item is not ("product_view" or "order_history"));
        Assert.NotEmpty(Classify.Counted(SomeField.Request.Json(real)));
    }

    [Theory]
    [InlineData("text/css")]
    [InlineData("font/woff2")]
    [InlineData("application/font-woff")]
    [InlineData("application/x-javascript")]
    [InlineData("image/svg+xml")]
    public void BodiesForTheEye_HoldNothing(string type)
    {
        const string body = """{"phone":"010-0000-0000"}""";

        Assert.Empty(Classify.Result(Reading.Body(body, type)).Findings);
        Assert.NotEmpty(Classify.Result(Reading.Body(body, "application/json")).Findings);
    }

    [Fact]
    public void SampleUnderItsKey_SaysWhyItDoesNotCount()
    {
        var finding = Assert.Single(Classify.All(SomeField.Request.Json("""{"cardNo":"4111-1111-1111-1111"}""")));

        Assert.Equal(Strength.F, finding.Strength);
        Assert.Contains("a sample that stands in documentation", finding.Reason, StringComparison.Ordinal);
    }

    /// <summary>A tester may type one: then it is the tester's.</summary>
    [Fact]
    public void SampleOfThePersona_IsFound() =>
        Assert.Equal(Strength.A, Assert.Single(Classify.Counted(SomeField.Request.Json("""{"cardNo":"4111-1111-1111-1111"}"""), SomePersona.Of(("card_number", "4111111111111111")))).Strength);

    [Theory]
    [InlineData("traceparent")]
    [InlineData("X-B3-TraceId")]
    [InlineData("EagleEye-TraceId")]
    [InlineData("x-request-id")]
    [InlineData("x-sign")]
    [InlineData("af_v")]
    [InlineData("csrfToken")]
    public void KeyOfTheRequest_IsOne(string key) => Assert.True(KeyLexicon.BuiltIn.Read(key).Traits.HasFlag(KeyTraits.Request));

    [Theory]
    [InlineData("device_id")]
    [InlineData("receiver.sign_name")]
    public void OtherKey_IsNone(string key) => Assert.False(KeyLexicon.BuiltIn.Read(key).Traits.HasFlag(KeyTraits.Request));
}
