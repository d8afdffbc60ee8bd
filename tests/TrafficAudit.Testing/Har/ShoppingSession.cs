using System.Text;
using System.Text.Json.Nodes;

namespace TrafficAudit.Testing.Har;

/// <summary>
/// The invented recording behind <c>captures/sample</c>: a fictitious Korean shopper installs the app of a Chinese shop that does not
/// exist, signs up and orders. Nothing in it was ever sent.
/// </summary>
public static class ShoppingSession
{
    private const string Ok = """{"ok":true}""";

    private static readonly ShopServer Front = new("kr.haitao-market.example", "52.78.0.1");
    private static readonly ShopServer Gateway = new("gw.haitao-market.example", "106.11.1.1");
    private static readonly ShopServer Log = new("log.haitao-market.example", "161.117.1.1");
    private static readonly ShopServer Pictures = new("img.haitao-cdn.example", "54.254.0.1");
    private static readonly ShopServer Parcel = new("open.bluewhale-parcel.example", "110.75.1.1");
    private static readonly ShopServer Payment = new("pay.hangang-pay.example", "13.125.0.1");
    private static readonly ShopServer Facebook = new("www.facebook.com", "157.240.11.35");
    private static readonly ShopServer FacebookGraph = new("graph.facebook.com", "157.240.11.35");
    private static readonly ShopServer Google = new("app-measurement.com", "142.250.206.206");
    private static readonly ShopServer Branch = new("api2.branch.io", "18.160.1.1");
    private static readonly ShopServer Adjust = new("app.adjust.com", "185.151.204.7");
    private static readonly ShopServer Criteo = new("gum.criteo.com", "178.250.1.9");
    private static readonly ShopServer Umeng = new("ulogs.umeng.com", "140.205.1.1");
    private static readonly ShopServer TikTok = new("analytics.tiktok.com", "101.33.0.1");

    /// <summary>The HAR file.</summary>
    public static byte[] Har()
    {
        var har = new HarBuilder(
            "Invented test data of the TrafficAudit project: the shop, the shopper and every value are fictitious, and nothing in this file was ever sent. "
            + "Third parties' host names and the public server addresses are real so that recipients and countries can be shown.",
            new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(9)));
        FirstStart(har.Page("before_consent", TimeSpan.FromSeconds(2)));
        Browse(har.Page("browse", TimeSpan.FromSeconds(40)));
        SignUp(har.Page("sign_up", TimeSpan.FromSeconds(60)));
        Checkout(har.Page("checkout", TimeSpan.FromSeconds(90)));
        Idle(har.Page("idle", TimeSpan.FromMinutes(5)));
        return har.ToBytes();
    }

    private static void FirstStart(HarBuilder har) => har
        .Add(Front.Get("/app/config?version=8.1.0&locale=ko_KR", """{"update":false,"theme":"spring","servers":["gw","img"]}"""))
        .Add(Google.Exchange("GET", "/config/app/1%3A000000000000%3Aandroid%3A0000000000000000?platform=android&gmp_version=240000") with { Status = 304 })
        .Add(Adjust.PostForm("/session",
            [("app_token", "test0000test"), ("environment", "production"), ("gps_adid", Shopper.AdvertisingId), ("android_id", Shopper.AndroidId),
             ("tracking_enabled", "1"), ("device_type", "phone"), ("os_name", "android"), ("os_version", "15"), ("language", "ko"), ("country", "KR")],
            """{"app_token":"test0000test","message":"","ask_in":3600000}"""))
        .Add(FacebookGraph.PostForm("/v17.0/100000000000000/activities",
            [("event", "MOBILE_APP_INSTALL"), ("advertiser_id", Shopper.AdvertisingId), ("advertiser_tracking_enabled", "true"),
             ("application_tracking_enabled", "true"), ("extinfo", """["a2","com.haitao.market",81,"8.1.0","15","SM-TEST","ko_KR","KST","KT",1080,2340]""")],
            """{"success":true}"""))
        .Add(Branch.PostJson("/v1/install",
            new JsonObject
            {
                ["hardware_id"] = Shopper.AndroidId, ["is_hardware_id_real"] = true, ["google_advertising_id"] = Shopper.AdvertisingId, ["os"] = "Android",
                ["app_version"] = "8.1.0", ["brand"] = "samsung", ["model"] = "SM-TEST", ["sdk"] = "android5.0.0", ["branch_key"] = "key_live_test",
            },
            """{"session_id":"1000000000000000001","link":"https://haitao.app.link/?test"}"""))
        .Add(Umeng.Post("/unify_logs", "application/x-www-form-urlencoded",
            "data=" + Uri.EscapeDataString(Shopper.Base64(new JsonObject
            {
                ["header"] = new JsonObject { ["appkey"] = "test", ["idmd5"] = Shopper.Md5(Shopper.AndroidId), ["android_id"] = Shopper.AndroidId, ["os"] = "Android" },
                ["body"] = new JsonObject { ["sessions"] = new JsonArray(1) },
            }.ToJsonString())), """{"success":"ok"}"""))
        .Add(Google.Exchange("POST", "/a") with { RequestBytes = ("application/x-protobuf", Measurement()), Status = 204 })
        .Add(Pictures.Image("/banner/spring-01.gif"))
        .Add(Pictures.Image("/banner/spring-02.gif"))
        .Add(Front.Get("/fonts/list", """{"fonts":["sans"]}"""))
        .Add(new HarExchange("GET", "https://ads.no-such-network.example/init", null) { Status = 0, Error = "net::ERR_NAME_NOT_RESOLVED" });

    private static void Browse(HarBuilder har) => har
        .Add(Front.PostJson("/consent", new JsonObject { ["terms"] = true, ["marketing"] = false, ["advertising"] = false }, Ok))
        .Add(Gateway.Get("/search?q=%EB%AC%B4%EC%84%A0%20%EC%9D%B4%EC%96%B4%ED%8F%B0&page=1&sort=popular", """{"total":2,"items":[{"id":7001,"price":12900},{"id":7002,"price":15900}]}"""))
        .Add(Pictures.Image("/item/7001-small.gif"))
        .Add(Pictures.Image("/item/7002-small.gif"))
        .Add(Gateway.Get("/item/7001", """{"id":7001,"title":"무선 이어폰","price":12900,"stock":31,"options":["black","white"]}"""))
        .Add(Pictures.Image("/item/7001-large.gif"))
        .Add(Gateway.Get("/item/7001/reviews?page=1", """{"count":2,"reviews":[{"stars":5,"text":"좋아요"},{"stars":3,"text":"보통"}]}"""))
        .Add(Log.PostJson("/track", new JsonObject { ["event"] = "view_item", ["item"] = 7001, ["dwell"] = 14 }, Ok))
        .Add(Gateway.PostJson("/cart/add", new JsonObject { ["item"] = 7001, ["option"] = "black", ["count"] = 1 }, """{"lines":1}"""));

    private static void SignUp(HarBuilder har) => har
        .Add(Gateway.Exchange("POST", "/account/register") with
        {
            RequestBody = ("application/json; charset=utf-8", new JsonObject
            {
                ["name"] = Shopper.Name, ["email"] = Shopper.Email, ["mobile"] = Shopper.Phone, ["birthday"] = Shopper.Birth, ["agree"] = new JsonArray("terms"),
            }.ToJsonString()),
            ResponseBody = ("application/json", """{"member":"m-00000001","level":"welcome"}"""),
            ResponseFields = [("set-cookie", "login_id=gildong.hong%40example.com; Path=/; Secure"), ("content-encoding", "gzip"), ("content-length", "61")],
        })
        .Add(Facebook.Exchange("GET",
            "/tr/?id=100000000000000&ev=CompleteRegistration&dl=https%3A%2F%2Fkr.haitao-market.example%2Fwelcome"
            + $"&udff%5Bem%5D={Shopper.Sha256(Shopper.Email)}&udff%5Bph%5D={Shopper.Sha256(Shopper.InternationalPhone[1..])}"))
        .Add(TikTok.PostJson("/api/v2/pixel",
            new JsonObject
            {
                ["event"] = "CompleteRegistration",
                ["context"] = new JsonObject
                {
                    ["user"] = new JsonObject { ["phone_number"] = Shopper.Sha256(Shopper.InternationalPhone), ["email"] = Shopper.Sha256(Shopper.Email) },
                    ["page"] = new JsonObject { ["url"] = "https://kr.haitao-market.example/welcome" },
                },
            },
            """{"code":0}"""))
        .Add(Criteo.Get($"/sid/json?origin=app&domain=haitao-market.example&hem={Shopper.Md5(Shopper.Email)}", """{"sid":"test"}""") with
        {
            RequestFields = [("cookie", "uid=00000000-0000-4000-8000-000000000000; optout=0")],
        })
        .Add(Log.Exchange("GET", "/e.gif?d=" + Uri.EscapeDataString(Shopper.Base64(
            new JsonObject { ["ev"] = "signup", ["u"] = new JsonObject { ["mail"] = Shopper.Email, ["gaid"] = Shopper.AdvertisingId } }.ToJsonString()))))
        .Add(Front.Get("/me", new JsonObject { ["member"] = "m-00000001", ["name"] = Shopper.Name, ["phone"] = "010-****-1234", ["coupons"] = 3 }.ToJsonString()));

    private static void Checkout(HarBuilder har) => har
        .Add(Gateway.PostForm("/h5/address.add/1.0/",
            [("api", "address.add"), ("v", "1.0"), ("data", ShopServer.Plain(new JsonObject
            {
                ["receiverName"] = Shopper.Name, ["mobile"] = Shopper.Phone, ["address"] = Shopper.Address, ["detail"] = "1층 안내실", ["zipCode"] = Shopper.Postcode,
            }))],
            """{"ret":["SUCCESS"],"data":{"addressId":"900001"}}"""))
        .Add(Gateway.Get("/h5/address.list/1.0/?api=address.list", ShopServer.Plain(new JsonObject
        {
            ["ret"] = new JsonArray("SUCCESS"),
            ["data"] = ShopServer.Plain(new JsonObject
            {
                ["list"] = new JsonArray(new JsonObject { ["receiverName"] = Shopper.Name, ["mobile"] = Shopper.Phone, ["address"] = Shopper.Address }),
            }),
        })))
        .Add(Gateway.PostJson("/order/create",
            new JsonObject
            {
                ["items"] = new JsonArray(new JsonObject { ["id"] = 7001, ["count"] = 1 }),
                ["shipping"] = new JsonObject { ["addressId"] = "900001", ["customsIdNumber"] = Shopper.CustomsCode, ["engName"] = Shopper.RomanName },
            },
            """{"order":"T2026030200001","amount":12900}"""))
        .Add(Parcel.Post("/v1/waybill", "multipart/form-data; boundary=sampleboundary", Waybill(), """{"waybill":"BW000000001"}"""))
        .Add(Payment.PostForm("/v1/ready",
            [("order", "T2026030200001"), ("amount", "12900"), ("buyer_name", Shopper.Name), ("buyer_email", Shopper.Email), ("buyer_tel", Shopper.Phone)],
            """{"tid":"H0000000001","next":"https://pay.hangang-pay.example/p/H0000000001"}"""))
        .Add(Payment.Exchange("GET", "/p/H0000000001") with { Status = 302, ResponseFields = [("location", "https://kr.haitao-market.example/order/done")] })
        .Add(Front.Get("/order/done?order=T2026030200001", "<!doctype html><title>주문 완료</title><p>감사합니다.", "text/html; charset=utf-8") with
        {
            RequestFields = [("cookie", "login_id=gildong.hong%40example.com; theme=spring")],
        })
        .Add(Facebook.Exchange("GET", $"/tr/?id=100000000000000&ev=Purchase&cd%5Bvalue%5D=12900&cd%5Bcurrency%5D=KRW&udff%5Bem%5D={Shopper.Sha256(Shopper.Email)}"))
        .Add(Adjust.PostForm("/event",
            [("app_token", "test0000test"), ("event_token", "buy000"), ("revenue", "12900"), ("currency", "KRW"), ("gps_adid", Shopper.AdvertisingId)], """{"app_token":"test0000test"}"""));

    private static void Idle(HarBuilder har) => har
        .Add(Front.Exchange("GET", "/ping") with { Status = 204 })
        .Add(new HarExchange("GET", "wss://im.haitao-market.example/socket", "106.11.1.2")
        {
            Status = 101, ResponseFields = [("upgrade", "websocket")], Messages = [(true, """{"type":"hello"}"""), (false, """{"type":"welcome"}""")],
        })
        .Add(Log.PostJson("/track", new JsonObject { ["event"] = "heartbeat", ["n"] = 1 }, Ok))
        .Add(Gateway.Exchange("GET", "/promotion/none") with { Status = 404, ResponseBody = ("application/json", """{"error":"not_found"}""") })
        .Add(Log.PostJson("/track", new JsonObject { ["event"] = "heartbeat", ["n"] = 2 }, Ok));

    // A protobuf message of two text fields: 1 is the package, 19 the advertising ID.
    private static byte[] Measurement()
    {
        var package = Encoding.UTF8.GetBytes("com.haitao.market");
        var advertisingId = Encoding.UTF8.GetBytes(Shopper.AdvertisingId);
        return [0x0A, (byte)package.Length, .. package, 0x9A, 0x01, (byte)advertisingId.Length, .. advertisingId];
    }

    private static string Waybill() => string.Concat(
        new[]
        {
            ("receiver", Shopper.Name), ("tel", Shopper.Phone), ("address", Shopper.Address), ("zip", Shopper.Postcode), ("pccc", Shopper.CustomsCode), ("weight", "120"),
        }.Select(p => $"--sampleboundary\r\nContent-Disposition: form-data; name=\"{p.Item1}\"\r\n\r\n{p.Item2}\r\n")) + "--sampleboundary--\r\n";
}
