using TrafficAudit.Classification.Rules;
using TrafficAudit.Classification.Taxonomy;

namespace TrafficAudit.Classification.Tests.Rules;

public sealed class KeyLexiconTests
{
    [Theory]
    [InlineData("phone", "phone")]
    [InlineData("phone_number", "phone")]
    [InlineData("phoneNumber", "phone")]
    [InlineData("PHONE-NUMBER", "phone")]
    [InlineData("ordererPhoneNumber", "phone")]
    [InlineData("kakao_account.phone_number", "phone")]
    [InlineData("rcvrPrtblNo", "phone")]
    [InlineData("rcvrTlphn", "phone")]
    [InlineData("ordPrtblTel", "phone")]
    [InlineData("ordTlphnNo", "phone")]
    [InlineData("mbtlnum", "phone")]
    [InlineData("consigneeMobile", "phone")]
    [InlineData("phone1", "phone")]
    [InlineData("휴대폰", "phone")]
    [InlineData("연락처", "phone")]
    [InlineData("lxdh", "phone")]
    [InlineData("手机号", "phone")]
    [InlineData("safeNumber", "safe_phone")]
    [InlineData("email", "email")]
    [InlineData("E-Mail", "email")]
    [InlineData("eMail", "email")]
    [InlineData("userEmail", "email")]
    [InlineData("custemail", "email")]
    [InlineData("udff[em]", "email")]
    [InlineData("user_email_sha256", "email")]
    [InlineData("sha256_email_address", "email")]
    [InlineData("hashedEmail", "email")]
    [InlineData("$email", "email")]
    [InlineData("emails[0]", null)]
    [InlineData("email[]", "email")]
    [InlineData("receiverName", "name")]
    [InlineData("receiver.name", "name")]
    [InlineData("rcvrNm", "name")]
    [InlineData("fullName", "name")]
    [InlineData("수령인", "name")]
    [InlineData("성명", "name")]
    [InlineData("收货人", "name")]
    [InlineData("xm", "name")]
    [InlineData("username", "nickname")]
    [InlineData("LL_USERNICK", "nickname")]
    [InlineData("addr1", "postal_address")]
    [InlineData("rcvrBaseAddr", "postal_address")]
    [InlineData("rcvrDtlsAddr", "postal_address")]
    [InlineData("receiverJibunAddress", "postal_address")]
    [InlineData("shipping_address", "postal_address")]
    [InlineData("상세주소", "postal_address")]
    [InlineData("dizhi", "postal_address")]
    [InlineData("receiverZipCd", "postcode")]
    [InlineData("zonecode", "postcode")]
    [InlineData("우편번호", "postcode")]
    [InlineData("birthDate", "dob")]
    [InlineData("csrq", "dob")]
    [InlineData("sexdstn", "gender")]
    [InlineData("jumin1", "rrn")]
    [InlineData("ordererSsn", "rrn")]
    [InlineData("ihidnum", "rrn")]
    [InlineData("주민등록번호", "rrn")]
    [InlineData("외국인등록번호", "arc")]
    [InlineData("overseaShippingInfoDto.personalCustomsClearanceCode", "pccc")]
    [InlineData("psnCscUniqNo", "pccc")]
    [InlineData("개인통관고유부호", "pccc")]
    [InlineData("customsIdNumber", "pccc")]
    [InlineData("sfzh", "foreign_national_id")]
    [InlineData("cardNo", "card_number")]
    [InlineData("계좌번호", "bank_account")]
    [InlineData("gps_adid", "gaid")]
    [InlineData("google_advertising_id", "gaid")]
    [InlineData("ifa", "gaid")]
    [InlineData("IDFA", "idfa")]
    [InlineData("oaid", "oaid")]
    [InlineData("idfv", "idfv")]
    [InlineData("ANDROID_ID", "android_id")]
    [InlineData("androidId", "android_id")]
    [InlineData("IMEINumber", null)]
    [InlineData("imei1", "imei")]
    [InlineData("deviceId", "vendor_device_id")]
    [InlineData("user_id", "user_id")]
    [InlineData("memNo", "user_id")]
    [InlineData("비밀번호", "password")]
    [InlineData("duplicate", null)]
    [InlineData("license_text", null)]
    [InlineData("useragent", "user_agent")]
    [InlineData("usage", null)]
    [InlineData("image", null)]
    [InlineData("page", null)]
    [InlineData("id", null)]
    [InlineData("order_id", "order_history")]
    [InlineData("m", null)]
    [InlineData("e", null)]
    [InlineData("s", null)]
    [InlineData("hash", null)]
    [InlineData("seller_phone", null)]
    [InlineData("shopName", null)]
    [InlineData("filename", null)]
    [InlineData("hostname", null)]
    [InlineData("emailVerified", null)]
    [InlineData("phone_count", null)]
    [InlineData("mailbox", null)]
    [InlineData("", null)]
    [InlineData("[]", null)]
    [InlineData("123", null)]
    public void Key_NamesThisItem(string key, string? item) => Assert.Equal(item, KeyLexicon.BuiltIn.Read(key).Meaning?.Default);

    [Fact]
    public void DecomposedHangul_IsTheSameKey() =>
        Assert.Equal("phone", KeyLexicon.BuiltIn.Read("연락처".Normalize(System.Text.NormalizationForm.FormD)).Meaning?.Default);

    [Theory]
    [InlineData("User-Agent")]
    [InlineData("accept-language")]
    [InlineData("Referer")]
    [InlineData("sec-ch-ua-model")]
    public void StandardHeader_IsOrdinary(string key) => Assert.True(KeyLexicon.BuiltIn.Read(key).Traits.HasFlag(KeyTraits.OrdinaryHeader));

    [Fact]
    public void HostileKeys_AreRead()
    {
        foreach (var text in HostileTexts.All)
        {
            Assert.NotNull(KeyLexicon.BuiltIn.Read(text));
        }
    }

    [Fact]
    public void ManyInventedKeys_DoNotChangeReadings()
    {
        for (var i = 0; i < 40_000; i++)
        {
            Assert.Null(KeyLexicon.BuiltIn.Read($"k{i}_zz").Meaning);
        }

        Assert.Equal("phone", KeyLexicon.BuiltIn.Read("phone_no").Meaning?.Default);
        Assert.Equal("email", KeyLexicon.BuiltIn.Read("e_mail_address").Meaning?.Default);
    }
}
