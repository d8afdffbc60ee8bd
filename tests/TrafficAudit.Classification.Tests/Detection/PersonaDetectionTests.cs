using System.Text;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.Detection;

public sealed class PersonaDetectionTests
{
    private const string Email = "Hong.Gildong@gmail.com";

    [Theory]
    [InlineData("86492aa761a96d18cb5b2b759de869e5", "lowercase md5")]
    [InlineData("61c15b9f12edd287886f6c7f7188b17dba5b1346", "lowercase sha1")]
    [InlineData("8df73f2cdf19b11c06ea40bccc41a1127575903de1cdbf36b30ff021637ee8a5", "lowercase sha256")]
    [InlineData("8DF73F2CDF19B11C06EA40BCCC41A1127575903DE1CDBF36B30FF021637EE8A5", "lowercase sha256")]
    [InlineData("872593c2d0d7b253c099b7497ce03deea49a3a59ae3c950af4fe6a85aebed5f3", "lowercase md5 sha256")]
    [InlineData("08c4a3dd8479f7c0edbf67ed384b6ea32b33862af666427c01d00ff33962f7a1", "lowercase gmail_dots_removed sha256")]
    [InlineData("ac249f84b8ff71ca32b7780226ea24133e37789f2a16a259c87aff68808e279f", "sha256")]
    [InlineData("00fdc3e43c56c71287b7241c716695bd59152661d8ad49d07e5cd70f", "lowercase sha224")]
    [InlineData("e97b591a40a241f65eeed1cfe0514ada1816b246118c988690e43b3b1fd185ab93c320a6ac89dce894468d2e420cfb8e", "lowercase sha384")]
    [InlineData(
        "c2aa077b85f154962e3ab940ef843f4c88c8913d75fdd3f85ea65485f311fedaf32bb8dd90410ee61d121f921ab943d346c69e08209823b13771328078763f36", "lowercase sha512")]
    [InlineData("41b56ecfcec9a9f56ed42f86f6bcae60df3df43baeb35bdb0bae94fc", "lowercase sha3_224")]
    [InlineData("580d2f420def971053d94cd84923f36db47e228c0b30c1d3b47a5473e85a5dc8", "lowercase sha3_256")]
    [InlineData("3c74a4d85e51e10d8dd8573c5338eb8ff28bb65c490460aef4e86efd6b1e6bd0b009c2e5ab9d51dd206dfc4792394bc8", "lowercase sha3_384")]
    [InlineData(
        "859a825bdc4815dcdb99a80012e041f9ae752ebea70fa69d1fd6dacaf184c9756743bafb797add2a8a27e408f0b36be6e168fb4110fe06325af9297534e44fa7", "lowercase sha3_512")]
    [InlineData("1037caf7a5da72f4dc9bbc8364b479da", "lowercase md5 md5")]
    [InlineData("e8f3487eeddeb76a49889f04b8a4cc2a", "lowercase md5 uppercase md5")]
    [InlineData("fb9f2d7a2ed258514f28f44ccdae5340dfbd8b97", "lowercase md5 sha1")]
    [InlineData("018efade00ca78ff58563f43e2f69862319063e27b0afba033fbd8a384cb34e7", "lowercase sha256 sha256")]
    [InlineData("7ec59fd5e5a267f1d9b9a33fa28f6f611a1e5ee3546b7a664ebdbab3f9a9ca72", "lowercase salt_awin sha256")]
    [InlineData("jfc_LN8ZsRwG6kC8zEGhEnV1kD3hzb82sw_wIWN-6KU", "lowercase sha256 base64")]
    [InlineData("YcFbnxLt0oeIb2x/cYixfbpbE0Y", "lowercase sha1 base64")]
    public void DigestOfTheEmail_IsFoundWithItsWay(string digest, string encodings)
    {
        var finding = Assert.Single(Classify.All(SomeField.Request.Query("udff[em]", digest), SomePersona.Of(("email", Email))));

        Assert.Equal("email", finding.Item);
        Assert.Equal(Detector.Persona, finding.Detector);
        Assert.Equal(Strength.A, finding.Strength);
        Assert.Equal(FindingState.Hashed, finding.State);
        Assert.Equal(encodings, string.Join(' ', finding.Encodings));
        Assert.Equal(digest, finding.Value);
        Assert.Equal("udff[em]", finding.Location.Path);
    }

    [Theory]
    [InlineData("+821000000000", "b5ba1fe08c0b9bd0", "e164 sha256")]
    [InlineData("821000000000", "1ee5d5324b1fd5da", "e164 digits sha256")]
    [InlineData("01000000000", "7c5e4f5dd5736fad", "digits sha256")]
    [InlineData("010-0000-0000", "8784c90d4a0106d3", "sha256")]
    public void DigestOfThePhone_IsFoundWithItsWay(string form, string prefix, string encodings)
    {
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(form)));
        Assert.StartsWith(prefix, digest, StringComparison.Ordinal);

        var finding = Assert.Single(Classify.All(SomeField.Request.Json($$"""{"u":"{{digest}}"}"""), SomePersona.Of(("phone", "010-0000-0000"))));

        Assert.Equal(("phone", Strength.A, encodings), (finding.Item, finding.Strength, string.Join(' ', finding.Encodings)));
    }

    [Fact]
    public void DigestInsideALongerText_IsFound()
    {
        var finding = Assert.Single(Classify.All(
            SomeField.Request.Query("v", "tv.1~em.8df73f2cdf19b11c06ea40bccc41a1127575903de1cdbf36b30ff021637ee8a5~co0.KR"), SomePersona.Of(("email", Email))));

        Assert.Equal(FindingState.Hashed, finding.State);
        Assert.Contains("holds", finding.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tv.1~em.jfc_LN8ZsRwG6kC8zEGhEnV1kD3hzb82sw_wIWN-6KU~co0.KR", "lowercase sha256 base64")]
    [InlineData("hkkqp2GpbRjLWyt1nehp5Q==", "lowercase md5 base64")]
    [InlineData("wqoHe4XxVJYuOrlA74Q/TIjIkT11/dP4XqZUhfMR/trzK7jdkEEO5h0SH5IauUPTRsaeCCCYI7E3cTKAeHY/Ng==", "lowercase sha512 base64")]
    public void DigestInBase64_IsFoundAlsoInsideALongerText(string text, string encodings)
    {
        var finding = Assert.Single(Classify.All(SomeField.Request.Query("v", text), SomePersona.Of(("email", Email))));

        Assert.Equal(("email", Strength.A, FindingState.Hashed, encodings), (finding.Item, finding.Strength, finding.State, string.Join(' ', finding.Encodings)));
    }

    [Theory]
    [InlineData("8df73f2cdf19b11c", "lowercase sha256 truncated")]
    [InlineData("8df73f2cdf19b11c06ea40bccc41a112", "lowercase sha256 truncated")]
    [InlineData("86492aa761a96d18", "lowercase md5 truncated")]
    [InlineData("61a96d18cb5b2b75", "lowercase md5 truncated")]
    [InlineData("f3eeac69", "lowercase crc32")]
    [InlineData("4092505193", "lowercase crc32")]
    [InlineData("69aceef3", "lowercase crc32")]
    [InlineData("fbe16cf2", "lowercase murmur3")]
    [InlineData("-69112590", "lowercase murmur3")]
    public void ShortDigest_IsFoundUnderAKeyThatNamesTheItemAndNowhereElse(string digest, string encodings)
    {
        var persona = SomePersona.Of(("email", Email));
        var finding = Assert.Single(Classify.All(SomeField.Request.Query("email", digest), persona), f => f.Detector == Detector.Persona);

        Assert.Equal(("email", FindingState.Hashed, encodings), (finding.Item, finding.State, string.Join(' ', finding.Encodings)));
        Assert.DoesNotContain(Classify.All(SomeField.Request.Query("v", digest), persona), f => f.Detector == Detector.Persona);
    }

    [Theory]
    [InlineData("9f91745ec55263059a953e1e2f958d32", "euc_kr md5")]
    [InlineData("1ec30ce15bd7c754e2716c9f9e1d75de42a9eed2087abd910f901ae22c873c45", "euc_kr sha256")]
    public void DigestOfEucKrBytes_IsFound(string digest, string encodings)
    {
        var finding = Assert.Single(Classify.All(SomeField.Request.Query("name", digest), SomePersona.Of(("name", "홍길동"))), f => f.Detector == Detector.Persona);

        Assert.Equal(encodings, string.Join(' ', finding.Encodings));
    }

    [Fact]
    public void DigestAsBytesThatNobodyReads_IsFound()
    {
        var bytes = Convert.FromHexString("8df73f2cdf19b11c06ea40bccc41a1127575903de1cdbf36b30ff021637ee8a5");
        using var flow = Some.Flow(1, request: Some.Message("POST / HTTP/1.1\nHost: a.example\nContent-Type: application/octet-stream", bytes));

        var finding = Assert.Single(new Classifier(SomePersona.Of(("email", Email))).Classify(flow).Findings, f => f.Detector == Detector.Persona);

        Assert.Equal(("email", Strength.A, "lowercase sha256 raw"), (finding.Item, finding.Strength, string.Join(' ', finding.Encodings)));
    }

    [Fact]
    public void RandomTokens_AreNobodysDigests()
    {
        var random = new Random(20261125);
        var messages = Enumerable.Range(0, 2_000).Select(_ => SomeField.Request
            .Query("email", Convert.ToBase64String(Bytes(random.Next(1, 70)))).Query("phone", Convert.ToHexStringLower(Bytes(random.Next(1, 70)))).Build());

        Assert.DoesNotContain(Classify.Each(messages, SomePersona.Full).SelectMany(f => f), f => f.Detector == Detector.Persona);

        byte[] Bytes(int length)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            return bytes;
        }
    }

    [Theory]
    [InlineData("37.566535,126.977969")]
    [InlineData("37.56654,126.97797")]
    [InlineData("126.9779, 37.5665")]
    [InlineData("near 37.566 126.977 now")]
    [InlineData("wydm9qy8c")]
    public void PositionInAnyForm_IsFound(string text)
    {
        var finding = Assert.Single(Classify.All(SomeField.Request.Query("q", text), SomePersona.Of(("gps_location", "37.566535,126.977969"))), f => f.Detector == Detector.Persona);

        Assert.Equal("gps_location", finding.Item);
    }

    [Theory]
    [InlineData("""{"lat":37.5665,"x":1}""", true)]
    [InlineData("""{"latitude":37566535}""", true)]
    [InlineData("""{"price":37.5665}""", false)]
    [InlineData("""{"lat":37.9665}""", false)]
    public void HalfOfAPosition_IsFoundUnderAKeyThatNamesIt(string json, bool isFound) => Assert.Equal(
        isFound, Classify.All(SomeField.Request.Json(json), SomePersona.Of(("gps_location", "37.566535,126.977969"))).Any(f => f.Detector == Detector.Persona));

    [Fact]
    public void DigestInsideALongerHexRun_IsNone() =>
        Assert.Empty(Classify.All(SomeField.Request.Query("v", "8df73f2cdf19b11c06ea40bccc41a1127575903de1cdbf36b30ff021637ee8a5ab"), SomePersona.Of(("email", Email))));

    [Theory]
    [InlineData("Hong.Gildong@gmail.com", "")]
    [InlineData("hong.gildong@gmail.com", "lowercase")]
    [InlineData("HONG.GILDONG@GMAIL.COM", "uppercase")]
    [InlineData("Hong.gildong@Gmail.com", "mixed_case")]
    [InlineData("honggildong@gmail.com", "lowercase gmail_dots_removed")]
    [InlineData(" hong.gildong@gmail.com ", "lowercase")]
    [InlineData("Gildong <hong.gildong@gmail.com>, cc", "lowercase")]
    [InlineData("https://shop.example/?mail=hong.gildong@gmail.com&x=1", "lowercase")]
    public void PlainEmail_IsFound(string text, string encodings)
    {
        var finding = Assert.Single(Classify.All(SomeField.Request.Query("q", text), SomePersona.Of(("email", Email))));

        Assert.Equal(("email", Strength.A, FindingState.Clear), (finding.Item, finding.Strength, finding.State));
        Assert.Equal(encodings, string.Join(' ', finding.Encodings));
    }

    [Theory]
    [InlineData("xhong.gildong@gmail.com")]
    [InlineData("the.hong.gildong@gmail.com")]
    [InlineData("hong.gildong@gmail.com.au")]
    [InlineData("hong.gildong@gmail.commerce")]
    [InlineData("hong-gildong@gmail.com")]
    public void AnotherEmail_IsNotThePersonas(string text) =>
        Assert.DoesNotContain(Classify.All(SomeField.Request.Query("q", text), SomePersona.Of(("email", Email))), f => f.Detector == Detector.Persona);

    [Theory]
    [InlineData("010-0000-0000")]
    [InlineData("01000000000")]
    [InlineData("+821000000000")]
    [InlineData("821000000000")]
    [InlineData("00821000000000")]
    [InlineData("+82 10-0000-0000")]
    [InlineData("+82-10-0000-0000")]
    [InlineData("010 0000 0000")]
    [InlineData("010.0000.0000")]
    [InlineData("tel:+821000000000;ext=1")]
    [InlineData("a,01000000000,b")]
    [InlineData("user_01000000000")]
    public void PhoneInAnyForm_IsFound(string text)
    {
        var finding = Assert.Single(Classify.All(SomeField.Request.Query("q", text), SomePersona.Of(("phone", "010-0000-0000"))));

        Assert.Equal(("phone", Strength.A), (finding.Item, finding.Strength));
    }

    [Theory]
    [InlineData("9901000000000")]
    [InlineData("010000000001")]
    [InlineData("8f01000000000a7")]
    [InlineData("0.01000000000")]
    [InlineData("1000000000")]
    public void LongerNumber_IsNotThePhone(string text) =>
        Assert.Empty(Classify.Counted(SomeField.Request.Query("q", text), SomePersona.Of(("phone", "010-0000-0000"))));

    [Fact]
    public void NumberWithoutItsZero_CountsUnderAPhonesKey()
    {
        var finding = Assert.Single(Classify.Counted(SomeField.Request.Json("""{"phone_number":1000000000}"""), SomePersona.Of(("phone", "010-0000-0000"))));

        Assert.Equal((Strength.D, Detector.Persona), (finding.Strength, finding.Detector));
    }

    [Theory]
    [InlineData("홍길동")]
    [InlineData("홍길동의 iPhone")]
    [InlineData("홍길동님, 안녕하세요")]
    [InlineData("수령인: 홍 길동")]
    [InlineData("Hong Gildong", "Gildong Hong")]
    [InlineData("honggildong", "Gildong Hong")]
    public void Name_IsFoundInItsForms(string text, string typed = "홍길동")
    {
        var finding = Assert.Single(Classify.Counted(SomeField.Request.Json(JsonWith(text)), SomePersona.Of(("name", typed))));

        Assert.Equal(("name", Strength.A), (finding.Item, finding.Strength));
    }

    [Fact]
    public void DecomposedDeviceName_HoldsTheName()
    {
        var finding = Assert.Single(Classify.Counted(
            SomeField.Request.Header("X-Device-Name", "홍길동의 iPhone".Normalize(NormalizationForm.FormD)), SomePersona.Of(("name", "홍길동"))));

        Assert.Equal("name", finding.Item);
        Assert.Equal(["nfd"], finding.Encodings);
    }

    [Theory]
    [InlineData("정보원", "정보원천을 확인하세요")]
    [InlineData("정보원", "개인정보원칙")]
    [InlineData("김민수", "김민순")]
    public void NameInsideAnotherWord_IsNone(string name, string text)
    {
        Assert.Empty(Classify.Counted(SomeField.Response.Json(JsonWith(text)), SomePersona.Of(("name", name))));
        Assert.Empty(Classify.Counted(SomeField.Response.Json(JsonWith(text.Normalize(NormalizationForm.FormD))), SomePersona.Of(("name", name))));
    }

    [Theory]
    [InlineData("서울특별시 중구 세종대로 110, 17층 1702호")]
    [InlineData("서울특별시중구세종대로110")]
    [InlineData("[04524] 서울특별시 중구 세종대로 110")]
    [InlineData("세종대로 110")]
    public void Address_IsFoundInItsForms(string text)
    {
        var finding = Assert.Single(Classify.Counted(
            SomeField.Request.Json(JsonWith(text)), SomePersona.Of(("postal_address", "서울특별시 중구 세종대로 110, 17층 1702호"))));

        Assert.Equal(("postal_address", Strength.A), (finding.Item, finding.Strength));
    }

    [Fact]
    public void AnotherHouseInTheStreet_IsNone() =>
        Assert.DoesNotContain(
            Classify.All(SomeField.Request.Json(JsonWith("서울특별시 중구 세종대로 1101")), SomePersona.Of(("postal_address", "서울특별시 중구 세종대로 110"))),
            f => f.Detector == Detector.Persona);

    [Theory]
    [InlineData("38400000-8CF0-41BD-B23E-10B96E40000D", "uppercase")]
    [InlineData("384000008cf041bdb23e10b96e40000d", "compact")]
    [InlineData("ids=38400000-8cf0-41bd-b23e-10b96e40000d;x", "")]
    public void Identifier_IsFoundInItsForms(string text, string encodings)
    {
        var finding = Assert.Single(Classify.Counted(SomeField.Request.Query("blob", text), SomePersona.Of(("gaid", "38400000-8cf0-41bd-b23e-10b96e40000d"))));

        Assert.Equal(("gaid", Strength.A, encodings), (finding.Item, finding.Strength, string.Join(' ', finding.Encodings)));
    }

    [Fact]
    public void ValueBehindBase64_IsEncoded()
    {
        var finding = Assert.Single(Classify.All(SomeField.Request.Query("d", "hong.gildong@gmail.com", "base64"), SomePersona.Of(("email", Email))));

        Assert.Equal(FindingState.Encoded, finding.State);
        Assert.Equal(["lowercase"], finding.Encodings);
        Assert.Equal(["base64"], finding.Location.Decodings);
    }

    [Theory]
    [InlineData("gender", "M", "gender")]
    [InlineData("postcode", "04524", "zip")]
    [InlineData("postcode", "04524", "order.zip")]
    [InlineData("dob", "1990-01-01", "birthDate")]
    [InlineData("device_model", "SM-S901N", "model")]
    [InlineData("nationality", "KR", "nationality")]
    [InlineData("name", "민", "receiverName")]
    public void WeakValue_CountsUnderItsKey(string item, string value, string key)
    {
        var finding = Assert.Single(Classify.Counted(SomeField.Request.Query(key, value), SomePersona.Of((item, value))));

        Assert.Equal((item, Detector.Persona, Strength.D), (finding.Item, finding.Detector, finding.Strength));
    }

    [Theory]
    [InlineData("gender", "M", "size", "M")]
    [InlineData("gender", "M", "filter.gender", "M")]
    [InlineData("postcode", "04524", "shop[zip]", "04524")]
    [InlineData("postcode", "04524", "product_no", "04524")]
    [InlineData("postcode", "04524", "note", "order 04524 shipped")]
    [InlineData("dob", "1990-01-01", "title", "founded 1990-01-01")]
    [InlineData("name", "민", "title", "민")]
    [InlineData("nationality", "KR", "country_of_shop", "KR")]
    [InlineData("device_model", "SM", "unit", "SM")]
    public void WeakValue_ElsewhereIsNone(string item, string known, string key, string text) =>
        Assert.DoesNotContain(Classify.Counted(SomeField.Request.Query(key, text), SomePersona.Of((item, known))), f => f.Item == item || f.Detector == Detector.Persona);

    [Fact]
    public void WeakWholeLeafWithoutMeaningfulKey_Counts()
    {
        var finding = Assert.Single(Classify.Counted(SomeField.Request.Query("v3", "04524"), SomePersona.Of(("postcode", "04524"))));

        Assert.Equal(Strength.D, finding.Strength);
    }

    [Fact]
    public void SeveralItemsInOneText_AreSeveralFindings()
    {
        var findings = Classify.Counted(SomeField.Request.Text("홍길동 / 010-0000-0000 / hong.gildong@gmail.com"), SomePersona.Full);

        Assert.Equal(["name", "phone", "email"], findings.Select(f => f.Item));
    }

    [Fact]
    public void NameInsideTheEmail_IsNoFindingOfItsOwn()
    {
        var findings = Classify.Counted(
            SomeField.Request.Query("q", "gildonghong@mail.example"), SomePersona.Of(("name", "Gildong Hong"), ("email", "gildonghong@mail.example")));

        Assert.Equal(["email"], findings.Select(f => f.Item));
    }

    [Fact]
    public void OneValueForTwoItems_IsTheOneThatTheKeyNames()
    {
        var persona = SomePersona.Of(("nickname", "gildong_tester7"), ("user_id", "gildong_tester7"));

        Assert.Equal("user_id", Assert.Single(Classify.Counted(SomeField.Request.Query("user_id", "gildong_tester7"), persona)).Item);
        Assert.Equal("nickname", Assert.Single(Classify.Counted(SomeField.Request.Query("q", "gildong_tester7"), persona)).Item);
    }

    [Fact]
    public void ValueInAnEmbeddedDocument_IsFoundOnceAndAtItsExactPlace()
    {
        var finding = Assert.Single(Classify.Counted(SomeField.Request.JsonInQuery("data", """{"user":{"mail":"hong.gildong@gmail.com"}}"""), SomePersona.Of(("email", Email))));

        Assert.Equal("data.user.mail", finding.Location.Path);
    }

    [Fact]
    public void PersonaThatAppearsNowhere_HasNoFindings()
    {
        Assert.DoesNotContain(Classify.All(SomeField.Request.Json(SampleTraffic.Order).Header("User-Agent", SampleTraffic.UserAgent), SomePersona.Stranger), f => f.Detector == Detector.Persona);
    }

    [Fact]
    public void Reasons_HoldNoValue()
    {
        var findings = Classify.All(SomeField.Request.Text("홍길동 / 010-0000-0000 / hong.gildong@gmail.com").Query("email", "other@mail.example"), SomePersona.Full);

        Assert.NotEmpty(findings);
        Assert.All(findings, f => Assert.DoesNotContain(f.Value, f.Reason, StringComparison.OrdinalIgnoreCase));
    }

    private static string JsonWith(string text) => System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["memo"] = text });
}
