using TrafficAudit.Classification.Tests.Corpus.Values;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Apps;

/// <summary>Requests to trackers' own endpoints, by the parameters that they document or that were seen (reference, section 5 and appendix A).</summary>
internal static class Trackers
{
    public static LabelledMessage GoogleAnalytics(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        return Traffic.Post("region1.google-analytics.com", "/g/collect", At(phone.UserAgent)).Query("v", "2").Query("tid", "G-" + chance.Letters(10, "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"))
            .Query("_p", chance.Digits(9)).Query("cid", At(Subject.State("web_id_cookie", $"{chance.Digits(9)}.{chance.Seconds()}"))).Query("ul", At(phone.Language)).Query("sr", At(phone.Resolution))
            .Query("sid", At(Subject.State("session_token", $"{chance.Seconds()}"))).Query("uid", At(person.UserId)).Query("uam", At(phone.Model)).Query("uapv", At(phone.Os))
            .Query("dl", At(Subject.State("browsing_history", $"https://shop.example/{chance.Word(2)}"))).Query("dt", At(Subject.State("browsing_history", $"상품 {chance.Word(2)}")))
            .Query("en", At(Subject.State("interaction", chance.Pick("page_view", "add_to_cart", "purchase", "scroll")))).Query("ep.search_term", At(Subject.State("search_query", $"{chance.Word(2)} 의자")))
            .Build("google-analytics");
    }

    public static LabelledMessage MetaPixel(Chance chance, Subject person)
    {
        return Traffic.Get("www.facebook.com", "/tr").Query("id", chance.Digits(15)).Query("ev", At(Subject.State("interaction", chance.Pick("AddToCart", "Purchase", "ViewContent"))))
            .Query("dl", At(Subject.State("browsing_history", $"https://shop.example/item/{chance.Word(3)}"))).Query("fbp", At(Subject.State("web_id_cookie", $"fb.1.{chance.Milliseconds()}.{chance.Digits(9)}")))
            .Query("udff[em]", At(person.HashedEmail())).Query("ud[zp]", At(person.Postcode)).Query("cd[content_ids]", At(Subject.State("product_view", $"[\"{chance.Digits(9)}\"]")))
            .Query("cd[value]", At(Subject.State("order_history", $"{chance.Between(1000, 99000)}"))).Query("ts", $"{chance.Milliseconds()}").Build("meta-pixel");
    }

    public static LabelledMessage MetaAppEvents(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        var extinfo = Tree.Json(
            $$"""["a2","com.example.shop",{{chance.Between(100, 900)}},"8.{{chance.Between(0, 9)}}.0",{{At(phone.Os)}},{{At(phone.Model)}},{{At(phone.Language)}},{{At(Subject.State("timezone", "GMT+09:00"))}},{{At(phone.Carrier)}},{{At(Subject.State("screen", 1080m))}},{{At(Subject.State("screen", 2340m))}},"2.75",8,{{At(Subject.State("storage", (decimal)chance.Between(64, 512)))}},{{At(Subject.State("storage", (decimal)chance.Between(2, 60)))}},{{At(phone.TimeZone)}}]""").ToJson();
        return Traffic.Post("graph.facebook.com", $"/v17.0/{chance.Digits(15)}/activities").Body("application/x-www-form-urlencoded", Tree.Pairs(
            $"format=json&sdk=android&advertiser_id={At(person.Gaid)}&advertiser_tracking_enabled=true&anon_id={At(Subject.State("install_id", "XZ" + chance.Uuid()))}&extinfo={extinfo}").ToForm()).Build("meta-app-events");
    }

    public static LabelledMessage AppsFlyer(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        return Traffic.Post("t.appsflyer.com", "/api/v4/androidevent").Query("buildnumber", $"4.{chance.Between(6, 9)}.{chance.Between(0, 9)}").Json(
            $$"""
            {"appsflyerKey":"{{chance.Letters(22, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")}}","advertiserId":{{At(person.Gaid)}},"advertiserIdEnabled":"true","uid":{{At(person.AppsFlyerId)}},
             "model":{{At(phone.Model)}},"brand":{{At(phone.Brand)}},"operator":{{At(phone.Carrier)}},"network":{{At(phone.Network)}},"lang":{{At(Subject.State("locale", "한국어"))}},"counter":"{{chance.Between(1, 40)}}",
             "af_v":"{{chance.Hex(40)}}","deviceFingerPrintId":{{At(Subject.State("device_fingerprint", $"ffffffff-{chance.Hex(4)}-{chance.Hex(4)}-ffff-ffff{chance.Hex(8)}"))}} }
            """).Build("appsflyer");
    }

    public static LabelledMessage Adjust(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        return Traffic.Post("app.adjust.com", "/session").Form(
            $"gps_adid={At(person.Gaid)}&android_uuid={At(Subject.State("install_id", chance.Uuid()))}&device_name={At(phone.Model)}&device_manufacturer={At(phone.Brand)}&os_version={At(phone.Os)}&language={At(phone.Language)}&app_token={chance.Letters(12, "abcdefghijklmnopqrstuvwxyz0123456789")}&environment=production&created_at={chance.Seconds()}&needs_response_details=1")
            .Build("adjust");
    }

    public static LabelledMessage OneSignal(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        return Traffic.Post("api.onesignal.com", "/players").Json(
            $$"""
            {"app_id":"{{chance.Uuid()}}","identifier":{{At(person.PushToken)}},"device_os":{{At(phone.Os)}},"device_model":{{At(phone.Model)}},"carrier":{{At(phone.Carrier)}},"language":{{At(phone.Language)}},
             "timezone_id":{{At(phone.TimeZone)}},"external_user_id":{{At(person.UserId)}},"rooted":{{At(Subject.State("root_emulator", false))}},"sdk":"0{{chance.Digits(5)}}"}
            """).Build("onesignal");
    }

    public static LabelledMessage FirebaseInstallation(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        var agent = At(phone.Model).And(At(phone.Brand)).With($"fire-core/20.4.{chance.Between(0, 9)} device-model/{phone.Model.Text.Replace(' ', '_')} device-brand/{phone.Brand.Text} fire-installations/17.{chance.Between(1, 9)}.0");
        var heartbeat = Tree.Json($$"""{"heartbeats":[{"agent":{{agent}},"dates":["2026-01-02"]}],"version":"2"}""").ToJson();
        return Traffic.Post("firebaseinstallations.googleapis.com", $"/v1/projects/example-{chance.Digits(4)}/installations").Header("x-firebase-client", heartbeat.Packed(Pack.Gzip).Base64Url())
            .Json($$"""{"fid":{{At(Subject.State("install_id", new Somebody(chance).FirebaseId()))}},"appId":"1:{{chance.Digits(12)}}:android:{{chance.Hex(16)}}","authVersion":"FIS_v2","sdkVersion":"a:17.{{chance.Between(1, 9)}}.0"}""")
            .Build("firebase-installation");
    }

    public static LabelledMessage PushRegistered(Chance chance, Subject person) => Traffic.Response("fcmtoken.googleapis.com", "/register").Body(
        "text/plain; charset=utf-8", Tree.Object(Tree.Leaf("token", person.PushToken)).ToForm() is var form ? form.With(form.Text.Replace("%3A", ":", StringComparison.Ordinal)) : form).Build("push-registered");

    public static LabelledMessage GoogleUserData(Chance chance, Subject person)
    {
        var email = At(person.HashedEmail());
        var digest = email.With("em." + System.Buffers.Text.Base64Url.EncodeToString(Convert.FromHexString(email.Text)));
        return Traffic.Post("www.google.com", $"/ccm/form-data/{chance.Digits(9)}").Query("gtm", "45be" + chance.Digits(6)).Query("em", digest.With($"tv.1~{digest.Text}~co0.KR")
            .And(At(Subject.State("coarse_location", "co0.KR")))).Build("google-user-data");
    }

    // At the vendor's own endpoint a rule says what it is; a known value is known anywhere.
    private static Value At(Value value) => value.Places.Any(placed => placed.Mark.Evidence is Evidence.Known or Evidence.KnownByKey) ? value : value.By(Evidence.Endpoint);
}
