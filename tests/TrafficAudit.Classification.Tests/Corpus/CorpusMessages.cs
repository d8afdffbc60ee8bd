using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TrafficAudit.Classification.Decoding;

namespace TrafficAudit.Classification.Tests.Corpus;

/// <summary>
/// The first labelled corpus: values in several forms, laid into several kinds of message between what apps send anyway; as many
/// messages hold nothing. Forms, digests and check digits are computed here, not by the code under test.
/// </summary>
internal static class CorpusMessages
{
    public static IEnumerable<LabelledMessage> All => [.. Known(), .. Named(), .. Empty()];

    private static IEnumerable<LabelledMessage> Known()
    {
        foreach (var (item, shown) in KnownForms())
        {
            for (var carrier = 0; carrier < 4; carrier++)
            {
                yield return new LabelledMessage(Carry(carrier, "v17", shown), item, IsKnown: true, $"{item} in carrier {carrier}: {shown}");
            }
        }
    }

    private static IEnumerable<(string Item, string Shown)> KnownForms()
    {
        var plain = new (string Item, string[] Forms)[]
        {
            ("phone", ["010-0000-0000", "01000000000", "+821000000000", "821000000000", "+82 10-0000-0000", "0082 1000000000".Replace(" ", "")]),
            ("email", ["Hong.Gildong@gmail.com", "hong.gildong@gmail.com", "honggildong@gmail.com", "tester+lab@mail.example", "TESTER@MAIL.EXAMPLE"]),
            ("name", ["홍길동", "홍 길동", "Gildong Hong", "hong gildong", "홍길동".Normalize(NormalizationForm.FormD)]),
            ("postal_address", ["서울특별시 중구 세종대로 110, 17층 1702호", "서울특별시 중구 세종대로 110", "서울특별시중구세종대로110"]),
            ("rrn", ["900101-1123459", "9001011123459"]),
            ("pccc", ["P240000000001", "p240000000001"]),
            ("card_number", ["4111111111111111", "4111-1111-1111-1111"]),
            ("imei", ["351234567890124"]),
            ("gaid", ["38400000-8cf0-41bd-b23e-10b96e40000d", "38400000-8CF0-41BD-B23E-10B96E40000D", "384000008cf041bdb23e10b96e40000d"]),
            ("mac", ["00:00:5E:00:53:01", "00005e005301"]),
            ("android_id", ["0f1e2d3c4b5a6978", "0F1E2D3C4B5A6978"]),
            ("user_id", ["member-77310042"]),
            ("wifi_ssid", ["lab-network-5G"]),
        };
        foreach (var (item, forms) in plain)
        {
            foreach (var form in forms)
            {
                yield return (item, form);
                var bytes = Encoding.UTF8.GetBytes(form);
                yield return (item, Convert.ToHexStringLower(SHA256.HashData(bytes)));
                yield return (item, Convert.ToHexString(MD5.HashData(bytes)));
                if (item is "email" or "phone")
                {
                    yield return (item, Convert.ToHexStringLower(SHA1.HashData(bytes)));
                    yield return (item, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(MD5.HashData(bytes))))));
                }
            }
        }
    }

    private static IEnumerable<LabelledMessage> Named()
    {
        var named = new (string Item, string[] Keys, Func<int, string> Value)[]
        {
            ("phone", ["phone", "mobileNo", "rcvrPrtblNo", "연락처", "ordererPhoneNumber"], i => $"010-0000-{1000 + i}"),
            ("email", ["email", "userEmail", "e_mail", "custemail", "이메일"], i => $"buyer{i}@mail{i % 7}.example"),
            ("postal_address", ["address", "addr1", "배송지", "roadAddress"], i => $"부산광역시 해운대구 센텀중앙로 {i + 1}"),
            ("rrn", ["rrn", "juminNo", "주민등록번호"], i => Resident($"8{i % 10}0{1 + (i % 9)}15-1{i:000000}"[..13])),
            ("pccc", ["pccc", "personalCustomsClearanceCode", "passport_no", "개인통관고유부호"], i => $"P23{i:0000000000}"),
            ("card_number", ["cardNo", "card_number", "카드번호"], i => Luhn($"45320000{i:0000000}")),
            ("imei", ["imei", "device_id", "IMEI"], i => Luhn($"3512345{i:0000000}")),
            ("gaid", ["gaid", "ifa", "adid", "gps_adid"], i => $"{i:x8}-89ab-4cde-8f01-23456789abcd"),
            ("android_id", ["android_id", "androidId"], i => $"a1b2c3d4{i:x8}"),
            ("name", ["receiverName", "full_name", "수령인"], i => "성춘" + (char)('가' + (i * 28))),
            ("dob", ["birthday", "birthDate", "생년월일"], i => $"19{60 + (i % 40)}-0{1 + (i % 9)}-1{i % 10}"),
        };
        foreach (var (item, keys, value) in named)
        {
            for (var i = 0; i < 12; i++)
            {
                var key = keys[i % keys.Length];
                yield return new LabelledMessage(Carry(i % 4, key, value(i)), item, IsKnown: false, $"{key}={value(i)}");
            }
        }
    }

    private static IEnumerable<LabelledMessage> Empty()
    {
        var random = new Random(20260102);
        string Hex(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "0123456789abcdef"[random.Next(16)]));
        string Digits(int length) => string.Concat(Enumerable.Range(0, length).Select(i => (char)('0' + random.Next(i == 0 ? 1 : 0, 10))));
        var traps = new (string Key, Func<string> Value)[]
        {
            ("ts", () => $"{1767323045 + random.Next(-90_000_000, 90_000_000)}"),
            ("timestamp", () => $"{1767323045000 + random.NextInt64(-90_000_000_000, 90_000_000_000)}"),
            ("installTime", () => $"{1700000000000 + random.NextInt64(0, 5_000_000_000)}"),
            ("goods_id", () => "6010" + Digits(11)),
            ("productId", () => "1005" + Digits(12)),
            ("skuId", () => "12000" + Digits(12)),
            ("order_no", () => "20260102" + Digits(9)),
            ("locationCode", () => $"9{Digits(8)}000000000"),
            ("tracking_no", () => Digits(12)),
            ("sdk_version", () => $"{random.Next(9)}.{random.Next(30)}.{random.Next(9)}.{random.Next(20)}"),
            ("trace_id", () => Hex(32)),
            ("sign", () => Hex(64)),
            ("etag", () => Hex(40)),
            ("request_id", () => $"{Hex(8)}-{Hex(4)}-4{Hex(3)}-a{Hex(3)}-{Hex(12)}"),
            ("nonce", () => Digits(13)),
            ("seq", () => Digits(10)),
            ("image", () => $"https://cdn.example/{Hex(16)}@2x.png"),
            ("package", () => $"lib{Digits(2)}@{random.Next(9)}.{random.Next(9)}.{random.Next(9)}"),
            ("price", () => $"{random.Next(1000)}.{random.Next(100):00}"),
            ("lat_ms", () => $"{random.Next(90)}.{random.Next(1000)}"),
            ("model", () => "SM-S" + Digits(3) + "N"),
            ("language", () => random.Next(2) == 0 ? "ko-KR" : "en"),
            ("screen", () => $"{random.Next(2000)}x{random.Next(3000)}"),
            ("app_name", () => "Shop" + Digits(2)),
            ("product_name", () => "무선 이어폰 " + Digits(2)),
            ("name", () => "event_" + Digits(2)),
            ("seller[phone]", () => "02-" + random.Next(200, 999) + "-" + random.Next(1000, 9999)),
            ("shop.email", () => "help@store" + Digits(2) + ".example"),
            ("address", () => "https://shop" + Digits(3) + ".example/"),
            ("phone", () => "1588-" + Digits(4)),
            ("email", () => random.Next(2) == 0 ? "null" : "true"),
            ("gaid", () => "${GAID}"),
            ("token", () => Hex(48)),
            ("title", () => "경기 결과로 " + random.Next(9) + "위"),
            ("coupon", () => Digits(16)),
            ("uid", () => Digits(6)),
        };
        for (var i = 0; i < 17 * traps.Length; i++)
        {
            var (key, value) = traps[i % traps.Length];
            var shown = value();
            yield return new LabelledMessage(Carry(i % 4, key, shown), null, IsKnown: false, $"{key}={shown}");
        }
    }

    // One value among what apps send anyway.
    private static DecodedMessage Carry(int carrier, string key, string value) => carrier switch
    {
        0 => SomeField.Request.Header("Host", "api.shop.example").Header("User-Agent", SampleTraffic.UserAgent)
            .Query("v", "3.1").Query("ts", "1767323045678").Query(key, value).Build(),
        1 => SomeField.Request.Header("Content-Type", "application/json")
            .Json($$"""{"os":"android","osv":"14","model":"SM-S901N","ts":1767323045678,{{JsonSerializer.Serialize(key)}}:{{JsonSerializer.Serialize(value)}},"w":1080}""").Build(),
        2 => SomeField.Response.Header("Content-Type", "application/json")
            .Json($$"""{"code":0,"result":{"list":[{"{{key}}":{{JsonSerializer.Serialize(value)}},"count":3}],"traceId":"4bf92f3577b34da6a3ce929d0e0e4736"} }""").Build(),
        _ => SomeField.Request.Cookie("lang", "ko").Cookie("sid", "c0ffee00c0ffee00").JsonInQuery(
            "data", $$"""{"appVer":"7.12.0","{{key}}":{{JsonSerializer.Serialize(value)}} }""").Build(),
    };

    private static string Resident(string withHyphen)
    {
        var digits = withHyphen.Replace("-", "", StringComparison.Ordinal);
        var sum = digits.Select((digit, i) => (digit - '0') * (2 + (i % 8))).Sum();
        return withHyphen + ((11 - (sum % 11)) % 10);
    }

    private static string Luhn(string digits)
    {
        var sum = digits.Reverse().Select((digit, i) => i % 2 == 0 ? ((digit - '0') * 2 / 10) + ((digit - '0') * 2 % 10) : digit - '0').Sum();
        return digits + ((10 - (sum % 10)) % 10);
    }
}
