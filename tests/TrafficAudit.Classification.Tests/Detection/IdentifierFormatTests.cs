using TrafficAudit.Classification.Detection.Formats;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.Detection;

/// <summary>Identifiers of devices, SIM cards, installations, browsers: valid and invalid ones of the reference's section 2, and more.</summary>
public sealed class IdentifierFormatTests
{
    private const string Rest = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_abcdef";

    [Theory]
    [InlineData("imei", "3512345678901201", "imei")] // with a software version
    [InlineData("imei", "6010123456789012", null)]
    [InlineData("meid", "AF012345ABCDEFA", "meid")]
    [InlineData("meid", "af012345abcdefa", "meid")]
    [InlineData("meid", "AF012345ABCDEF", "meid")]
    [InlineData("meid", "AF012345ABCDEFB", null)]
    [InlineData("meid", "9F012345ABCDEF", null)]
    [InlineData("imsi", "460001234567890", "imsi")]
    [InlineData("imsi", "950050000000001", null)]
    [InlineData("carrier", "45005", "carrier")]
    [InlineData("carrier", "310410", "carrier")]
    [InlineData("carrier", "SKT", null)]
    [InlineData("imsi", "45005", null)]
    [InlineData("iccid", "898205123456789012", "iccid")] // without its check digit
    [InlineData("iccid", "8982051234567890128F", "iccid")] // filled up
    [InlineData("iccid", "8982051234567890129F", null)]
    [InlineData("iccid", "7982051234567890128", null)]
    [InlineData("mac", "0000.5e00.5301", "mac")]
    [InlineData("mac", "DA:A1:19:00:53:01", "mac")]
    [InlineData("mac", "01:00:5E:00:53:01", null)] // a group's
    [InlineData("mac", "00:00:00:00:00:00", null)]
    [InlineData("mac", "12:34:56:78:90", null)]
    [InlineData("mac", "2026.0102.0304", "mac")] // under a key for it
    [InlineData("mac", "zz:00:5E:00:53:01", null)]
    [InlineData("oaid", "0f1e2d3c4b5a6978", "oaid")]
    [InlineData("oaid", "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "oaid")]
    [InlineData("oaid", "oaid", null)]
    [InlineData("vendor_device_id", "ZVPxABI0VngDAJwcljCrBZDk", "vendor_device_id")]
    [InlineData("vendor_device_id", "ZVPxABI0VngDAJwcljCrBZDl", null)]
    [InlineData("vendor_device_id", "aVc1pfvvvoYDAHXMZpa+mP/F", "vendor_device_id")]
    [InlineData("vendor_device_id", "CgAAAWVT8QAAAAABAAAAAg==", "vendor_device_id")] // api_uid: 16 bytes with their time
    [InlineData("vendor_device_id", "CgAAAf////8AAAABAAAAAg==", null)] // in 2106
    [InlineData("vendor_device_id", "A2B3C4D5E6F7A2B3C4D5E6F7A2B3_2B3", "vendor_device_id")] // user_uin
    [InlineData("vendor_device_id", "XpmaXqmYnpXbXpdjX9_kZ0TlKwMDfmQzWs7Vq1Aa", "vendor_device_id")] // _nano_fp
    [InlineData("vendor_device_id", "some words that are no identifier at all", null)]
    [InlineData("install_id", "1700000000000-1234567890123456789", "install_id")]
    [InlineData("install_id", "1700000000000-1234567890123456", "install_id")]
    [InlineData("install_id", "1700000000000-123", null)]
    [InlineData("install_id", "9700000000000-1234567890123456789", null)] // in 2277
    [InlineData("install_id", "dQAAAAAAAAAAAAAAAAAAAA", "install_id")]
    [InlineData("install_id", "aQAAAAAAAAAAAAAAAAAAAA", null)]
    [InlineData("install_id", "XZ3f2504e0-4f89-41d3-9a0c-0305e82c3301", "install_id")]
    [InlineData("install_id", "XY3f2504e0-4f89-41d3-9a0c-0305e82c3301", null)]
    [InlineData("web_id_cookie", "fb.1.1700000000000.1234567890", "web_id_cookie")]
    [InlineData("web_id_cookie", "fb.1.1700000000000.IwAR0abc", null)]
    [InlineData("web_id_cookie", "GA1.2.1234567890.1700000000", "web_id_cookie")]
    [InlineData("web_id_cookie", "GA1.2.1234567890.17", null)]
    [InlineData("web_id_cookie", "1.2.3.4", null)]
    [InlineData("push_token", "dQAAAAAAAAAAAAAAAAAAAA:APA91b" + Rest, "push_token")]
    [InlineData("push_token", "aBcDeFgHiJk:APA91b" + Rest, "push_token")]
    [InlineData("push_token", "AAAAaBcDeFg:APA91b" + Rest, "server_key")]
    [InlineData("push_token", "dQAAAAAAAAAAAAAAAAAAAA:APA91b", null)]
    [InlineData("push_token", "aQAAAAAAAAAAAAAAAAAAAA:APA91b" + Rest, null)]
    [InlineData("push_token", "dQAAAAAAAAAAAAAAAAAAAA:APA91b" + Rest + "x", null)]
    [InlineData("push_token", "00fc13adff785122b4ad28809a3420982341241421348097878e577c991de8f0", "push_token")] // Apple's
    [InlineData("session_token", "0123456789abcdef0123456789abcdef_1767323045678", "session_token")]
    [InlineData("session_token", "0123456789abcdef0123456789abcdef_1", null)]
    [InlineData("session_token", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDEFGHIJKLMNOPQRST0f1e2d3", "session_token")]
    [InlineData("session_token", "abcdefghijklmnop", null)]
    public void NamedValue_HasThisFormat(string named, string value, string? item) =>
        Assert.Equal(item, ItemFormats.Match(named, value, Some.Time, isOnly: true)?.Item);

    [Theory]
    [InlineData("meid", "AF012345ABCDEFA", true)]
    [InlineData("meid", "AF012345ABCDEF", false)]
    [InlineData("imei", "3512345678901201", false)]
    [InlineData("imsi", "450050000000001", false)]
    [InlineData("iccid", "8982051234567890128", true)]
    [InlineData("iccid", "898205123456789012", false)]
    [InlineData("vendor_device_id", "ZVPxABI0VngDAJwcljCrBZDk", true)]
    [InlineData("vendor_device_id", "CgAAAWVT8QAAAAABAAAAAg==", false)]
    [InlineData("push_token", "dQAAAAAAAAAAAAAAAAAAAA:APA91b" + Rest, true)]
    public void OnlyASelfCheckingFormat_IsChecked(string named, string value, bool isChecked) =>
        Assert.Equal(isChecked, ItemFormats.Match(named, value, Some.Time, isOnly: true)?.IsChecked);

    [Theory]
    [InlineData("DA:A1:19:00:53:01", true)]
    [InlineData("00:00:5E:00:53:01", false)]
    public void RandomisedMac_SaysSo(string value, bool isRandomised) =>
        Assert.Equal(isRandomised, MacFormat.Match("mac", value, isNamed: false)?.Form.Contains("randomised", StringComparison.Ordinal));

    [Theory]
    [InlineData("450050000000001", "an IMSI of a Korean network")]
    [InlineData("460001234567890", "an IMSI of a Chinese network")]
    [InlineData("310410123456789", "an IMSI's format")]
    public void Imsi_SaysWhoseNetworkItIs(string value, string form) => Assert.Equal(form, DeviceFormats.Imsi(value)?.Form);

    /// <summary>Every other character in every place: the check of 32 bits lets none of them pass.</summary>
    [Fact]
    public void UtdidWithAnyOtherCharacter_IsNone()
    {
        const string utdid = "ZVPxABI0VngDAJwcljCrBZDk";
        for (var at = 0; at < utdid.Length; at++)
        {
            foreach (var other in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".Where(c => c != utdid[at]))
            {
                Assert.Null(UtdidFormat.Match($"{utdid[..at]}{other}{utdid[(at + 1)..]}"));
            }
        }
    }

    [Theory]
    [InlineData("ZVPxABI0VngDAJwcljCrBZDk1767323045678001", 0)]
    [InlineData("utdid=ZVPxABI0VngDAJwcljCrBZDk&a=1", 6)]
    [InlineData("-||-||ZVPxABI0VngDAJwcljCrBZDk||-", 6)]
    [InlineData("DADADADADADADADADADA ZVPxABI0VngDAJwcljCrBZDk", 21)]
    [InlineData("xZVPxABI0VngDAJwcljCrBZDk", -1)]
    [InlineData("ZVPxABI0VngDAJwcljCrBZD", -1)]
    public void UtdidInALongerText_IsFound(string text, int start) => Assert.Equal(start, UtdidFormat.Find(text, 0)?.Start ?? -1);

    [Fact]
    public void PushTokenInALongerText_IsFound()
    {
        var text = $":APA91b :APA91b to=dQAAAAAAAAAAAAAAAAAAAA:APA91b{Rest}, again";

        Assert.Equal((19, 22 + 7 + 134), (PushTokenFormats.Find(text, 0)?.Start, PushTokenFormats.Find(text, 0)?.Length));
    }
}
