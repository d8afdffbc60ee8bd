using TrafficAudit.Classification.Tests.Corpus.Carriers;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Ordinary;

/// <summary>Requests that say nothing of person or phone, and answers of infrastructure.</summary>
internal static class Requests
{
    public static LabelledMessage Asset(Chance chance) => Traffic.Get($"cdn{chance.Between(1, 30)}.example", $"/static/{chance.Word(2)}/{chance.Hex(8)}.js").Query("v", chance.Digits(5)).Header("If-None-Match", $"\"{chance.Hex(32)}\"").Build("asset request");

    public static LabelledMessage SettingsAsked(Chance chance) => Traffic.Get(Surroundings.Host(chance), "/config").Query("appKey", chance.Digits(8)).Query("rev", chance.Hex(12)).Query("ts", $"{chance.Milliseconds()}").Query("sign", chance.Hex(40)).Build("settings request");

    public static LabelledMessage Page(Chance chance) => Traffic.Post(Surroundings.Host(chance), "/api/list").Json(
        $$"""{"page":{{chance.Between(1, 99)}},"size":{{chance.Pick(10, 20, 30)}},"sort":"{{chance.Pick("latest", "price", "popular")}}","fields":["id","price"],"requestId":"{{chance.Uuid()}}","nonce":"{{chance.Hex(16)}}"}""").Build("page request");

    public static LabelledMessage Query(Chance chance) => Traffic.Post(Surroundings.Host(chance), "/graphql").Json(Tree.Object(
        Tree.Leaf("operationName", "Home" + chance.Digits(2)), Tree.Leaf("query", $"query Home {{ banners(first: {chance.Between(3, 20)}) {{ id image }} categories {{ no title }} }}"),
        Tree.Json($$"""{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"{{chance.Hex(64)}}"} } }""").As("meta"))).Build("graphql request");

    public static LabelledMessage Preflight(Chance chance) => Traffic.Request("OPTIONS", Surroundings.Host(chance), Surroundings.Path(chance)).Header("Access-Control-Request-Method", "POST")
        .Header("Access-Control-Request-Headers", "content-type,x-request-id").Header("Origin", $"https://m{chance.Between(1, 99)}.mall.example").Header("x-request-id", chance.Uuid()).Build("preflight");

    public static LabelledMessage Accepted(Chance chance) => Traffic.Response(Surroundings.Host(chance), "/collect").Header("X-Request-Id", chance.Uuid()).Json(
        $$"""{"ok":true,"accepted":{{chance.Between(1, 50)}},"next":{{chance.Between(10, 600)}},"server_time":{{chance.Milliseconds()}} }""").Build("report accepted");

    public static LabelledMessage NameAnswer(Chance chance) => Traffic.Response("httpdns.provider.example", "/d").Body("text/plain", $"203.0.113.{chance.Between(1, 255)};198.51.100.{chance.Between(1, 255)},{chance.Between(30, 600)}").Build("httpdns answer");

    public static LabelledMessage NameMessage(Chance chance) => Traffic.Response("dns.resolver.example", "/dns-query").Body("application/dns-message", new Value((byte[])
    [
        .. chance.Bytes(2), 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, 3, .. "img"u8, 3, .. "cdn"u8, 7, .. "example"u8, 0, 0, 1, 0, 1, 0xC0, 0x0C, 0, 1, 0, 1, 0, 0, 1, 0x2C, 0, 4, 203, 0, 113, (byte)chance.Between(1, 255),
    ], [])).Build("DNS message");

    public static LabelledMessage Encrypted(Chance chance) => Surroundings.Post(chance).Body("application/octet-stream", new Value(chance.Bytes(chance.Between(100, 4000)), [])).Build("encrypted body");

    public static LabelledMessage EncryptedForm(Chance chance) => Surroundings.Post(chance).Form($"v=2&enc={chance.Base64(chance.Between(48, 600))}&key={chance.Base64(128)}").Build("encrypted form");

    public static LabelledMessage CallStatus(Chance chance) => Traffic.Response(Surroundings.Host(chance), "/grpc.Health/Check").Header("grpc-status", "0").Body("application/grpc", Tree.Json($$"""{"status":1,"rev":{{chance.Digits(6)}} }""").ToGrpc()).Build("grpc health");

    public static LabelledMessage Beat(Chance chance) => Socket.Sent("heartbeats", Surroundings.Host(chance), "2", $"{{\"op\":\"ping\",\"n\":{chance.Digits(7)}}}", "3");

    public static LabelledMessage Prices(Chance chance) => Socket.Received("price ticks", "tick.market.example", Mqtt.Publish("tick/" + chance.Word(2), Tree.Json($$"""{"p":{{chance.Between(1000, 99999)}},"v":{{chance.Between(1, 999)}},"t":{{chance.Milliseconds()}} }""").ToJson()));

    public static LabelledMessage Update(Chance chance) => Traffic.Response("update.store.example", "/check").Body("text/xml", Tree.Json(
        $$"""{"latest":"{{chance.Between(1, 9)}}.{{chance.Between(0, 40)}}.{{chance.Between(0, 9)}}","force":"N","size":"{{chance.Digits(8)}}","sha256":"{{chance.Hex(64)}}"}""").ToXml("update")).Build("update check");

    public static LabelledMessage Redirect(Chance chance) => Traffic.Response(Surroundings.Host(chance), "/r").Header("Location", $"https://m.mall.example/event/{chance.Word(3)}?n={chance.Digits(5)}").Header("Content-Length", "0").Build("redirect");

    public static LabelledMessage Revocation(Chance chance) => Traffic.Post("ocsp.authority.example", "/ocsp").Body("application/ocsp-request", new Value((byte[])[0x30, 0x51, 0x30, 0x4F, 0x30, 0x4D, 0x30, 0x4B, 0x30, 0x49, 0x30, 0x09, 6, 5, 0x2B, 0x0E, 3, 2, 0x1A, 5, 0, 4, 20, .. chance.Bytes(20), 4, 20, .. chance.Bytes(20), 2, 16, .. chance.Bytes(16)], [])).Build("revocation check");
}
