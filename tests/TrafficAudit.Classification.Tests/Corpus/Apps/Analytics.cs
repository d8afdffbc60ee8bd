using TrafficAudit.Classification.Tests.Corpus.Values;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Apps;

/// <summary>The forms of well-known analytics, sent through hosts of the app's own, so that no rule knows the endpoint.</summary>
internal static class Analytics
{
    public static LabelledMessage MixpanelForm(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        return Traffic.Post("mx.shop.example", "/track").Body("application/x-www-form-urlencoded", Tree.Object(Tree.Leaf("data", Tree.Json(
            $$"""
            [{"event":"app_open","properties":{"$model":{{phone.Model}},"$brand":{{phone.Brand}},"$os_version":{{phone.Os}},"$carrier":{{phone.Carrier}},"$screen_width":{{Subject.State("screen", (decimal)chance.Between(720, 1440))}},
              "$user_id":{{person.UserId}},"$device_id":{{Subject.State("vendor_device_id", chance.Uuid())}},"time":{{chance.Seconds()}},"mp_lib":"android","token":"{{chance.Hex(32)}}"} }]
            """).ToJson().Base64())).ToForm()).Build("mixpanel form");
    }

    public static LabelledMessage SegmentForm(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        return Traffic.Post("events.mall.example", "/v1/batch").Body("application/json", Tree.Json(
            $$"""
            {"batch":[{"type":"identify","messageId":"{{chance.Uuid()}}","userId":{{person.UserId}},"traits":{"email":{{person.Email}},"phone":{{person.Phone}},"birthday":{{person.BirthDate}} },
              "context":{"device":{"model":{{phone.Model}},"manufacturer":{{phone.Brand}},"advertisingId":{{person.Gaid}} },"network":{"carrier":{{phone.Carrier}} },"locale":{{phone.Language}},"timezone":{{phone.TimeZone}},
               "os":{"version":{{phone.Os}} },"userAgent":{{phone.UserAgent}} } }],"sentAt":"2026-01-02T03:04:0{{chance.Between(0, 9)}}.000Z"}
            """).ToJson(), "gzip", Pack.Gzip).Build("segment form");
    }

    public static LabelledMessage AmplitudeForm(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        var (latitude, longitude) = person.Position;
        return Traffic.Post("amp.store-a.example", "/2/httpapi").Json(
            $$"""
            {"api_key":"{{chance.Hex(32)}}","events":[{"user_id":{{person.UserId}},"device_model":{{phone.Model}},"device_manufacturer":{{phone.Brand}},"os_version":{{phone.Os}},"carrier":{{phone.Carrier}},
              "language":{{phone.Language}},"ip":{{person.PublicIp}},"adid":{{person.Gaid}},"android_id":{{person.AndroidId}},"location_lat":{{latitude}},"location_lng":{{longitude}},"city":{{Subject.State("coarse_location", chance.Pick("Seoul", "Busan", "성남시"))}},
              "event_type":"view","session_id":{{Subject.State("session_token", $"{chance.Milliseconds()}")}} }]}
            """).Build("amplitude form");
    }

    public static LabelledMessage BrazeForm(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        return Traffic.Post("crm.app-h.example", "/users/track").Json(
            $$"""
            {"attributes":[{"external_id":{{person.UserId}},"first_name":{{Subject.State("name", new Somebody(chance).KoreanName()[1..])}},"email":{{person.Email}},"phone":{{person.Phone}},"dob":{{person.BirthDate}},"gender":{{person.Gender}},
              "home_city":{{Subject.State("coarse_location", chance.Pick("서울", "부산", "Jeju"))}},"push_token":{{person.PushToken}},"time_zone":{{phone.TimeZone}} }],"sdk":"braze","n":{{chance.Fraction(4)}} }
            """).Build("braze form");
    }

    public static LabelledMessage TaxiRide(Chance chance, Subject person)
    {
        var (latitude, longitude) = person.Position;
        return Traffic.Post("ride.taxi.example", "/v2/estimate").Body("application/x-protobuf", Tree.Json(
            $$"""{"rider":{{person.UserId.AtKnownOnly()}},"phone":{{person.Phone.AtKnownOnly()}},"at":{{chance.Seconds()}},"grade":"{{chance.Pick("basic", "deluxe")}}"}""").ToProtobuf())
            .Query("origin_lat", latitude).Query("origin_lng", longitude).Build("taxi ride");
    }

    public static LabelledMessage WebForm(Chance chance, Subject person) => Traffic.Post("m.insurance.example", "/quote.jsp").Body("application/x-www-form-urlencoded; charset=euc-kr", Tree.Pairs(
        $"custNm={person.Name.EucKr()}&jumin1={Subject.State("rrn", chance.Digits(6))}&hpNo={person.Phone}&addr1={person.Address.EucKr()}&zipNo={person.Postcode}&prodCd={chance.Digits(4)}").ToLegacyForm()).Build("form in EUC-KR");

    public static LabelledMessage Scan(Chance chance, Subject person)
    {
        var somebody = new Somebody(chance);
        return Traffic.Post("wifi.locate.example", "/v1/geolocate").Json(
            $$"""{"considerIp":false,"wifiAccessPoints":[{"macAddress":{{Subject.State("wifi_bssid", somebody.Mac())}},"signalStrength":-{{chance.Between(40, 90)}}},{"macAddress":{{Subject.State("wifi_bssid", somebody.Mac())}},"signalStrength":-{{chance.Between(40, 90)}}}],"cellTowers":[{"cellId":{{Subject.State("cell_info", (decimal)chance.Between(100_000, 9_000_000))}},"mobileNetworkCode":5}]}""")
            .Build("geolocation by networks");
    }
}
