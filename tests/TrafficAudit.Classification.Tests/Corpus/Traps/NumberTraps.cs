using TrafficAudit.Classification.Tests.Corpus.Values;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Traps;

/// <summary>Times, things' numbers, versions, measures: digits that have the format of an identifier.</summary>
internal static class NumberTraps
{
    public static IReadOnlyList<Trap> All { get; } =
    [
        new("seconds", chance => Flat(chance, chance.Pick("ts", "t", "time", "expire", "timestamp", "lastModified"), $"{chance.Seconds()}")),
        new("seconds as numbers", chance => Tree.Json($$"""{"start":{{chance.Seconds()}},"end":{{chance.Seconds()}},"reqTime":{{chance.Seconds()}} }""")),
        new("milliseconds", chance => Flat(chance, chance.Pick("ts", "server_time", "updatedAt", "clientTime", "_t"), $"{chance.Milliseconds()}")),
        new("milliseconds like a resident number", chance => Flat(chance, chance.Pick("ts", "stamp", "clock"), $"{chance.Pick(chance.Between(1_801_000_000_000, 1_812_000_000_000), chance.Between(1_701_000_000_000, 1_712_300_000_000))}")),
        new("microseconds and nanoseconds", chance => Flat(chance, chance.Pick("us", "traceStart", "nano"), $"{chance.Milliseconds()}{chance.Letters(chance.Pick(3, 6), "0123456789")}")),
        new("random thirteen digits", chance => Flat(chance, chance.Pick("nonce", "seqNo", "batch"), chance.Digits(13))),
        new("coupon like a card", chance => Flat(chance, chance.Pick("couponNo", "pointNo", "voucher"), chance.Flip() ? CheckDigits.Luhn(chance.Digits(15)) : chance.Digits(16)), IsAnswer: true),
        new("goods id of fifteen digits", chance => Goods(chance, "goods_id", () => "6010" + chance.Digits(11)), IsAnswer: true),
        new("product and variant ids", chance => Goods(chance, "productId", () => chance.Pick("1005" + chance.Digits(12), "12000" + chance.Digits(12))), IsAnswer: true),
        new("goods id that checks like an IMEI", chance => Goods(chance, "itemId", () => CheckDigits.Luhn("35" + chance.Digits(12))), IsAnswer: true),
        new("location codes", chance => Tree.Json($$"""{"tree":[{"code":"9{{chance.Digits(8)}}000000000","level":1},{"code":"9{{chance.Digits(8)}}000000000","level":2}]}"""), IsAnswer: true),
        new("eleven digits", chance => Flat(chance, chance.Pick("seq", "cursor", "rowKey"), $"1{chance.Between(3, 9)}{chance.Digits(9)}")),
        new("tracking number", chance => Flat(chance, chance.Pick("invoiceNo", "trackingNo", "운송장번호"), chance.Digits(chance.Between(10, 14))), IsAnswer: true),
        new("barcode", chance => Goods(chance, chance.Pick("barcode", "gtin", "ean"), () => "880" + chance.Digits(10)), IsAnswer: true),
        new("isbn", chance => Goods(chance, "isbn", () => "978" + chance.Digits(10)), IsAnswer: true),
        new("version like an address", chance => Flat(chance, chance.Pick("jsVersion", "build", "engineVer", "sdkVer"), $"{chance.Between(1, 10)}.{chance.Between(0, 40)}.{chance.Between(0, 10)}.{chance.Between(0, 20)}")),
        new("prices and ratings", chance => Tree.Json($$"""{"price":{{chance.Between(10, 99)}}.50,"rating":4.{{chance.Between(1, 9)}},"duration":127.{{chance.Between(0, 9)}},"rate":37.{{chance.Between(1000, 9999)}} }"""), IsAnswer: true),
        new("latencies", chance => Tree.Json($$"""{"latency":37.{{chance.Fraction(6)}},"lat_p95":{{chance.Between(30, 90)}}.{{chance.Fraction(5)}},"longTask":127.{{chance.Fraction(6)}} }""")),
        new("chart points", chance => Tree.Json($$"""{"points":[{"x":{{chance.Between(10, 90)}}.{{chance.Fraction(5)}},"y":{{chance.Between(100, 170)}}.{{chance.Fraction(5)}} },{"x":1.5,"y":2.5}]}"""), IsAnswer: true),
        new("sizes of pictures", chance => Tree.Json($$"""{"image":{"width":{{chance.Between(100, 1440)}},"height":{{chance.Between(100, 3000)}} },"size":"300x{{chance.Between(50, 600)}}","thumb":{"w":1,"h":1} }"""), IsAnswer: true),
        new("times like a MAC address", chance => Flat(chance, chance.Pick("window", "range", "playtime"), $"{chance.Between(10, 24)}:{chance.Between(10, 60)}:{chance.Between(10, 60)}:{chance.Between(10, 60)}:{chance.Between(10, 60)}:{chance.Between(10, 60)}"), IsAnswer: true),
        new("company registration number", chance => Tree.Json($$"""{"footer":{"corpRegNo":"1101{{chance.Between(11, 99)}}-{{chance.Digits(7)}}","since":"19{{chance.Between(50, 99)}}"} }"""), IsAnswer: true),
        new("article number with hyphens", chance => Goods(chance, "sku", () => $"0{chance.Digits(2)}-{chance.Digits(4)}-{chance.Digits(4)}"), IsAnswer: true),
    ];

    private static Tree Flat(Chance chance, string key, string value) => Carriers.Surroundings.Flat(chance, key, value);

    private static Tree Goods(Chance chance, string key, Func<string> number) => Tree.Json(
        $$"""{"ret":["SUCCESS"],"items":[{"{{key}}":{{number()}},"stock":{{chance.Between(0, 99)}} },{"{{key}}":{{number()}},"stock":{{chance.Between(0, 99)}} }],"page":{{chance.Between(1, 50)}} }""");
}
