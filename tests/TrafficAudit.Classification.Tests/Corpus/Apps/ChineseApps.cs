using TrafficAudit.Classification.Tests.Corpus.Values;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Apps;

/// <summary>Apps of Chinese vendors, by the names that public code shows (reference, sections 2 and 3).</summary>
internal static class ChineseApps
{
    /// <summary>The line that Alibaba's UT sends, fields by position; under an unknown host only what is known or checks itself is found.</summary>
    public static LabelledMessage AlibabaLog(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        Value[] fields =
        [
            person.Imei, person.Imsi, phone.Brand, phone.Model, phone.Resolution, phone.Carrier, phone.Network, "-", "60000" + chance.Digits(3), chance.Digits(8), $"8.{chance.Between(10, 99)}.0", "-",
            person.Nickname, "-", person.UserId, phone.Language, "a", phone.Os, "6.5.8", $"{chance.Seconds()}", person.Utdid, "mini", "-", "-", "-", "-", "-", $"{chance.Milliseconds()}", "Page_Home", "2001",
        ];
        var line = new Value(string.Join("||", fields.Select(field => field.Text)), [.. fields.SelectMany((field, i) => field.AtEndpoint().Places.Select(placed => placed.Under($"[{i}]")))]);
        return Traffic.Post("h-adashx.ut.taobao.com", "/upload").Body("application/x-www-form-urlencoded", Tree.Object(Tree.Leaf("v", "3"), Tree.Leaf("log", line)).ToForm()).Build("alibaba-log");
    }

    public static LabelledMessage MtopCall(Chance chance, Subject person) => Traffic.Post("acs.m.taobao.com", "/gw/mtop.example.address.save/1.0")
        .Header("x-utdid", person.Utdid.AtEndpoint()).Header("x-uid", person.UserId.AtEndpoint()).Header("x-appkey", chance.Digits(8)).Header("x-t", $"{chance.Seconds()}").Header("x-sign", "az" + chance.Hex(40))
        .Body("application/x-www-form-urlencoded", Tree.Object(Tree.Leaf("data", Tree.Json(
            $$"""{"fullName":{{person.EnglishName}},"mobile":{{person.Phone}},"addressDetail":{{person.Address}},"postCode":{{person.Postcode}},"country_dial":"+82"}""").ToJson())).ToForm())
        .Build("mtop-call");

    public static LabelledMessage PddHeaders(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        return Traffic.Post("api.pinduoduo.example", "/api/phantom/collect").Header("pdd_id", Subject.State("vendor_device_id", chance.Letters(8, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")))
            .Header("anti-token", Subject.State("device_fingerprint", "1ab" + chance.Base64(90)))
            .Header("X-PDD-Queries", Tree.Pairs($"imei={person.Imei}&osv={phone.Os}&model={phone.Model}&brand={phone.Brand}&ver=7.{chance.Between(1, 40)}.0").ToForm())
            .Json($$"""{"scene":"launch","mac":{{person.Mac}},"ssid":{{person.Ssid}},"bssid":{{person.Bssid}},"ts":{{chance.Milliseconds()}} }""")
            .Build("pdd-headers");
    }

    public static LabelledMessage ByteDanceRegister(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        return Traffic.Post("log.device.example", "/service/2/device_register").Query("tt_data", "a").Body("application/json; charset=utf-8", Tree.Json(
            $$"""
            {"magic_tag":"ss_app_log","header":{"os_version":{{phone.Os}},"device_model":{{phone.Model}},"device_brand":{{phone.Brand}},"resolution":{{phone.Resolution}},"language":{{phone.Language}},
             "access":"wifi","carrier":{{phone.Carrier}},"mc":{{person.Mac}},"openudid":{{person.OpenUdid}},"clientudid":{{Subject.State("vendor_device_id", chance.Uuid())}},
             "google_aid":{{person.Gaid}},"cdid":{{Subject.State("vendor_device_id", chance.Uuid())}},"sig_hash":"{{chance.Hex(32)}}"},"_gen_time":{{chance.Milliseconds()}} }
            """).ToJson(), "gzip", Pack.Gzip).Build("bytedance-register");
    }

    public static LabelledMessage UmengLaunch(Chance chance, Subject person)
    {
        var phone = new Handset(chance);
        return Traffic.Post("ulogs.analytics.example", "/unify_logs").Body("application/json", Tree.Json(
            $$"""{"header":{"appkey":"{{chance.Hex(24)}}","imei":{{person.Imei}},"android_id":{{person.AndroidId}},"oaid":{{person.Oaid}},"device_model":{{phone.Model}},"carrier":{{phone.Carrier}},"timezone":{{phone.TimeZone}} },"body":{"start_at":{{chance.Seconds()}} } }""").ToJson())
            .Build("umeng-launch");
    }

    public static LabelledMessage ShipTo(Chance chance, Subject person) => Traffic.Post("gw.global-shop.example", "/logistics/address").Json(
        $$"""
        {"contact_person":{{person.EnglishName}},"mobile_no":{{person.Phone}},"phone_country":"+82","address2":{{person.AddressDetail}},"address":{{person.Address}},"zip":{{person.Postcode}},
         "passport_no":{{person.Pccc}},"location_tree_address_id":{{Subject.State("postal_address", $"9{chance.Digits(8)}000000000-9{chance.Digits(8)}000000000")}} }
        """).Build("customs-address");

    public static LabelledMessage ChineseForm(Chance chance, Subject person) => Traffic.Post("m.huodong.example", "/api/lingqu").Body("application/json; charset=gbk", Tree.Json(
        $$"""{"收货人":{{person.EnglishName}},"手机号":{{person.Phone}},"地址":{{Subject.State("postal_address", new Somebody(chance).ChineseAddress())}},"活动":"满减{{chance.Digits(2)}}元"}""").ToJson().Gbk()).Build("chinese-form");
}
