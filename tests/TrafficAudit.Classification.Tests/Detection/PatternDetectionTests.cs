using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Detection;

public sealed class PatternDetectionTests
{
    [Theory]
    [InlineData("""{"phone":"010-0000-0000"}""", "phone", Strength.D)]
    [InlineData("""{"phones":[{"number":"x"}],"user":{"mobile":"+8613800000000"}}""", "phone", Strength.D)]
    [InlineData("""{"receiver":{"tel":"031-1234-5678"}}""", "phone", Strength.D)]
    [InlineData("""{"receiver":{"safeNumber":"0503-0000-0000"}}""", "safe_phone", Strength.D)]
    [InlineData("""{"email":"gildong@mail.example"}""", "email", Strength.D)]
    [InlineData("""{"email":"Gildong <gildong@mail.example>"}""", "email", Strength.D)]
    [InlineData("""{"address":"서울특별시 중구 세종대로 110"}""", "postal_address", Strength.D)]
    [InlineData("""{"rrn":"900101-1123459"}""", "rrn", Strength.C)]
    [InlineData("""{"rrn":"900101-1123458"}""", "rrn", Strength.D)]
    [InlineData("""{"jumin2":"1123459"}""", "rrn", Strength.D)]
    [InlineData("""{"외국인등록번호":"900101-5123452"}""", "arc", Strength.C)]
    [InlineData("""{"personalCustomsClearanceCode":"P240000000001"}""", "pccc", Strength.D)]
    [InlineData("""{"passport_no":"P240000000001"}""", "pccc", Strength.D)]
    [InlineData("""{"cpf":"P240000000001"}""", "pccc", Strength.D)]
    [InlineData("""{"passport_no":"M123A4567"}""", "passport_no", Strength.D)]
    [InlineData("""{"cardNo":"4532-0000-0000-0009"}""", "card_number", Strength.C)]
    [InlineData("""{"imei":"351234567890124"}""", "imei", Strength.C)]
    [InlineData("""{"device_id":"351234567890124"}""", "imei", Strength.C)]
    [InlineData("""{"gaid":"38400000-8cf0-41bd-b23e-10b96e40000d"}""", "gaid", Strength.D)]
    [InlineData("""{"device":{"ifa":"38400000-8cf0-41bd-b23e-10b96e40000d"}}""", "gaid", Strength.D)]
    [InlineData("""{"device":{"ifa":"3F2504E0-4F89-41D3-9A0C-0305E82C3301"}}""", "idfa", Strength.D)]
    [InlineData("""{"idfv":"3F2504E0-4F89-41D3-9A0C-0305E82C3301"}""", "idfv", Strength.D)]
    [InlineData("""{"oaid":"3f2504e0-4f89-41d3-9a0c-0305e82c3301"}""", "oaid", Strength.D)]
    [InlineData("""{"android_id":"0f1e2d3c4b5a6978"}""", "android_id", Strength.D)]
    [InlineData("""{"device_id":"0f1e2d3c4b5a6978"}""", "android_id", Strength.D)]
    [InlineData("""{"birthday":"1990-01-01"}""", "dob", Strength.D)]
    [InlineData("""{"user":{"gender":"F"}}""", "gender", Strength.D)]
    [InlineData("""{"sfzh":"110105199001011232"}""", "foreign_national_id", Strength.C)]
    [InlineData("""{"wifi_mac":"00:00:5E:00:53:01"}""", "mac", Strength.D)]
    [InlineData("""{"bssid":"00:00:5E:00:53:01"}""", "wifi_bssid", Strength.D)]
    [InlineData("""{"receiverName":"성춘향"}""", "name", Strength.D)]
    [InlineData("""{"receiver":{"name":"성춘향"}}""", "name", Strength.D)]
    [InlineData("""{"수령인":"성춘향"}""", "name", Strength.D)]
    [InlineData("""{"fields":[{"name":"phone","value":"010-0000-0000"}]}""", "phone", Strength.D)]
    public void FormatAndKey_Agree(string json, string item, Strength strength)
    {
        var finding = Assert.Single(Classify.Counted(SomeField.Request.Json(json)));

        Assert.Equal((item, strength, Detector.Pattern), (finding.Item, finding.Strength, finding.Detector));
        Assert.Equal(FindingState.Clear, finding.State == FindingState.Masked ? FindingState.Clear : finding.State);
    }

    [Theory]
    [InlineData("""{"gaid":"00000000-0000-0000-0000-000000000000"}""", "gaid", FindingState.Zeroed)]
    [InlineData("""{"idfa":"00000000-0000-0000-0000-000000000000"}""", "idfa", FindingState.Zeroed)]
    [InlineData("""{"mac":"02:00:00:00:00:00"}""", "mac", FindingState.Zeroed)]
    [InlineData("""{"phone":"010-****-0001"}""", "phone", FindingState.Masked)]
    [InlineData("""{"email":"h***@m***.com"}""", "email", FindingState.Masked)]
    [InlineData("""{"jumin":"900101-1******"}""", "rrn", FindingState.Masked)]
    [InlineData("""{"hashed_email":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}""", "email", FindingState.Hashed)]
    [InlineData("""{"user_phone_sha256":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}""", "phone", FindingState.Hashed)]
    [InlineData("""{"udff[em]":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}""", "email", FindingState.Hashed)]
    [InlineData("""{"user":{"fn":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}}""", "name", FindingState.Hashed)]
    [InlineData("""{"imei":"0123456789abcdef0123456789abcdef"}""", "imei", FindingState.Hashed)]
    public void State_IsTold(string json, string item, FindingState state)
    {
        var finding = Assert.Single(Classify.Counted(SomeField.Request.Json(json)));

        Assert.Equal((item, state), (finding.Item, finding.State));
    }

    [Theory]
    [InlineData("""{"memo":"call 010-0000-0000"}""", "phone")]
    [InlineData("""{"memo":"gildong@mail.example"}""", "email")]
    [InlineData("""{"memo":"서울특별시 중구 세종대로 110 앞"}""", "postal_address")]
    [InlineData("""{"memo":"900101-1123459"}""", "rrn")]
    [InlineData("""{"memo":"P240000000001"}""", "pccc")]
    [InlineData("""{"memo":"4111111111111111"}""", "card_number")]
    [InlineData("""{"memo":"351234567890124"}""", "imei")]
    [InlineData("""{"seller":{"phone":"02-123-4567"}}""", "phone")]
    [InlineData("""{"shop":{"contact":"x","email":"help@store.example"}}""", "email")]
    public void FormatAlone_IsShownButNotCounted(string json, string item)
    {
        var finding = Assert.Single(Classify.All(SomeField.Request.Json(json)));

        Assert.Equal((item, Strength.F, false), (finding.Item, finding.Strength, finding.IsCounted));
    }

    [Theory]
    [InlineData("""{"ts":1735689600}""")]
    [InlineData("""{"ts":"1767323045678","created":1767323045}""")]
    [InlineData("""{"phone":1767323045678}""")]
    [InlineData("""{"installed":1704067199000}""")]
    [InlineData("""{"region_code":"911000010000000000"}""")]
    [InlineData("""{"version":"5.25.1.10","sdk":"3.1.1.7","agent":"Chrome/108.0.5359.79"}""")]
    [InlineData("""{"icon":"https://cdn.example/icon@2x.png","pkg":"lodash@4.17.21"}""")]
    [InlineData("""{"dsn":"https://0123456789abcdef0123456789abcdef@o1.ingest.sentry.example/1"}""")]
    [InlineData("""{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","sign":"0123456789abcdef0123456789abcdef01234567"}""")]
    [InlineData("""{"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}""")]
    [InlineData("""{"request_id":"38400000-8cf0-41bd-b23e-10b96e40000d"}""")]
    [InlineData("""{"price":37.50,"rating":4.8,"w":1080,"h":2340,"lat_ms":12.5}""")]
    [InlineData("""{"app":{"name":"Shop","bundle":"com.shop.example"},"site":{"name":"Shop","domain":"shop.example"}}""")]
    [InlineData("""{"items":[{"name":"무선 이어폰","brand":"좋은상점"}],"event":{"name":"view_item"}}""")]
    [InlineData("""{"name":"main_activity","screen_name":"home","event_name":"open","product_name":"shoes"}""")]
    [InlineData("""{"state":"0123456789abcdef0123456789abcdef","db":"0123456789abcdef0123456789abcdef","name":"0123456789abcdef0123456789abcdef"}""")]
    [InlineData("""{"address":"52908400098527886E0F7030069857D2E4169EE7"}""")]
    [InlineData("""{"user":{"data":[{"id":"1","name":"segments"}]}}""")]
    [InlineData("""{"address":"00:00:5E:00:53:01"}""")]
    [InlineData("""{"address":"https://shop.example/","wallet":{"address":"0x52908400098527886E0F7030069857D2E4169EE7"}}""")]
    [InlineData("""{"user":{"address":"0x52908400098527886E0F7030069857D2E4169EE7"}}""")]
    [InlineData("""{"id":"77310042","token":"abcdefghijklmnop","m":"1","s":"2","e":"3","uid":"1","sid":"2","code":"1234"}""")]
    [InlineData("""{"email":null,"phone":"","name":"unknown","gaid":"${GAID}"}""")]
    [InlineData("""{"email":"true","phone":"required","password":false,"birthday":"optional"}""")]
    [InlineData("""{"labels":{"email":"E-mail","phone":"전화번호","password":"비밀번호","address1":"주소","full_name":"성명"}}""")]
    [InlineData("""{"filter":{"gender":"F"},"category":{"gender":"M"}}""")]
    [InlineData("""{"tel":"1588-0000","phone":"080-000-0000"}""")]
    [InlineData("""{"tracking_no":"6890-1234-5678","invoice":"123456789012"}""")]
    [InlineData("""{"title":"경기 결과로 3위","menu":"대구탕 2-3인분"}""")]
    [InlineData("""{"ssid":"7012345678901234567","aid":"1988","iid":"7012345678901234568"}""")]
    [InlineData("""{"age":600,"cc":"1","ct":"4","st":"ok","pin":"a"}""")]
    [InlineData("""{"etag":"0123456789abcdef0123456789abcdef","checksum":"0123456789abcdef0123456789abcdef01234567"}""")]
    public void LookAlike_IsNotCounted(string json) => Assert.Empty(Classify.Counted(SomeField.Request.Json(json), SomePersona.Stranger));

    /// <summary>That a phone names goods and orders is behaviour; their numbers are no card, no IMEI, no resident.</summary>
    [Theory]
    [InlineData("""{"goods_id":"601099512345678","sku_id":351234567890124}""")]
    [InlineData("""{"productId":4111111111111111}""")]
    [InlineData("""{"order_no":"9001011123459"}""")]
    public void NumberOfAThing_IsNoIdentifier(string json) =>
        Assert.All(Classify.Counted(SomeField.Request.Json(json), SomePersona.Stranger), f => Assert.Contains(f.Item, (string[])["product_view", "order_history"]));

    [Fact]
    public void StandardHeaders_HoldNothing()
    {
        var request = SomeField.Request
            .Header("Host", "api.shop.example").Header("User-Agent", SampleTraffic.UserAgent).Header("Accept-Language", "ko-KR,ko;q=0.9")
            .Header("Referer", "https://shop.example/items?id=1005000000000001").Header("Date", "Fri, 02 Jan 2026 03:04:05 GMT")
            .Header("ETag", "\"0123456789abcdef0123456789abcdef\"").Header("Authorization", "Bearer abcdefghijklmnopqrstuvwxyz")
            .Header("X-Requested-With", "com.shop.example").Header("Age", "30").Header("Location", "https://shop.example/");

        Assert.Empty(Classify.All(request, SomePersona.Full));
    }

    [Theory]
    [InlineData("""{"lat":37.5665351,"lon":126.9779692}""", "gps_location", 2)]
    [InlineData("""{"geo":{"latitude":"37.5665","longitude":"126.9779"}}""", "gps_location", 2)]
    [InlineData("""{"x-location":"126.97796,37.56653"}""", "gps_location", 1)]
    [InlineData("""{"lat":37.57,"lon":126.98}""", "coarse_location", 2)]
    [InlineData("""{"client_ip":"203.0.113.7"}""", "ip_public", 1)]
    [InlineData("""{"local_ip":"192.168.0.7"}""", "ip_local", 1)]
    [InlineData("""{"deviceIP":"2001:db8::7"}""", "ip_public", 1)]
    [InlineData("""{"lat":0.0000,"lon":0.0000}""", "", 0)]
    [InlineData("""{"lat":37.5665351}""", "", 0)]
    [InlineData("""{"lat1":37.5665351,"lat2":37.9779692}""", "", 0)]
    [InlineData("""{"lat":37,"lon":127}""", "", 0)]
    [InlineData("""{"price":37.5665351,"rating":126.9779692}""", "", 0)]
    [InlineData("""{"lat":137.5665351,"lon":126.9779692}""", "", 0)]
    [InlineData("""{"client_ip":"5.25.1"}""", "", 0)]
    [InlineData("""{"client_ip":"127.0.0.1"}""", "", 0)]
    [InlineData("""{"sdk_version":"5.25.1.10"}""", "", 0)]
    public void PlacesAndAddresses_AreFoundUnderTheirKeys(string json, string item, int count)
    {
        var found = Classify.Counted(SomeField.Request.Json(json)).ConvertAll(f => f.Item);

        Assert.Equal(Enumerable.Repeat(item, count), found);
    }

    /// <summary>Each would look through all others.</summary>
    [Fact]
    public void PositionsInATableOfManyMembers_AreNotPaired()
    {
        var members = string.Join(',', Enumerable.Range(0, 40).Select(i => $"\"lat{i}\":37.5665351,\"lon{i}\":126.9779692"));

        Assert.Empty(Classify.Counted(SomeField.Request.Json($$"""{ {{members}} }""")));
    }

    [Theory]
    [InlineData("text/css")]
    [InlineData("application/javascript")]
    [InlineData("text/javascript; charset=utf-8")]
    [InlineData("image/svg+xml")]
    public void ScriptsAndStyles_HoldKnownValuesOnly(string type)
    {
        var response = SomeField.Response.Header("Content-Type", type).Json("""{"email":"sample@mail.example","phone":"010-0000-0000"}""");

        Assert.Equal(["phone"], Classify.All(response, SomePersona.Of(("phone", "010-0000-0000"))).Select(f => f.Item));
    }

    [Theory]
    [InlineData("""{"receiverName":"Chunhyang Seong"}""", "name")]
    [InlineData("""{"receiver":{"name":"뮬란 화"}}""", "name")]
    [InlineData("""{"addr2":"101동 1502호"}""", "postal_address")]
    [InlineData("""{"receiver":{"address":"12 Nowhere Street"}}""", "postal_address")]
    [InlineData("""{"password":"correct-horse"}""", "password")]
    [InlineData("""{"user_id":"member-1"}""", "user_id")]
    [InlineData("""{"deviceId":"some-device-0001"}""", "vendor_device_id")]
    [InlineData("""{"push_token":"dQAAAAAAAAAAAAAAAAAAAA:APA91bTEST"}""", "push_token")]
    public void UnambiguousKey_IsPossible(string json, string item)
    {
        var finding = Assert.Single(Classify.Counted(SomeField.Request.Json(json)));

        Assert.Equal((item, Strength.E, Detector.Key, Confidence.Possible), (finding.Item, finding.Strength, finding.Detector, finding.Confidence));
    }

    [Fact]
    public void SellersData_AreNotTheReceivers()
    {
        var found = Classify.Counted(SomeField.Response.Json(SampleTraffic.Order)).Select(f => f.Location.Path).Order(StringComparer.Ordinal);

        Assert.Equal(["receiver.address", "receiver.name", "receiver.phone", "receiver.zip"], found);
    }

    [Fact]
    public void NearestOwner_Decides()
    {
        Assert.Single(Classify.Counted(SomeField.Request.Json("""{"shop":{"user":{"phone":"010-0000-0000"}}}""")));
        Assert.Empty(Classify.Counted(SomeField.Request.Json("""{"user":{"shop":{"phone":"010-0000-0000"}}}""")));
    }
}
