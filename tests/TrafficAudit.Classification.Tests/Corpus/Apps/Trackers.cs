using TrafficAudit.Classification.Tests.Corpus.Values;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Apps;

/// <summary>Requests to trackers' own endpoints, by the parameters that they document or that were seen (reference, section 5 and appendix A).</summary>
internal static class Trackers
{
    public static LabelledMessage GoogleAnalytics(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        return Traffic.Post("region1.google-analytics.com", "/g/collect", phone.UserAgent.AtEndpoint()).Query("v", "2").Query("tid", "G-" + chance.Letters(10, "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"))
            .Query("_p", chance.Digits(9)).Query("cid", Subject.State("web_id_cookie", $"{chance.Digits(9)}.{chance.Seconds()}").AtEndpoint()).Query("ul", phone.Language.AtEndpoint()).Query("sr", phone.Resolution.AtEndpoint())
            .Query("sid", Subject.State("session_token", $"{chance.Seconds()}").AtEndpoint()).Query("uid", person.UserId.AtEndpoint()).Query("uam", phone.Model.AtEndpoint()).Query("uapv", phone.Os.AtEndpoint())
            .Query("dl", Subject.State("browsing_history", $"https://shop.example/{chance.Word(2)}").AtEndpoint()).Query("dt", Subject.State("browsing_history", $"상품 {chance.Word(2)}").AtEndpoint())
            .Query("en", Subject.State("interaction", chance.Pick("page_view", "add_to_cart", "purchase", "scroll")).AtEndpoint()).Query("ep.search_term", Subject.State("search_query", $"{chance.Word(2)} 의자").AtEndpoint())
            .Build("google-analytics");
    }

    public static LabelledMessage MetaPixel(Chance chance, Subject person)
    {
        return Traffic.Get("www.facebook.com", "/tr").Query("id", chance.Digits(15)).Query("ev", Subject.State("interaction", chance.Pick("AddToCart", "Purchase", "ViewContent")).AtEndpoint())
            .Query("dl", Subject.State("browsing_history", $"https://shop.example/item/{chance.Word(3)}").AtEndpoint()).Query("fbp", Subject.State("web_id_cookie", $"fb.1.{chance.Milliseconds()}.{chance.Digits(9)}").AtEndpoint())
            .Query("udff[em]", person.HashedEmail().AtEndpoint()).Query("ud[zp]", person.Postcode.AtEndpoint()).Query("cd[content_ids]", Subject.State("product_view", $"[\"{chance.Digits(9)}\"]").AtEndpoint())
            .Query("cd[value]", Subject.State("order_history", $"{chance.Between(1000, 99000)}").AtEndpoint()).Query("ts", $"{chance.Milliseconds()}").Build("meta-pixel");
    }

    public static LabelledMessage MetaAppEvents(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        var extinfo = Tree.Json(
            $$"""["a2","com.example.shop",{{chance.Between(100, 900)}},"8.{{chance.Between(0, 9)}}.0",{{phone.Os.AtEndpoint()}},{{phone.Model.AtEndpoint()}},{{phone.Language.AtEndpoint()}},{{Subject.State("timezone", "GMT+09:00").AtEndpoint()}},{{phone.Carrier.AtEndpoint()}},{{Subject.State("screen", 1080m).AtEndpoint()}},{{Subject.State("screen", 2340m).AtEndpoint()}},"2.75",8,{{Subject.State("storage", (decimal)chance.Between(64, 512)).AtEndpoint()}},{{Subject.State("storage", (decimal)chance.Between(2, 60)).AtEndpoint()}},{{phone.TimeZone.AtEndpoint()}}]""").ToJson();
        return Traffic.Post("graph.facebook.com", $"/v17.0/{chance.Digits(15)}/activities").Body("application/x-www-form-urlencoded", Tree.Pairs(
            $"format=json&sdk={Subject.State("os_version", "android").AtEndpoint()}&advertiser_id={person.Gaid.AtEndpoint()}&advertiser_tracking_enabled=true&anon_id={Subject.State("install_id", "XZ" + chance.Uuid()).AtEndpoint()}&extinfo={extinfo}").ToForm()).Build("meta-app-events");
    }

    public static LabelledMessage AppsFlyer(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        return Traffic.Post("t.appsflyer.com", "/api/v4/androidevent").Query("buildnumber", $"4.{chance.Between(6, 9)}.{chance.Between(0, 9)}").Json(
            $$"""
            {"appsflyerKey":"{{chance.Letters(22, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")}}","advertiserId":{{person.Gaid.AtEndpoint()}},"advertiserIdEnabled":"true","uid":{{person.AppsFlyerId.AtEndpoint()}},
             "model":{{phone.Model.AtEndpoint()}},"brand":{{phone.Brand.AtEndpoint()}},"operator":{{phone.Carrier.AtEndpoint()}},"network":{{phone.Network.AtEndpoint()}},"lang":{{Subject.State("locale", "한국어").AtEndpoint()}},"counter":"{{chance.Between(1, 40)}}",
             "af_v":"{{chance.Hex(40)}}","deviceFingerPrintId":{{Subject.State("device_fingerprint", $"ffffffff-{chance.Hex(4)}-{chance.Hex(4)}-ffff-ffff{chance.Hex(8)}").AtEndpoint()}} }
            """).Build("appsflyer");
    }

    public static LabelledMessage Adjust(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        return Traffic.Post("app.adjust.com", "/session").Form(
            $"gps_adid={person.Gaid.AtEndpoint()}&android_uuid={Subject.State("install_id", chance.Uuid()).AtEndpoint()}&device_name={phone.Model.AtEndpoint()}&device_manufacturer={phone.Brand.AtEndpoint()}&os_version={phone.Os.AtEndpoint()}&language={phone.Language.AtEndpoint()}&app_token={chance.Letters(12, "abcdefghijklmnopqrstuvwxyz0123456789")}&environment=production&created_at={chance.Seconds()}&needs_response_details=1")
            .Build("adjust");
    }

    public static LabelledMessage OneSignal(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        return Traffic.Post("api.onesignal.com", "/players").Json(
            $$"""
            {"app_id":"{{chance.Uuid()}}","identifier":{{person.PushToken.AtEndpoint()}},"device_os":{{phone.Os.AtEndpoint()}},"device_model":{{phone.Model.AtEndpoint()}},"carrier":{{phone.Carrier.AtEndpoint()}},"language":{{phone.Language.AtEndpoint()}},
             "timezone_id":{{phone.TimeZone.AtEndpoint()}},"external_user_id":{{person.UserId.AtEndpoint()}},"rooted":{{Subject.State("root_emulator", false).AtEndpoint()}},"sdk":"0{{chance.Digits(5)}}"}
            """).Build("onesignal");
    }

    public static LabelledMessage FirebaseInstallation(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        var agent = new Value("", [.. phone.Model.AtEndpoint().Places.Select(placed => placed.Under("[1]")), .. phone.Brand.AtEndpoint().Places.Select(placed => placed.Under("[2]"))]).With($"fire-core/20.4.{chance.Between(0, 9)} device-model/{phone.Model.Text.Replace(' ', '_')} device-brand/{phone.Brand.Text} fire-installations/17.{chance.Between(1, 9)}.0");
        var heartbeat = Tree.Json($$"""{"heartbeats":[{"agent":{{agent}},"dates":["2026-01-02"]}],"version":"2"}""").ToJson();
        return Traffic.Post("firebaseinstallations.googleapis.com", $"/v1/projects/example-{chance.Digits(4)}/installations").Header("x-firebase-client", heartbeat.Packed(Pack.Gzip).Base64Url())
            .Json($$"""{"fid":{{Subject.State("install_id", new Somebody(chance).FirebaseId()).AtEndpoint()}},"appId":"1:{{chance.Digits(12)}}:android:{{chance.Hex(16)}}","authVersion":"FIS_v2","sdkVersion":"a:17.{{chance.Between(1, 9)}}.0"}""")
            .Build("firebase-installation");
    }

    public static LabelledMessage PushRegistered(Chance chance, Subject person) => Traffic.Response("fcmtoken.googleapis.com", "/register").Header("X-Request-Id", chance.Uuid()).Body(
        "text/plain; charset=utf-8", Tree.Object(Tree.Leaf("token", person.PushToken)).ToForm() is var form ? form.With(form.Text.Replace("%3A", ":", StringComparison.Ordinal)) : form).Build("push-registered");

    public static LabelledMessage AdExchange(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        var (latitude, longitude) = person.Position;
        return Traffic.Post("hbopenbid.pubmatic.com", "/translator", phone.UserAgent.AtEndpoint()).Json(
            $$"""
            {"id":"{{chance.Uuid()}}","imp":[{"id":"{{chance.Hex(8)}}","banner":{"format":[{"w":300,"h":250}]} }],"site":{"page":{{Subject.State("browsing_history", $"https://news.example/{chance.Word(3)}").AtEndpoint()}} },
             "device":{"ua":{{phone.UserAgent.AtEndpoint()}},"js":1,"dnt":{{Subject.State("consent", 0m).AtEndpoint()}},"ifa":{{person.Gaid.AtEndpoint()}},"ip":{{person.PublicIp.AtEndpoint()}},
              "make":{{phone.Brand.AtEndpoint()}},"model":{{phone.Model.AtEndpoint()}},"osv":{{phone.Os.AtEndpoint()}},"language":{{phone.Language.AtEndpoint()}},"geo":{"lat":{{latitude.AtEndpoint()}},"lon":{{longitude.AtEndpoint()}} } },
             "user":{"gender":{{person.Gender.AtEndpoint()}},"keywords":{{Subject.State("interest_segment", chance.Word(2) + ",camping").AtEndpoint()}} },"at":1}
            """).Build("ad-exchange");
    }

    public static LabelledMessage GoogleUserData(Chance chance, Subject person)
    {
        var email = person.HashedEmail().AtEndpoint();
        var piece = $"em.{System.Buffers.Text.Base64Url.EncodeToString(Convert.FromHexString(email.Text))}";
        var country = Subject.State("coarse_location", "co0.KR").AtEndpoint();
        var data = new Value($"tv.1~{piece}~{country.Text}", [.. email.Places.Select(placed => placed.Under("[1]")), .. country.Places.Select(placed => placed.Under("[2]"))]);
        return Traffic.Post("www.google.com", $"/ccm/form-data/{chance.Digits(9)}").Query("gtm", "45be" + chance.Digits(6)).Query("em", data).Build("google-user-data");
    }
}
