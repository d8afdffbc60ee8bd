using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Traps;

/// <summary>Keys that name a phone's state, a place or a file elsewhere, and here a thing, a page or a choice.</summary>
internal static class PhoneWordTraps
{
    public static IReadOnlyList<Trap> All { get; } =
    [
        new("parcel's carrier", chance => Tree.Json($$"""{"carrier":"{{chance.Pick("한빛택배", "푸른택배", "EMS", "顺丰")}}","invoiceNo":"{{chance.Digits(12)}}","seq":{{chance.Fraction(4)}} }""")),
        new("things in a basket", chance => Tree.Json($$"""{"items":[{"model":"{{chance.Letters(2, "ABCDEFGH")}}-{{chance.Digits(4)}}","brand":"{{chance.Pick("samsung", "한빛", "Apple")}}","qty":{{chance.Between(1, 9)}} }],"basket":{{chance.Fraction(6)}} }""")),
        new("facets", chance => Tree.Json($$"""{"search":{"brand":"{{chance.Pick("samsung", "LG", "小米")}}","model":"{{chance.Letters(2, "ABCDEFGH")}}{{chance.Digits(3)}}","city":"{{chance.Pick("부산", "서울", "대구")}}"},"sort":"price","page":{{chance.Fraction(3)}} }""")),
        new("film's resolution", chance => Tree.Json($$"""{"video":{"resolution":"{{chance.Pick("1080p", "720p", "4K", "auto")}}","codec":"h264","bitrate":{{chance.Between(500, 9000)}} } }""")),
        new("ticket's resolution", chance => Tree.Json($$"""{"ticket":{{chance.Fraction(6)}},"resolution":"{{chance.Pick("fixed", "duplicate", "wontfix")}}"}""")),
        new("links to pictures", chance => Tree.Json($$"""{"photo":"{{chance.Pick("Y", "N")}}","album":"{{chance.Digits(2)}}","voice":"{{chance.Pick("female1", "male2", "child")}}","tts":{{chance.Fraction(4)}} }""")),
        new("operators of queries", chance => Tree.Json($$"""{"conditions":[{"operator":"{{chance.Pick("AND", "OR", "eq", "lt")}}","column":"price","value":"{{chance.Between(10, 999)}}"}],"limit":{{chance.Between(5, 99)}} }""")),
        new("models of catalogues", chance => Tree.Json($$"""{"result":{"model":"{{chance.Letters(2, "ABCDEFGH")}}-{{chance.Digits(4)}}","manufacturer":"{{chance.Pick("한빛전자", "미래가전", "LG")}}","battery":"{{chance.Between(3000, 6000)}}mAh","screen_size":"{{chance.Between(5, 7)}}.{{chance.Between(0, 9)}}"} }"""), IsAnswer: true),
        new("languages of texts", chance => Tree.Json($$"""{"article":{"language":"{{chance.Pick("ko", "en", "zh")}}","timezone":"{{chance.Pick("KST", "UTC")}}","no":{{chance.Fraction(6)}} } }"""), IsAnswer: true),
        new("cities of shows", chance => Tree.Json($$"""{"show":{"title":"{{chance.Word(3)}}","city":"{{chance.Pick("부산", "서울", "Incheon")}}","province":"경기","seats":{{chance.Between(10, 900)}} } }"""), IsAnswer: true),
        new("shops' names in requests", chance => Tree.Json($$"""{"shop":{"name":"별별마켓{{chance.Between(1, 99)}}","city":"수원시","phone":"031-{{chance.Between(200, 999)}}-{{chance.Digits(4)}}"},"follow":{{chance.Fraction(3)}} }""")),
        new("pages and steps", chance => Tree.Json($$"""{"screen":"contacts","tab":"photos","step":"{{chance.Pick("verify", "email", "password")}}","name":"tab_{{chance.Digits(3)}}"}""")),
    ];
}
