using TrafficAudit.Classification.Detection;
using TrafficAudit.Classification.Detection.Formats;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.Detection;

public sealed class FormatTests
{
    [Theory]
    [InlineData("phone", "010-0000-0000", "phone")]
    [InlineData("phone", "01000000000", "phone")]
    [InlineData("phone", "+82 10-0000-0000", "phone")]
    [InlineData("phone", "821000000000", "phone")]
    [InlineData("phone", "+82 (0)10-0000-0000", "phone")]
    [InlineData("phone", "011-000-0000", "phone")]
    [InlineData("phone", "02-123-4567", "phone")]
    [InlineData("phone", "031-1234-5678", "phone")]
    [InlineData("phone", "070-0000-0000", "phone")]
    [InlineData("phone", "0503-0000-0000", "safe_phone")]
    [InlineData("phone", "13800000000", "phone")]
    [InlineData("phone", "+8613800000000", "phone")]
    [InlineData("phone", "+1 202-555-0143", "phone")]
    [InlineData("phone", "+44 20 7946 0018", "phone")]
    [InlineData("phone", "0101234567", null)]
    [InlineData("phone", "02-000-0000", null)]
    [InlineData("phone", "1735689600", null)]
    [InlineData("phone", "1767323045678", null)]
    [InlineData("phone", "12345678901", null)]
    [InlineData("phone", "1588-0000", null)]
    [InlineData("phone", "080-000-0000", null)]
    [InlineData("phone", "+++++++++", null)]
    [InlineData("phone", "010-0000-0000-0000-0000", null)]
    [InlineData("email", "gildong@mail.example", "email")]
    [InlineData("email", "gildong+shop@mail.co.kr", "email")]
    [InlineData("email", "길동@mail.example", null)]
    [InlineData("email", "icon@2x.png", null)]
    [InlineData("email", "pkg@1.2.3", null)]
    [InlineData("email", "user@domain", null)]
    [InlineData("email", "noreply@shop.example", null)]
    [InlineData("email", "git@host.example", null)]
    [InlineData("email", "@mail.example", null)]
    [InlineData("email", ".a@mail.example", null)]
    [InlineData("email", "a@-mail.example", null)]
    [InlineData("email", "a@b..example", null)]
    [InlineData("postal_address", "서울특별시 중구 세종대로 110", "postal_address")]
    [InlineData("postal_address", "경상북도 안동시 풍천면 도청대로 455", "postal_address")]
    [InlineData("postal_address", "경기도 성남시 분당구 삼평동 681", "postal_address")]
    [InlineData("postal_address", "서울 강남구 테헤란로4길 12", "postal_address")]
    [InlineData("postal_address", "서울 강남구 강남대로 94길 20", "postal_address")]
    [InlineData("postal_address", "세종특별자치시 한누리대로 2130", "postal_address")]
    [InlineData("postal_address", "부산광역시 해운대구 센텀중앙로79, 101호", "postal_address")]
    [InlineData("postal_address", "제주특별자치도 제주시 문연로 6", "postal_address")]
    [InlineData("postal_address", "강원 춘천시 남산면 강촌리 산 12-3", "postal_address")]
    [InlineData("postal_address", "경기 결과로 3", null)]
    [InlineData("postal_address", "대구탕 2-3인분", null)]
    [InlineData("postal_address", "서울시 강남구 날씨 5", null)]
    [InlineData("postal_address", "부산 여행", null)]
    [InlineData("rrn", "900101-1123459", "rrn")]
    [InlineData("rrn", "991231-2123452", "rrn")]
    [InlineData("rrn", "050505-3123453", "rrn")]
    [InlineData("rrn", "9001011123459", "rrn")]
    [InlineData("rrn", "900101-5123452", "arc")]
    [InlineData("rrn", "000101-7123453", "arc")]
    [InlineData("rrn", "900230-1123459", null)]
    [InlineData("rrn", "901301-1123459", null)]
    [InlineData("rrn", "900101-11234", null)]
    [InlineData("pccc", "P240000000001", "pccc")]
    [InlineData("pccc", "p240000000001", "pccc")]
    [InlineData("pccc", "P12345678901", null)]
    [InlineData("pccc", "XP123456789012", null)]
    [InlineData("passport_no", "M123A4567", "passport_no")]
    [InlineData("passport_no", "M12345678", "passport_no")]
    [InlineData("passport_no", "M1234567", null)]
    [InlineData("driver_license_no", "11-00-000000-00", "driver_license_no")]
    [InlineData("driver_license_no", "110000000000", "driver_license_no")]
    [InlineData("driver_license_no", "27-00-000000-00", null)]
    [InlineData("foreign_national_id", "110105199001011232", "foreign_national_id")]
    [InlineData("foreign_national_id", "11010519491231002X", "foreign_national_id")]
    [InlineData("foreign_national_id", "110105199001011239", null)]
    [InlineData("card_number", "4111111111111111", "card_number")]
    [InlineData("card_number", "4111 1111 1111 1111", "card_number")]
    [InlineData("card_number", "378282246310005", "card_number")]
    [InlineData("card_number", "2223000000000007", "card_number")]
    [InlineData("card_number", "6240000000000007", "card_number")]
    [InlineData("card_number", "4111111111111112", null)]
    [InlineData("card_number", "1005000000000003", null)]
    [InlineData("card_expiry", "12/29", "card_expiry")]
    [InlineData("card_expiry", "13/29", null)]
    [InlineData("card_cvc", "123", "card_cvc")]
    [InlineData("imei", "351234567890124", "imei")]
    [InlineData("imei", "861234567890127", "imei")]
    [InlineData("imei", "351234567890120", null)]
    [InlineData("imei", "601099512345678", null)]
    [InlineData("imsi", "450050000000001", "imsi")]
    [InlineData("imsi", "45005000000001", null)]
    [InlineData("iccid", "8982051234567890128", "iccid")]
    [InlineData("iccid", "89820612345678901236", "iccid")]
    [InlineData("iccid", "8982051234567890129", null)]
    [InlineData("mac", "00:00:5E:00:53:01", "mac")]
    [InlineData("mac", "00-00-5e-00-53-01", "mac")]
    [InlineData("mac", "00005E005301", "mac")]
    [InlineData("mac", "00:00-5E:00:53:01", null)]
    [InlineData("mac", "FF:FF:FF:FF:FF:FF", null)]
    [InlineData("mac", "12:34:56", null)]
    [InlineData("android_id", "0f1e2d3c4b5a6978", "android_id")]
    [InlineData("android_id", "not-an-android-id", null)]
    [InlineData("gaid", "38400000-8cf0-41bd-b23e-10b96e40000d", "gaid")]
    [InlineData("gaid", "384000008cf041bdb23e10b96e40000d", "gaid")]
    [InlineData("gaid", "86492aa761a96d18cb5b2b759de869e5", null)]
    [InlineData("gaid", "1234", null)]
    [InlineData("dob", "1990-01-01", "dob")]
    [InlineData("dob", "19900101", "dob")]
    [InlineData("dob", "900101", "dob")]
    [InlineData("dob", "1990-01-01T00:00:00Z", "dob")]
    [InlineData("dob", "1990", "dob")]
    [InlineData("dob", "1990-02-30", null)]
    [InlineData("dob", "2090", null)]
    [InlineData("postcode", "04524", "postcode")]
    [InlineData("postcode", "00999", null)]
    [InlineData("gender", "female", "gender")]
    [InlineData("gender", "여", "gender")]
    [InlineData("gender", "women's shoes", null)]
    [InlineData("bank_account", "110-000-000000", "bank_account")]
    [InlineData("bank_account", "010-0000-0000", null)]
    public void NamedValue_HasThisFormat(string named, string value, string? item) =>
        Assert.Equal(item, ItemFormats.Match(named, value, Some.Time, isOnly: true)?.Item);

    [Theory]
    [InlineData("rrn", "900101-1123459", true)]
    [InlineData("rrn", "900101-1123458", false)]
    [InlineData("rrn", "900101-5123452", true)]
    [InlineData("rrn", "900101-5123450", false)]
    [InlineData("card_number", "4111111111111111", true)]
    [InlineData("imei", "351234567890124", true)]
    [InlineData("phone", "010-0000-0000", false)]
    [InlineData("pccc", "P240000000001", false)]
    public void OnlyASelfCheckingFormat_IsChecked(string named, string value, bool isChecked) =>
        Assert.Equal(isChecked, ItemFormats.Match(named, value, Some.Time, isOnly: true)?.IsChecked);

    [Theory]
    [InlineData("phone", "010-****-0001")]
    [InlineData("email", "h***@m***.com")]
    [InlineData("rrn", "900101-1******")]
    [InlineData("card_number", "411111******1111")]
    [InlineData("card_number", "****-****-****-1111")]
    public void MaskedValue_IsMasked(string named, string value)
    {
        var match = ItemFormats.Match(named, value, Some.Time, isOnly: true);

        Assert.Equal((named, FindingState.Masked), (match?.Item, match?.State));
    }

    [Theory]
    [InlineData("3F2504E0-4F89-41D3-9A0C-0305E82C3301", "idfa")]
    [InlineData("3f2504e0-4f89-41d3-9a0c-0305e82c3301", "gaid")]
    public void AdvertisingIdOfAnySystem_IsToldByItsCase(string value, string item) =>
        Assert.Equal(item, ItemFormats.Match("gaid", value, Some.Time, isOnly: false)?.Item);

    [Fact]
    public void EveryFormat_TakesAnyText()
    {
        var items = TrafficAudit.Classification.Taxonomy.ItemTaxonomy.All.Select(item => item.Slug).ToList();
        foreach (var text in HostileTexts.All)
        {
            foreach (var item in items)
            {
                ItemFormats.Match(item, text, Some.Time, isOnly: true);
                ItemFormats.Match(item, text, DateTimeOffset.MinValue, isOnly: false);
            }

            TextScan.Find(text, Some.Time);
            WholeFormats.Match(text, Some.Time);
            PersonFormats.KoreanName(text);
            PersonFormats.IsAge(text);
            LocationFormats.Geohash(text);
            PaymentFormats.LastDigits(text);
            Assert.NotNull(Classify.All(SomeField.Request.Text(text).Query("addr1", text).Query("addr2", text).Query("lat", text).Query("lng", text)));
        }
    }
}
