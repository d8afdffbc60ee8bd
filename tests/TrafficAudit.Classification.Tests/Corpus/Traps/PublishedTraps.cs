using TrafficAudit.Classification.Tests.Corpus.Values;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Traps;

/// <summary>What is published for everybody: places, companies, officers, candidates of a search, forms to be filled in.</summary>
internal static class PublishedTraps
{
    public static IReadOnlyList<Trap> All { get; } =
    [
        new("business in schema.org's words", chance => Tree.Json($$"""{"@context":"https://schema.org","@type":"LocalBusiness","name":"{{Shop(chance)}}","telephone":"02-{{chance.Between(200, 999)}}-{{chance.Digits(4)}}","address":{"@type":"PostalAddress","streetAddress":"{{new Somebody(chance).Address()}}","postalCode":"{{new Somebody(chance).Postcode()}}"} }"""), IsAnswer: true),
        new("places on a map", chance => Tree.Json($$"""{"documents":[{"place_name":"{{Shop(chance)}}","road_address_name":"{{new Somebody(chance).Address()}}","phone":"031-{{chance.Between(200, 999)}}-{{chance.Digits(4)}}","x":"127.{{chance.Fraction(6)}}","y":"37.{{chance.Fraction(6)}}"}],"meta":{"total_count":{{chance.Between(1, 99)}} } }"""), IsAnswer: true),
        new("addresses to choose from", chance => Tree.Json($$"""{"results":{"common":{"totalCount":"{{chance.Between(1, 99)}}"},"juso":[{"roadAddr":"{{new Somebody(chance).Address()}}","zipNo":"{{new Somebody(chance).Postcode()}}"},{"roadAddr":"{{new Somebody(chance).Address()}}","zipNo":"{{new Somebody(chance).Postcode()}}"}]} }"""), IsAnswer: true),
        new("customer centre", chance => Tree.Json($$"""{"customerCenter":{"phone":"{{chance.Pick("02-", "031-", "051-")}}{{chance.Between(200, 999)}}-{{chance.Digits(4)}}","email":"help@{{chance.Word(2)}}.example","hours":"09-18"} }"""), IsAnswer: true),
        new("privacy officer", chance => Tree.Json($$"""{"policy":{"version":"{{chance.Digits(3)}}","privacyOfficer":{"name":"{{new Somebody(chance).KoreanName()}}","email":"privacy@{{chance.Word(2)}}.example","phone":"02-{{chance.Between(200, 999)}}-{{chance.Digits(4)}}"} } }"""), IsAnswer: true),
        new("form to fill in", chance => Tree.Json($$"""{"fields":[{"name":"email","type":"text","value":""},{"name":"phone","type":"tel","value":null},{"name":"receiverName","type":"text","maxLength":{{chance.Between(10, 60)}} }],"id":{{chance.Fraction(5)}} }"""), IsAnswer: true),
        new("hotel", chance => Tree.Json($$"""{"hotel":{"name":"Hotel {{chance.Word(3)}}","address":"{{new Somebody(chance).RomanAddress()}}","lat":37.{{chance.Fraction(6)}},"lng":127.{{chance.Fraction(6)}},"tel":"064-{{chance.Between(200, 999)}}-{{chance.Digits(4)}}"} }"""), IsAnswer: true),
        new("pick-up points", chance => Tree.Json($$"""{"pickupPoints":[{"pointNo":"{{chance.Digits(5)}}","pointName":"편의점 {{chance.Word(2)}}점","address":"{{new Somebody(chance).Address()}}","zipcode":"{{new Somebody(chance).Postcode()}}"}]}"""), IsAnswer: true),
        new("article", chance => Tree.Json($$"""{"article":{"title":"{{chance.Pick("새 도로 개통", "환율 소식", "가을 축제")}}","body":"{{chance.Word(3)}} 기자 = {{new Somebody(chance).Address()}} 일대에서 열린다. 문의 02-{{chance.Between(200, 999)}}-{{chance.Digits(4)}}. desk@{{chance.Word(2)}}.example","no":{{chance.Fraction(6)}} } }"""), IsAnswer: true),
        new("app's own listing", chance => Tree.Json($$"""{"developer":{"name":"{{Shop(chance)}}","email":"dev@{{chance.Word(2)}}.example","website":"https://{{chance.Word(2)}}.example"},"permissions":["camera","contacts","location"],"size":"{{chance.Between(10, 200)}}MB"}"""), IsAnswer: true),
        new("sender of a newsletter", chance => Tree.Json($$"""{"mail":{"from":"no-reply@{{chance.Word(2)}}.example","template":"t{{chance.Digits(4)}}"} }"""), IsAnswer: true),
        new("bank of the shop", chance => Tree.Json($$"""{"deposit":{"company":{"bank":"한빛은행","accountNo":"{{new Somebody(chance).BankAccount()}}","holder":"(주){{Shop(chance)}}"} } }"""), IsAnswer: true),
    ];

    private static string Shop(Chance chance) => chance.Pick("좋은상점", "한빛몰", "미래가전", "별별마켓", "푸른식품") + chance.Between(1, 999);
}
