using TrafficAudit.Classification.Detection;
using TrafficAudit.Classification.Detection.Formats;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.Detection;

/// <summary>Documents, payment, names and places: valid and invalid ones of the reference's section 2, and more.</summary>
public sealed class DocumentFormatTests
{
    private const string Zone = "M123A45674KOR9001011M3101012<<<<<<<<<<<<<<<8";

    [Theory]
    [InlineData("passport_no", "AB1234567", "passport_no")]
    [InlineData("passport_no", Zone, "passport_no")]
    [InlineData("passport_no", "M123A45674KOR9001011F31010121234567<<<<<<<46", "passport_no")]
    [InlineData("passport_no", "P<KORHONG<<GILDONG<<<<<<<<<<<<<<<<<<<<<<<<<<\n" + Zone, "passport_no")]
    [InlineData("passport_no", "M123A45675KOR9001011M3101012<<<<<<<<<<<<<<<8", null)] // number's check
    [InlineData("passport_no", "M123A45674KOR9001012M3101012<<<<<<<<<<<<<<<8", null)] // birth's check
    [InlineData("passport_no", "M123A45674KOR9001011M3101013<<<<<<<<<<<<<<<8", null)] // expiry's check
    [InlineData("passport_no", "M123A45674KOR9001011M3101012<<<<<<<<<<<<<<<9", null)] // check of all
    [InlineData("passport_no", "M123A45674KOR9001011X3101012<<<<<<<<<<<<<<<8", null)] // sex
    [InlineData("driver_license_no", "서울 05-123456-12", "driver_license_no")]
    [InlineData("driver_license_no", "서울-05-123456-12", "driver_license_no")]
    [InlineData("driver_license_no", "서울 05-1234-12", null)]
    [InlineData("business_reg_no", "123-45-67891", "business_reg_no")]
    [InlineData("business_reg_no", "1112233332", "business_reg_no")]
    [InlineData("business_reg_no", "123-45-67890", null)]
    [InlineData("business_reg_no", "0000000000", null)]
    [InlineData("foreign_national_id", "219-01-0001", "foreign_national_id")]
    [InlineData("foreign_national_id", "219010001", "foreign_national_id")]
    [InlineData("foreign_national_id", "219-00-0001", null)]
    [InlineData("foreign_national_id", "666-01-0001", null)]
    [InlineData("foreign_national_id", "000-01-0001", null)]
    [InlineData("foreign_national_id", "900-01-0001", null)]
    [InlineData("foreign_national_id", "219-01-0000", null)]
    [InlineData("foreign_national_id", "123456789", null)]
    [InlineData("foreign_national_id", "987-65-4321", null)]
    [InlineData("foreign_national_id", "111111111", null)]
    [InlineData("bank_account", "DE44123456780000000000", "bank_account")]
    [InlineData("bank_account", "DE44 1234 5678 0000 0000 00", "bank_account")]
    [InlineData("bank_account", "GB05TEST00000000000000", "bank_account")]
    [InlineData("bank_account", "DE45123456780000000000", null)]
    [InlineData("bank_account", "DE44123456780000000000000000000000000", null)]
    [InlineData("card_number", "9420000000000006", null)]
    [InlineData("card_expiry", "1229", "card_expiry")]
    [InlineData("card_expiry", "12/2029", "card_expiry")]
    [InlineData("card_expiry", "07", "card_expiry")]
    [InlineData("card_expiry", "2029", "card_expiry")]
    [InlineData("card_expiry", "99", null)]
    [InlineData("postal_address", "110 Sejong-daero, Jung-gu, Seoul", "postal_address")]
    [InlineData("postal_address", "455, Docheong-daero, Pungcheon-myeon, Andong-si, Gyeongsangbuk-do", "postal_address")]
    [InlineData("postal_address", "12-3 Teheran-ro 4-gil, Gangnam-gu, Seoul 06236", "postal_address")]
    [InlineData("postal_address", "110 sejong-daero, jung-gu, seoul", null)]
    [InlineData("postal_address", "3 Pro-ro, no district here", null)]
    [InlineData("postal_address", "911000010000000000-911000010001000000-911000010001001000", "postal_address")]
    [InlineData("postal_address", "811000010000000000", null)]
    [InlineData("gps_location", "POINT(126.97796 37.56653)", "gps_location")]
    [InlineData("gps_location", "POINT(x y)", null)]
    [InlineData("ip_public", "203.0.113.7, 10.0.0.1", "ip_public")]
    [InlineData("ip_public", "5.25.0.0", null)]
    [InlineData("ip_public", "::1", null)]
    public void NamedValue_HasThisFormat(string named, string value, string? item) =>
        Assert.Equal(item, ItemFormats.Match(named, value, Some.Time, isOnly: true)?.Item);

    [Theory]
    [InlineData("홍길동", FindingState.Clear)]
    [InlineData("홍 길동", FindingState.Clear)]
    [InlineData("김철", FindingState.Clear)]
    [InlineData("남궁민수", FindingState.Clear)]
    [InlineData("홍*동", FindingState.Masked)]
    [InlineData("홍**", FindingState.Masked)]
    [InlineData("좋은상점", null)]
    [InlineData("뮬란", null)]
    [InlineData("홍", null)]
    [InlineData("홍길동입니다", null)]
    [InlineData("홍a동", null)]
    [InlineData("***", null)]
    public void KoreanName_IsAFamilyNameAndOneOrTwoSyllables(string value, FindingState? state) => Assert.Equal(state, PersonFormats.KoreanName(value)?.State);

    [Theory]
    [InlineData("34", true)]
    [InlineData("20~29", true)]
    [InlineData("20-29", true)]
    [InlineData("30대", true)]
    [InlineData("600", false)]
    [InlineData("adult", false)]
    [InlineData("", false)]
    [InlineData("~", false)]
    public void Age_IsOneOrARange(string value, bool isAge) => Assert.Equal(isAge, PersonFormats.IsAge(value));

    [Theory]
    [InlineData("wydm9qy2z", "gps_location")]
    [InlineData("wydm9", "coarse_location")]
    [InlineData("seoul", null)]
    [InlineData("wyd", null)]
    public void Geohash_IsAsPreciseAsItIsLong(string value, string? item) => Assert.Equal(item, LocationFormats.Geohash(value)?.Item);

    [Theory]
    [InlineData("(04524) 서울특별시 중구 세종대로 110", "04524")]
    [InlineData("우) 04524, 서울특별시 중구 세종대로 110", "04524")]
    [InlineData("110 Sejong-daero, Jung-gu, Seoul 04524", "04524")]
    [InlineData("04524 is far away from 서울특별시 중구 세종대로 110", null)]
    [InlineData("1704524 서울특별시 중구 세종대로 110", null)]
    [InlineData("서울특별시 중구 세종대로 110, 12345-678", null)]
    public void PostcodeRightBesideAnAddress_IsFound(string text, string? postcode) =>
        Assert.Equal(postcode, TextScan.Find(text, Some.Time)?.Where(found => found.Match.Item == "postcode").Select(found => text.Substring(found.Start, found.Length)).SingleOrDefault());

    [Theory]
    [InlineData("memo 219-01-0001", "foreign_national_id")]
    [InlineData("memo 219010001", null)]
    [InlineData("memo 123-45-67891", "business_reg_no")]
    [InlineData("memo 123-45-67890", null)]
    [InlineData("memo 11-00-000000-00", "driver_license_no")]
    [InlineData("memo 8982051234567890128", "iccid")]
    [InlineData("memo 89820612345678901236", "iccid")]
    [InlineData("memo 450050000000001", "imsi")]
    [InlineData("memo 310410123456789", null)]
    public void FormatInsideAText_IsFound(string text, string? item) => Assert.Equal(item, TextScan.Find(text, Some.Time)?.Single().Match.Item);

    [Theory]
    [InlineData("00:00:5E:00:53:01", "mac")]
    [InlineData("DE44123456780000000000", "bank_account")]
    [InlineData("1700000000000-1234567890123456789", "install_id")]
    [InlineData("GA1.2.1234567890.1700000000", "web_id_cookie")]
    [InlineData(Zone, "passport_no")]
    [InlineData("12:34:56:00:53", null)]
    [InlineData("00005E005301", null)]
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709", null)]
    public void WholeValue_IsTold(string value, string? item) => Assert.Equal(item, WholeFormats.Match(value, Some.Time)?.Item);
}
