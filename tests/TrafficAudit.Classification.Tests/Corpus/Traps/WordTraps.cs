using TrafficAudit.Classification.Tests.Corpus.Values;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Traps;

/// <summary>Words and texts: other people's and companies' data, labels, samples, look-alikes of e-mail addresses and places.</summary>
internal static class WordTraps
{
    public static IReadOnlyList<Trap> All { get; } =
    [
        new("seller", chance => Tree.Json($$"""{"seller":{"name":"{{Shop(chance)}}","phone":"02-{{chance.Between(200, 999)}}-{{chance.Digits(4)}}","email":"help@{{chance.Word(2)}}.example","address":"{{new Somebody(chance).Address()}}","bizNo":"{{new Somebody(chance).Business()}}"} }"""), IsAnswer: true),
        new("support", chance => Tree.Json($$"""{"support":{"email":"cs@{{chance.Word(3)}}.example","tel":"{{Represented(chance)}}"},"hours":"09:00-18:00"}"""), IsAnswer: true),
        new("represented number", chance => Tree.Json($$"""{"notice":{"phone":"{{Represented(chance)}}","fax":"070-0000-{{chance.Digits(4)}}"},"id":{{chance.Digits(4)}} }"""), IsAnswer: true),
        new("branches", chance => Tree.Json($$"""{"stores":[{"branch":"{{chance.Pick("강남", "해운대", "분당", "수성")}}점","lat":37.{{chance.Fraction(6)}},"lng":127.{{chance.Fraction(6)}},"address":"{{new Somebody(chance).Address()}}","phone":"031-{{chance.Between(200, 999)}}-{{chance.Digits(4)}}"}],"total":{{chance.Digits(2)}} }"""), IsAnswer: true),
        new("company in the footer", chance => Tree.Json($$"""{"company":{"name":"(주){{Shop(chance)}}","ceo":"대표","businessNumber":"{{new Somebody(chance).Business()}}","address":"{{new Somebody(chance).Address()}}"} }"""), IsAnswer: true),
        new("labels", chance => Tree.Json($$"""{"labels":{"email":"이메일","phone":"휴대폰 번호","name":"이름","address":"주소","password":"비밀번호","v":"{{chance.Digits(5)}}"} }"""), IsAnswer: true),
        new("hints", chance => Tree.Json($$"""{"form":[{"field":"mobile","hint":"010-0000-0000 형식으로 입력해 주세요","max":{{chance.Between(11, 14)}} },{"field":"mail","hint":"name@example.com","rev":{{chance.Digits(4)}} }]}"""), IsAnswer: true),
        new("validation patterns", chance => Tree.Json($$"""{"rules":{"phone":"^01[016789]\\d{7,8}$","zip":"^\\d{5}$","email":"^\\S+@\\S+$"},"rev":"{{chance.Hex(8)}}"}"""), IsAnswer: true),
        new("banks and countries", chance => Tree.Json($$"""{"banks":[{"code":"004","title":"국민은행"},{"code":"088","title":"신한은행"}],"countries":[{"iso":"KR","dial":"82"},{"iso":"CN","dial":"86"}],"v":{{chance.Digits(5)}} }"""), IsAnswer: true),
        new("product names", chance => Tree.Json($$"""{"products":[{"name":"{{Thing(chance)}}","brand":"{{chance.Pick("한빛", "samsung", "Apple", "미래가전")}}","model":"SM-{{chance.Letters(1, "SRA")}}{{chance.Digits(3)}}N","review":{{chance.Between(1, 9999)}} }]}"""), IsAnswer: true),
        new("names of things", chance => Tree.Json($$"""{"category":{"name":"{{chance.Pick("여성의류", "주방용품", "도서", "이어폰")}}"},"event":{"name":"{{chance.Word(3)}}_open"},"theme":{"name":"가을","no":{{chance.Digits(5)}} } }"""), IsAnswer: true),
        new("names of code", chance => Tree.Json($$"""{"name":"{{chance.Word(2)}}_{{chance.Digits(3)}}","className":"kr.example.{{chance.Word(2)}}.Main","method":{"name":"on{{chance.Word(2)}}"} }""")),
        new("search filters", chance => Tree.Json($$"""{"filter":{"gender":"{{chance.Pick("F", "M", "여성", "남성")}}","age":"{{chance.Pick("20", "30", "40")}}","color":"{{chance.Word(2)}}"},"page":{{chance.Digits(3)}} }"""), IsAnswer: true),
        new("age limits", chance => Tree.Json($$"""{"content":{"ageLimit":{{chance.Pick(12, 15, 19)}},"ageGrade":"ALL","cache":{"age":{{chance.Between(60, 86400)}} } } }"""), IsAnswer: true),
        new("days that are no birthdays", chance => Tree.Json($$"""{"releaseDate":"{{chance.Between(1960, 2020)}}-0{{chance.Between(1, 9)}}-1{{chance.Between(0, 9)}}","openDay":"{{chance.Between(1960, 2020)}}1{{chance.Between(0, 2)}}1{{chance.Between(0, 9)}}","no":{{chance.Digits(5)}} }"""), IsAnswer: true),
        new("pictures like e-mail addresses", chance => Tree.Json($$"""{"icon":"ic_{{chance.Word(2)}}@2x.png","large":"https://cdn.example/{{chance.Word(3)}}@3x.webp"}"""), IsAnswer: true),
        new("packages like e-mail addresses", chance => Tree.Json($$"""{"deps":["{{chance.Word(2)}}@{{chance.Between(1, 9)}}.{{chance.Between(0, 9)}}.{{chance.Between(0, 9)}}","@scope/{{chance.Word(2)}}@^{{chance.Between(1, 20)}}.0.1"]}"""), IsAnswer: true),
        new("repositories and remotes", chance => Flat(chance, chance.Pick("remote", "repo", "origin"), $"git@code{chance.Between(1, 99)}:team/{chance.Word(3)}.git")),
        new("sports and food", chance => Flat(chance, chance.Pick("title", "headline", "msg"), chance.Pick($"경기 결과로 {chance.Between(2, 9)}위 확정", $"대구탕 {chance.Between(2, 5)}-{chance.Between(6, 9)}인분 특가", $"서울 {chance.Between(2, 50)}번째 매장 오픈", $"부산 {chance.Between(2, 9)}로 시작하는 번호 안내")), IsAnswer: true),
        new("money without accounts", chance => Flat(chance, chance.Pick("guide", "desc"), $"계좌이체 수수료 {chance.Between(100, 900)}원, 카드 무이자 {chance.Between(2, 12)}개월"), IsAnswer: true),
        new("serial of a thing", chance => Tree.Json($$"""{"product":{"serial":"SN{{chance.Digits(9)}}","warranty":{{chance.Between(1, 5)}} } }"""), IsAnswer: true),
        new("languages on offer", chance => Tree.Json($$"""{"supported":["ko","en","zh"],"contentVersion":"{{chance.Digits(6)}}","countries":["KR","US"]}"""), IsAnswer: true),
        new("places on a page", chance => Tree.Json($$"""{"position":{{chance.Between(1, 30)}},"slot":{"location":"{{chance.Pick("top", "footer", "side")}}"},"coord":"{{chance.Between(1, 99)}},{{chance.Between(1, 99)}}"}"""), IsAnswer: true),
        new("mentions", chance => Flat(chance, chance.Pick("text", "caption"), $"@{chance.Word(3)} 신상 입고! 문의는 댓글로 #{chance.Word(2)}"), IsAnswer: true),
    ];

    private static Tree Flat(Chance chance, string key, string value) => Carriers.Surroundings.Flat(chance, key, value);

    private static string Shop(Chance chance) => chance.Pick("좋은상점", "한빛몰", "미래가전", "별별마켓", "푸른식품") + chance.Between(1, 99);

    private static string Thing(Chance chance) => $"{chance.Pick("무선 이어폰", "캠핑 의자", "원목 책상", "아기 물티슈", "러닝화", "手机壳", "蓝牙耳机", "Running Shoes")} {chance.Word(2)}";

    private static string Represented(Chance chance) => $"{chance.Pick("1588", "1544", "1661", "1899", "1600")}-{chance.Digits(4)}";
}
