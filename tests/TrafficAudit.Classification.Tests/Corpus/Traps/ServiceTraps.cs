using TrafficAudit.Classification.Tests.Corpus.Values;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Traps;

/// <summary>Services' answers about devices, vehicles, firms and interfaces that are not the user's.</summary>
internal static class ServiceTraps
{
    public static IReadOnlyList<Trap> All { get; } =
    [
        new("devices that are supported", chance => Tree.Json($$"""{"supportedDevices":[{"model":"SM-S{{chance.Digits(3)}}N","minOs":"12"},{"model":"iPhone{{chance.Between(11, 17)}},{{chance.Between(1, 5)}}","minOs":"16"}],"rev":{{chance.Fraction(5)}} }"""), IsAnswer: true),
        new("buses", chance => Tree.Json($$"""{"buses":[{"routeNo":"{{chance.Between(100, 999)}}","plate":"서울70사{{chance.Digits(4)}}","lat":37.{{chance.Fraction(6)}},"lng":127.{{chance.Fraction(6)}}}],"station":"{{chance.Digits(5)}}"}"""), IsAnswer: true),
        new("vacancies", chance => Tree.Json($$"""{"job":{"title":"백엔드 개발자","company":"미래가전","contactEmail":"hr@{{chance.Word(3)}}.example","contactPhone":"02-{{chance.Between(200, 999)}}-{{chance.Digits(4)}}"} }"""), IsAnswer: true),
        new("description of an interface", chance => Tree.Json($$"""{"properties":{"email":{"type":"string","format":"email","example":"{{chance.Word(2)}}@example.com"},"phone":{"type":"string","example":"010-1234-5678"} },"version":{{chance.Fraction(4)}} }"""), IsAnswer: true),
        new("errors of a form", chance => Tree.Json($$"""{"error":{"code":{{chance.Fraction(4)}},"field":"email","message":"이메일 형식이 아닙니다","email":["required"],"phone":"invalid"} }"""), IsAnswer: true),
        new("switches", chance => Tree.Json($$"""{"flags":{"email_login":"v{{chance.Between(1, 9)}}","phone_auth":"on","address_search":"kakao","gender_test":"B","device_id_check":"off"},"rev":{{chance.Fraction(5)}} }"""), IsAnswer: true),
        new("certificates", chance => Tree.Json($$"""{"certificate":{"subject":"CN={{chance.Word(2)}}.example","serialNumber":"{{chance.Hex(20)}}","fingerprint":"{{chance.Hex(64)}}"} }"""), IsAnswer: true),
        new("texts with places for names", chance => Tree.Json($$"""{"templates":{"greeting":"{name}님, 안녕하세요","mail":"{email} 로 보냈습니다","sms":"[{shop}] 인증번호 {otp}"},"no":{{chance.Fraction(5)}} }"""), IsAnswer: true),
        new("exchange of money", chance => Tree.Json($$"""{"base":"KRW","rates":{"USD":0.000{{chance.Fraction(4)}},"CNY":0.00{{chance.Fraction(4)}}},"account":"demo","no":{{chance.Fraction(6)}} }"""), IsAnswer: true),
        new("numbers of a draw", chance => Tree.Json($$"""{"round":{{chance.Between(900, 1300)}},"numbers":[{{chance.Between(1, 45)}},{{chance.Between(1, 45)}},{{chance.Between(1, 45)}}],"prize":"{{chance.Digits(11)}}","tel":"1588-{{chance.Digits(4)}}"}"""), IsAnswer: true),
        new("estate agents", chance => Tree.Json($$"""{"office":{"title":"별별부동산","tel":"02-{{chance.Between(200, 999)}}-{{chance.Digits(4)}}","addr":"{{new Somebody(chance).Address()}}"},"price":{{chance.Fraction(6)}} }"""), IsAnswer: true),
        new("server's own report", chance => Tree.Json($$"""{"node":{"host":"10.0.{{chance.Between(1, 9)}}.{{chance.Between(1, 254)}}","uptime":{{chance.Fraction(7)}},"free_disk":"{{chance.Digits(9)}}","cpu_type":"x86_64"} }"""), IsAnswer: true),
    ];
}
