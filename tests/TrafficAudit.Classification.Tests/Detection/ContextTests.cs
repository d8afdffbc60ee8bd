using TrafficAudit.Model;
using Reading = TrafficAudit.Classification.Tests.Decoding.Reading;

namespace TrafficAudit.Classification.Tests.Detection;

/// <summary>What the keys around and the values beside say.</summary>
public sealed class ContextTests
{
    [Theory]
    [InlineData("""{"user":{"id":"u-77310042"}}""", "user_id", Strength.E)]
    [InlineData("""{"device":{"id":"0f1e2d3c4b5a6978"}}""", "android_id", Strength.D)]
    [InlineData("""{"uid":"1700000000000-1234567890123456789"}""", "install_id", Strength.D)]
    [InlineData("""{"wifi":{"ip":"192.168.0.7"}}""", "ip_local", Strength.D)]
    [InlineData("""{"account":"110-000-000000","bank":"KB"}""", "bank_account", Strength.D)]
    [InlineData("""{"card":{"expiry":"12/29"}}""", "card_expiry", Strength.D)]
    [InlineData("""{"networks":[{"mac":"00:00:5E:00:53:01","rssi":-60}]}""", "wifi_bssid", Strength.D)]
    [InlineData("""{"mac":"00:00:5E:00:53:01"}""", "mac", Strength.D)]
    [InlineData("""{"mccmnc":"45005"}""", "carrier", Strength.D)]
    [InlineData("""{"zip":"P240000000001"}""", "pccc", Strength.D)]
    [InlineData("""{"ssn":"219-01-0001"}""", "foreign_national_id", Strength.D)]
    [InlineData("""{"user":{"age":"34"}}""", "dob", Strength.E)]
    [InlineData("""{"app":{"gaid":"38400000-8cf0-41bd-b23e-10b96e40000d"}}""", "gaid", Strength.D)]
    [InlineData("""{"card_last4":"1234"}""", "card_number", Strength.D)]
    [InlineData("""{"geohash":"wydm9qy2z"}""", "gps_location", Strength.D)]
    public void KeysAround_TellWhatItIs(string json, string item, Strength strength)
    {
        var finding = Assert.Single(Classify.Counted(SomeField.Request.Json(json)));

        Assert.Equal((item, strength), (finding.Item, finding.Strength));
    }

    [Theory]
    [InlineData("""{"imp":[{"id":"0f1e2d3c4b5a6978"}],"id":"0f1e2d3c4b5a6978","source":{"tid":"0f1e2d3c4b5a6978"}}""")]
    [InlineData("""{"account":"110-000-000000"}""")]
    [InlineData("""{"coupon":{"expiry":"12/29"}}""")]
    [InlineData("""{"age":"34","data":{"age":"1130"}}""")]
    [InlineData("""{"sellers":[{"phone":"02-123-4567"}],"stores":[{"tel":"02-123-4568"}]}""")]
    [InlineData("""{"server":{"ip":"203.0.113.7"},"dns":{"ip":"203.0.113.8"}}""")]
    [InlineData("""{"position":"2345","location":"header"}""")]
    [InlineData("""{"uid":"3f2504e0-4f89-41d3-9a0c-0305e82c3301"}""")]
    public void WithoutThem_ItIsNothing(string json) => Assert.Empty(Classify.Counted(SomeField.Request.Json(json)));

    [Fact]
    public void BirthdayBesideItsYear_IsADateOfBirth()
    {
        Assert.Equal(2, Classify.Counted(SomeField.Request.Json("""{"birthyear":"1990","birthday":"0131"}""")).Count(f => f is { Item: "dob", Strength: Strength.D }));
        Assert.Empty(Classify.Counted(SomeField.Request.Json("""{"birthday":"0131"}""")));
        Assert.Single(Classify.Counted(SomeField.Request.Json("""{"birthyear":"1990","birthday":"1331"}""")));
    }

    [Fact]
    public void LatitudeAndLongitude_AreAPairInAQueryToo()
    {
        Assert.Equal(2, Classify.Result(Reading.Target("/p?lat=37.56653&a=1&lng=126.97796")).Findings.Count(f => f.Item == "gps_location"));
        Assert.Equal(2, Classify.Counted(SomeField.Request.Json("""{"latitudeE7":375665351,"longitudeE7":1269779692}""")).Count(f => f.Item == "gps_location"));
        Assert.Empty(Classify.Result(Reading.Target("/p?lat=37.56653&a=1")).Findings);
    }

    [Fact]
    public void AddressInParts_IsPutTogether()
    {
        var findings = Classify.Counted(SomeField.Request.Json("""{"sido":"서울특별시","sigungu":"중구","roadName":"세종대로","buildingNo":"110"}"""));

        Assert.Equal(4, findings.Count);
        Assert.All(findings, f => Assert.Equal(("postal_address", Strength.D), (f.Item, f.Strength)));
        Assert.Contains("values beside it", findings[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void DetailLine_IsAnAddressBesideOneOnly()
    {
        var beside = Classify.Counted(SomeField.Request.Json("""{"addr1":"서울특별시 중구 세종대로 110","addr2":"101동 1502호"}"""));
        var apart = Classify.Counted(SomeField.Request.Json("""{"a":{"addr1":"서울특별시 중구 세종대로 110"},"b":{"addr2":"101동 1502호"}}"""));

        Assert.Equal([Strength.D, Strength.D], beside.Select(f => f.Strength));
        Assert.Equal([Strength.D, Strength.E], apart.Select(f => f.Strength));
    }

    [Fact]
    public void PartsOfASellersAddress_AreNotPutTogether() =>
        Assert.Empty(Classify.Counted(SomeField.Request.Json("""{"seller":{"sido":"서울특별시","sigungu":"중구","roadName":"세종대로","buildingNo":"110"}}""")));
}
