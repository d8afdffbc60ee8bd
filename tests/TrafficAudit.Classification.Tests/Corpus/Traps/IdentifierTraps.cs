using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Traps;

/// <summary>Identifiers of requests, files, apps and servers, which identify no person and no phone.</summary>
internal static class IdentifierTraps
{
    public static IReadOnlyList<Trap> All { get; } =
    [
        new("signatures", chance => Flat(chance, chance.Pick("sign", "x-sign", "signature", "hmac", "af_v"), chance.Hex(chance.Pick(32, 40, 64)))),
        new("trace identifiers", chance => Tree.Json($$"""{"traceparent":"00-{{chance.Hex(32)}}-{{chance.Hex(16)}}-01","EagleEye-TraceId":"{{chance.Hex(30)}}","x-b3-traceid":"{{chance.Hex(16)}}","x-request-id":"{{chance.Uuid()}}"}""")),
        new("nonces", chance => Flat(chance, chance.Pick("nonce", "salt", "rnd", "idempotencyKey"), chance.Pick(chance.Uuid(), chance.Hex(24), chance.Base64(16)))),
        new("forgery tokens", chance => Flat(chance, chance.Pick("csrf_token", "_csrf", "xsrf", "captchaTicket"), chance.Hex(chance.Pick(32, 40)))),
        new("digests of files", chance => Tree.Json($$"""{"files":[{"path":"/a/{{chance.Word(3)}}.js","md5":"{{chance.Hex(32)}}","sha256":"{{chance.Hex(64)}}"},{"path":"/b.css","integrity":"sha384-{{chance.Base64(48)}}"}],"commit":"{{chance.Hex(40)}}"}"""), IsAnswer: true),
        new("cache keys", chance => Flat(chance, chance.Pick("cacheKey", "etagHash", "version_hash", "rev"), chance.Hex(chance.Pick(20, 32, 40)))),
        new("app constants", chance => Tree.Json($$"""{"appKey":"{{chance.Digits(8)}}","appsflyerKey":"{{chance.Letters(22, Letters)}}","apiKey":"AIza{{chance.Letters(35, Letters)}}","firebaseAppId":"1:{{chance.Digits(12)}}:android:{{chance.Hex(20)}}","container":"GTM-{{chance.Letters(7, "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789")}}"}""")),
        new("data source names", chance => Tree.Json($$"""{"errors":{"dsn":"https://{{chance.Hex(32)}}@o{{chance.Between(1, 999)}}.ingest.errors.example/{{chance.Digits(6)}}","sampleRate":0.{{chance.Between(1, 9)}} } }"""), IsAnswer: true),
        new("resources by UUID", chance => Tree.Json($$"""{"banner":{"uuid":"{{chance.Uuid()}}","creativeId":"{{chance.Uuid()}}"},"placement":"{{chance.Uuid()}}"}"""), IsAnswer: true),
        new("servers' addresses", chance => Tree.Json($$"""{"dns":[{"host":"img{{chance.Between(1, 9)}}.cdn.example","ips":["203.0.113.{{chance.Between(1, 255)}}","198.51.100.{{chance.Between(1, 255)}}"],"ttl":{{chance.Between(30, 600)}} }],"server_ip":"198.51.100.{{chance.Between(1, 255)}}"}"""), IsAnswer: true),
        new("nobody's addresses", chance => Tree.Json($$"""{"resolver":"8.8.8.8","bind":"0.0.0.0:{{chance.Between(1000, 9000)}}","loopback":"127.0.0.1","mask":"255.255.255.0","seq":{{chance.Between(1, 99999)}} }"""), IsAnswer: true),
        new("macros", chance => Tree.Json($$"""{"pixel":"https://t.stats.example/i?gaid=${GAID}&ip=__IP__&cb={{chance.Digits(8)}}","gaid":"{GAID}","email":"[EMAIL]","idfa":"%%ADVERTISING_IDENTIFIER_PLAIN%%","user_id":"@@CRITEO_USERID@@"}""")),
        new("nulls of identifiers", chance => Tree.Json($$"""{"user_id":"{{chance.Pick("0", "-1", "null", "nologin", "anonymous", "(not set)", "undefined")}}","android_id":"{{chance.Pick("", "unknown", "null")}}","serial":"{{chance.Pick("unknown", "N/A")}}","gaid":"{{chance.Pick("", "null", "OPTOUT")}}","n":{{chance.Digits(6)}} }""")),
        new("nulls of persons", chance => Tree.Json($$"""{"email":"{{chance.Pick("", "null", "N/A", "undefined")}}","phone_number":null,"receiverName":"{{chance.Pick("-", "none", "[object Object]")}}","mobile":"{{chance.Pick("", "0", "NaN")}}","step":{{chance.Digits(5)}} }""")),
        new("nulls of networks", chance => Tree.Json($$"""{"ssid":"","bssid":"unknown","imei":"{{chance.Pick("unknown", "null", "-")}}","client_ip":"{{chance.Pick("unknown", "")}}","r":{{chance.Digits(6)}} }""")),
        new("unfilled records", chance => Tree.Object(Tree.Leaf("log", $"-||-||-||-||-||-||-||{chance.Digits(4)}||{chance.Milliseconds()}||-"))),
        new("wallets and contracts", chance => Tree.Json($$"""{"address":"0x{{chance.Hex(40)}}","contractAddress":"0x{{chance.Hex(40)}}","chain":"{{chance.Word(2)}}"}"""), IsAnswer: true),
        new("addresses of the web", chance => Tree.Json($$"""{"address":"https://{{chance.Word(2)}}.example/{{chance.Word(3)}}","homeAddr":"/main/{{chance.Digits(3)}}","bindAddr":"[::]:{{chance.Between(1000, 9000)}}"}"""), IsAnswer: true),
        new("thumbnails", chance => Tree.Json($$"""{"blurhash":"L{{chance.Letters(27, Letters)}}","preview":"data:image/webp;base64,{{chance.Base64(200)}}"}"""), IsAnswer: true),
        new("advertisers' accounts", chance => Tree.Json($$"""{"account":"act_{{chance.Digits(12)}}","pixelId":"{{chance.Digits(15)}}","campaignId":"{{chance.Digits(17)}}","aid":{{chance.Digits(4)}} }""")),
        new("encrypted by the app", chance => Flat(chance, chance.Pick("enc", "payload", "cipher"), chance.Base64(chance.Between(64, 400)))),
    ];

    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static Tree Flat(Chance chance, string key, string value) => Carriers.Surroundings.Flat(chance, key, value);
}
