using TrafficAudit.Classification.Tests.Corpus.Values;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Apps;

/// <summary>What apps tell analytics and advertisers that no rule knows: bid requests, device telemetry, crash reports, positions, sessions.</summary>
internal static class Reports
{
    public static LabelledMessage BidRequest(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        var (latitude, longitude) = person.Position;
        return Traffic.Post("rtb.exchange.example", "/openrtb2/bid").Header("x-openrtb-version", "2.6").Json(
            $$"""
            {"id":"{{chance.Uuid()}}","imp":[{"id":"1","banner":{"w":320,"h":50},"bidfloor":0.{{chance.Between(10, 99)}} }],
             "app":{"id":"{{chance.Digits(6)}}","name":"Example Shop","bundle":"com.example.shop","publisher":{"id":"{{chance.Digits(5)}}","name":"Example Publisher"} },
             "device":{"ua":{{phone.UserAgent}},"ip":{{person.PublicIp}},"ifa":{{person.Gaid}},"make":{{phone.Brand}},"model":{{phone.Model}},"osv":{{phone.Os}},"carrier":{{phone.Carrier}},"language":{{phone.Language}},
              "geo":{"lat":{{latitude}},"lon":{{longitude}},"type":1} },
             "user":{"id":{{person.UserId}},"gender":{{person.Gender}} },"source":{"tid":"{{chance.Uuid()}}","fd":1},"at":2,"tmax":{{chance.Between(80, 500)}} }
            """).Build("bid-request");
    }

    public static LabelledMessage Telemetry(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        return Traffic.Post("telemetry.app-b.example", "/v2/device").Body("application/msgpack", Tree.Json(
            $$"""
            {"event":"boot","seq":{{chance.Between(1, 9999)}},"device":{"model":{{phone.Model}},"manufacturer":{{phone.Brand}},"os_version":{{phone.Os}},"resolution":{{phone.Resolution}},
             "battery_level":{{Subject.State("battery", (decimal)chance.Between(2, 100))}},"total_memory":{{Subject.State("ram", (decimal)chance.Between(4_000_000_000, 12_000_000_000))}},
             "free_space":{{Subject.State("storage", (decimal)chance.Between(1_000_000_000, 90_000_000_000))}},"is_rooted":{{Subject.State("root_emulator", "false")}},"android_id":{{person.AndroidId}} },
             "network":{"network_type":{{phone.Network}},"carrier":{{phone.Carrier}},"bssid":{{person.Bssid}},"ssid":{{person.Ssid}} } }
            """).ToMessagePack()).Build("telemetry");
    }

    public static LabelledMessage CrashReport(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        return Traffic.Post("o1.ingest.errors.example", $"/api/{chance.Digits(6)}/envelope").Body("application/x-sentry-envelope", JsonFormat.ToJsonLines(
        [
            Tree.Json($$"""{"event_id":"{{chance.Hex(32)}}","sent_at":"2026-01-02T03:04:0{{chance.Between(0, 9)}}Z","dsn":"https://{{chance.Hex(32)}}@o1.ingest.errors.example/{{chance.Digits(6)}}"}"""),
            Tree.Json($$"""{"type":"event","length":{{chance.Between(400, 9000)}} }"""),
            Tree.Json(
                $$"""
                {"platform":"java","level":"fatal","user":{"id":{{person.UserId}},"email":{{person.Email}} },"contexts":{"device":{"model":{{phone.Model}},"manufacturer":{{phone.Brand}} },"os":{"kernel_version":{{Subject.State("kernel", $"5.10.{chance.Between(10, 240)}-android12")}} } },
                 "release":"shop@8.{{chance.Between(0, 40)}}.0","stacktrace":{{Subject.State("crash", $"IllegalStateException at kr.example.{chance.Word(2)}.{chance.Word(3)}(Main.kt:{chance.Between(10, 900)})")}} }
                """),
        ])).Build("crash-report");
    }

    public static LabelledMessage PositionUpdate(Chance chance, Subject person)
    {
        var (latitude, longitude) = person.Position;
        return Traffic.Post("loc.rider.example", "/grpc/Position").Body("application/cbor", Tree.Json(
            $$"""{"t":{{chance.Seconds()}},"user_id":{{person.UserId}},"latitude":{{latitude}},"longitude":{{longitude}},"acc":{{chance.Between(3, 50)}}.5}""").ToCbor()).Build("position-update");
    }

    public static LabelledMessage AppleDevice(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        return Traffic.Post("push.app-c.example", "/register").Body("application/x-plist", PropertyListFormat.Write(Tree.Json(
            $$"""{"idfa":{{person.Idfa}},"idfv":{{person.Idfv}},"deviceName":{{person.DeviceName}},"locale":{{phone.Language}},"tz":{{phone.TimeZone}},"bundle":"com.example.app{{chance.Digits(2)}}","build":"{{chance.Digits(4)}}"}""")))
            .Build("apple-device");
    }

    public static LabelledMessage NoPermission(Chance chance, Subject person)
    {
        Value Zeroed(string item, string text) => Value.Of(item, text, Evidence.Key, TrafficAudit.Model.FindingState.Zeroed);
        return Traffic.Post("log.network-e.example", "/v1/env").Json(
            $$"""{"ssid":{{Zeroed("wifi_ssid", "<unknown ssid>")}},"mac":{{Zeroed("mac", "02:00:00:00:00:00")}},"imei":{{Zeroed("imei", "000000000000000")}},"android_id":{{Zeroed("android_id", "9774d56d682e549c")}},"utdid":{{Zeroed("vendor_device_id", "ffffffffffffffffffffffff")}},"oaid":{{person.Oaid}},"seq":{{chance.Fraction(5)}} }""")
            .Build("no-permission");
    }

    public static LabelledMessage NoTracking(Chance chance, Subject person) => Traffic.Get("ads.network-d.example", "/v1/ad").Query("slot", chance.Digits(5))
        .Query(chance.Pick("gaid", "gps_adid"), Value.Of("gaid", "00000000-0000-0000-0000-000000000000", Evidence.Key, TrafficAudit.Model.FindingState.Zeroed)).Query("oaid", person.Oaid).Build("no-tracking");

    public static LabelledMessage SignedIn(Chance chance, Subject person) => Traffic.Get("api.app-e.example", "/v1/profile")
        .Header("Authorization", Bearer(Tree.Json($$"""{"iss":"https://id.app-e.example","user_id":{{person.UserId}},"email":{{person.Email}},"exp":{{chance.Seconds()}} }""").ToToken(chance)))
        .Cookie("JSESSIONID", Subject.State("session_token", chance.Letters(32, "0123456789ABCDEF"))).Build("signed-in");

    public static LabelledMessage SavedProfile(Chance chance, Subject person) => Traffic.Post("bff.app-f.example", "/graphql").Json(Tree.Json(
        $$"""{"full_name":{{person.Name}},"phone_number":{{person.Phone}},"email":{{person.Email}},"birthday":{{person.BirthDate}},"zipcode":{{person.Postcode}},"addr1":{{person.Address}} }""").ToGraphQlVariables("UpdateProfile" + chance.Digits(2)))
        .Build("saved-profile");

    public static LabelledMessage Masked(Chance chance, Subject person)
    {
        Value Stars(string item, string text) => Value.Of(item, text, Evidence.Key, TrafficAudit.Model.FindingState.Masked);
        return Traffic.Response("api.order-view.example", "/v1/orders/recent").Json(
            $$"""{"orders":[{"receiverName":{{Stars("name", $"{chance.Pick("김", "이", "박", "최", "정")}*{chance.Pick("래", "솜", "온", "루", "람")}")}},"receiverPhone":{{Stars("phone", $"010-****-{chance.Digits(4)}")}},"cardNo":{{Stars("card_number", $"400000******{chance.Digits(4)}")}},"status":"DELIVERED"}],"page":{{chance.Between(1, 9)}} }""")
            .Build("masked");
    }

    public static LabelledMessage SecureForm(Chance chance, Subject person) => Traffic.Post("auth.app-g.example", "/login").Form(
        $"login_id={person.Email}&password={Subject.State("password", chance.Word(4) + "!" + chance.Digits(3))}&remember=Y&csrf={chance.Hex(32)}").Build("log-in");

    // The token after its scheme; the payload is read below the header.
    private static Value Bearer(Value token) => token.And(Subject.State("jwt", token.Text)).With("Bearer " + token.Text);
}
