using TrafficAudit.Classification.Tests.Corpus.Carriers;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Ordinary;

/// <summary>What shops answer about things: lists, search results, settings, texts.</summary>
internal static class Catalogue
{
    private static readonly string[] Things = ["무선 이어폰", "캠핑 의자", "원목 책상", "아기 물티슈", "러닝화", "手机壳", "蓝牙耳机", "不锈钢保温杯", "Running Shoes", "Desk Lamp", "Wool Coat", "차량용 거치대"];

    public static LabelledMessage Products(Chance chance) => Answer(chance, "/api/v3/products").Json(Tree.Object(
        Tree.Leaf("total", Surroundings.Number(chance.Between(10, 9000))), List(chance, "items", Product))).Build("product list");

    /// <summary>Thousands of numbers and digests of every length: what chance makes of them must not count.</summary>
    public static LabelledMessage Bulk(Chance chance) => Answer(chance, "/sync/all").Json(Tree.Object(Tree.Array("rows", Enumerable.Range(0, 150).Select(_ => Tree.Object(
        Tree.Leaf("a", chance.Digits(chance.Between(9, 20))), Tree.Leaf("b", chance.Hex(chance.Pick(16, 32, 40, 64))), Tree.Leaf("c", Surroundings.Number(chance.Between(1_000_000_000, 9_999_999_999_999))),
        Tree.Leaf("d", chance.Base64(chance.Between(6, 48))), Tree.Leaf("e", chance.Uuid())))))).Build("bulk of numbers");

    public static LabelledMessage SearchResults(Chance chance) => Answer(chance, "/search/v2").Body("application/json", Tree.Object(
        Tree.Leaf("took", Surroundings.Number(chance.Between(3, 300))), List(chance, "hits", Product), Tree.Json($$"""{"facets":[{"color":"red","n":{{chance.Between(1, 99)}} },{"size":"XL","n":{{chance.Between(1, 99)}} }]}""").As("aggs"))
        .ToEscapedJson(), "gzip", Pack.Gzip).Build("search results");

    public static LabelledMessage Mtop(Chance chance) => Answer(chance, "/h5/mtop.example.recommend/1.0").Body("application/json;charset=UTF-8", Callback(chance)).Build("mtop answer");

    public static LabelledMessage Settings(Chance chance) => Answer(chance, "/config").Json(
        $$"""
        {"version":"{{chance.Between(1, 99)}}.{{chance.Between(0, 99)}}","features":{"newCart":{{Bool(chance)}},"liveTab":{{Bool(chance)}},"retry":{{chance.Between(1, 5)}} },"endpoints":{"img":"https://img{{chance.Between(1, 9)}}.cdn.example","log":"https://log.stats.example/v{{chance.Between(1, 4)}}"},
         "ttl":{{chance.Between(60, 86400)}},"min_version":"{{chance.Between(3, 9)}}.0.0","hash":"{{chance.Hex(40)}}","notice":"{{chance.Pick("점검 안내", "배송 지연 안내", "维护通知", "Service notice")}} {{chance.Digits(3)}}"}
        """).Build("settings");

    public static LabelledMessage Translations(Chance chance) => Answer(chance, $"/i18n/{chance.Pick("ko", "en", "zh")}.json").Json(
        $$"""
        {"login.title":"{{chance.Pick("로그인", "Sign in", "登录")}}","login.email":"{{chance.Pick("이메일 주소", "E-mail address", "电子邮件")}}","login.password":"{{chance.Pick("비밀번호", "Password", "密码")}}","order.receiver":"{{chance.Pick("받는 사람", "Recipient", "收货人")}}",
         "order.address":"{{chance.Pick("배송지 주소", "Shipping address", "收货地址")}}","order.phone":"{{chance.Pick("휴대폰 번호", "Mobile number", "手机号码")}}","error.phone":"{{chance.Pick("010으로 시작하는 번호를 입력하세요", "Enter a valid number", "请输入手机号")}}","cart.empty":"{{chance.Word(3)}} {{chance.Word(4)}}","build":"{{chance.Digits(6)}}"}
        """).Build("translations");

    public static LabelledMessage Categories(Chance chance) => Answer(chance, "/category/tree").Body("application/cbor", Tree.Object(
        List(chance, "nodes", c => Tree.Json($$"""{"no":{{c.Digits(5)}},"title":"{{c.Of(Things)}}","depth":{{c.Between(1, 4)}},"leaf":{{Bool(c)}} }"""))).ToCbor()).Build("categories");

    public static LabelledMessage Reviews(Chance chance) => Answer(chance, "/reviews").Json(Tree.Object(List(chance, "reviews", c => Tree.Json(
        $$"""{"no":{{c.Digits(8)}},"star":{{c.Between(1, 6)}},"text":"{{c.Pick("배송이 빨라요", "질이 좋아요", "做工不错", "Fits well")}} {{c.Word(2)}}","likes":{{c.Between(0, 99)}},"at":"{{c.Seconds()}}"}""")))).Build("reviews");

    public static LabelledMessage Feed(Chance chance) => Answer(chance, "/feed.pb").Body("application/x-protobuf", Tree.Object(List(chance, "entries", Product)).ToProtobuf()).Build("protobuf feed");

    public static LabelledMessage Experiments(Chance chance) => Answer(chance, "/ab/assign").Body("application/msgpack", Tree.Object(List(chance, "tests", c => Tree.Json(
        $$"""{"key":"exp_{{c.Word(3)}}","bucket":"{{c.Pick("A", "B", "control")}}","ratio":0.{{c.Between(1, 9)}} }"""))).ToMessagePack()).Build("experiments");

    public static LabelledMessage Weather(Chance chance) => Answer(chance, "/weather/today").Json(
        $$"""{"temp":{{chance.Between(-10, 35)}}.{{chance.Between(0, 9)}},"pm10":{{chance.Between(5, 150)}},"hourly":[{"h":9,"t":{{chance.Between(-10, 35)}} },{"h":12,"t":{{chance.Between(-10, 35)}} }],"source":"기상 {{chance.Digits(4)}}"}""").Build("weather");

    public static LabelledMessage Ranking(Chance chance) => Socket.Received("live ranking", "ws.market.example", Enumerable.Range(0, 3).Select(i =>
        Tree.Json($$"""{"type":"rank","seq":{{chance.Digits(6)}},"items":[{"no":{{chance.Digits(9)}},"rank":{{i + 1}} },{"no":{{chance.Digits(9)}},"rank":{{i + 2}} }]}""").ToJson()).ToList());

    private static Traffic Answer(Chance chance, string path) => Traffic.Response(Surroundings.Host(chance), path);

    private static Template Bool(Chance chance) => chance.Flip() ? "true" : "false";

    private static Tree List(Chance chance, string key, Func<Chance, Tree> make) => Tree.Array(key, Enumerable.Range(0, chance.Between(3, 15)).Select(_ => make(chance)));

    private static Tree Product(Chance chance) => Tree.Json(
        $$"""
        {"productId":{{chance.Pick("1005" + chance.Digits(12), "6010" + chance.Digits(11), chance.Digits(9))}},"title":"{{chance.Of(Things)}} {{chance.Word(2)}}","price":{{chance.Between(900, 990000)}},"rating":4.{{chance.Between(1, 9)}},
         "image":"https://img.cdn.example/{{chance.Hex(16)}}_{{chance.Between(100, 900)}}x{{chance.Between(100, 900)}}.jpg","sold":{{chance.Between(0, 9999)}},"badges":["{{chance.Pick("무료배송", "오늘출발", "包邮", "New")}}"]}
        """);

    private static Value Callback(Chance chance)
    {
        var list = Tree.Object(List(chance, "result", Product)).ToJson();
        return list.With($" mtopjsonp{chance.Between(1, 99)}({{\"api\":\"mtop.example.recommend\",\"data\":{list.Text},\"ret\":[\"SUCCESS::调用成功\"],\"v\":\"1.0\"}})");
    }
}
