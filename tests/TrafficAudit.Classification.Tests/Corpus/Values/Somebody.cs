using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Values;

/// <summary>Invented values of people and phones that are not the persona's, in valid forms.</summary>
internal sealed class Somebody(Chance chance)
{
    private static readonly string[] Families = ["김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "한", "오", "서", "신", "권", "황"];
    private static readonly string[] Givens = ["가온", "나래", "다솜", "라온", "마루", "보람", "새론", "아라", "자람", "초롱", "하늘", "한별", "슬기", "예솔", "우람", "도담"];
    private static readonly string[] Towns = ["부산광역시 해운대구 센텀중앙로", "경기도 성남시 분당구 판교역로", "대구광역시 수성구 달구벌대로", "경상북도 안동시 풍천면 도청대로", "제주특별자치도 제주시 연북로", "서울특별시 마포구 월드컵북로", "전라남도 순천시 팔마로", "충청남도 천안시 서북구 번영로"];
    private static readonly string[] Chinese = ["陈晓宇", "林若兰", "赵明轩", "周思远", "吴佳怡", "郑浩然", "孙雨桐", "徐子墨"];

    public string KoreanName() => chance.Of(Families) + chance.Of(Givens);

    public string ChineseName() => chance.Of(Chinese);

    public string EnglishName() => $"{Capital(chance.Word(2))} {Capital(chance.Word(3))}";

    public string Phone() => chance.Between(0, 5) switch
    {
        0 => $"010-0000-{chance.Digits(4)}",
        1 => $"0100000{chance.Digits(4)}",
        2 => $"+82100000{chance.Digits(4)}",
        3 => $"+82 10-0000-{chance.Digits(4)}",
        _ => $"82100000{chance.Digits(4)}",
    };

    public string SafePhone() => $"0503-0000-{chance.Digits(4)}";

    /// <summary>Under the domains that are reserved (RFC 2606).</summary>
    public string Email() => $"{chance.Word(3)}{chance.Pick("", ".", "_")}{chance.Word(2)}{chance.Digits(2)}@{chance.Pick("example.com", "example.org", "mail.example", $"{chance.Word(2)}.example")}";

    public string Address() => $"{chance.Of(Towns)} {chance.Between(1, 400)}";

    public string RomanAddress() =>
        $"{chance.Between(1, 400)}, {chance.Pick("Sejong-daero", "Docheong-daero", "Centum jungang-ro", "Yeonbuk-ro")}, {chance.Pick("Jung-gu, Seoul", "Andong-si, Gyeongsangbuk-do", "Haeundae-gu, Busan", "Jeju-si, Jeju-do")}";

    public string ChineseAddress() => $"浙江省杭州市余杭区文一西路{chance.Between(1, 999)}号{chance.Between(1, 30)}幢{chance.Between(101, 999)}室";

    public string Detail() => $"{chance.Between(101, 130)}동 {chance.Between(101, 1999)}호";

    public string Postcode() => $"{chance.Between(1000, 63_600):00000}";

    public string BirthDate() => chance.Pick($"{Year()}-{Month()}-{Day()}", $"{Year()}{Month()}{Day()}", $"{Year()}.{Month()}.{Day()}");

    public string Rrn()
    {
        var number = CheckDigits.Resident($"{chance.Between(60, 100):00}{Month()}{Day()}{chance.Pick("1", "2")}{chance.Letters(5, "0123456789")}");
        return chance.Flip() ? number.Insert(6, "-") : number;
    }

    public string Arc() => CheckDigits.Alien($"{chance.Between(70, 100):00}{Month()}{Day()}{chance.Pick("5", "6")}{chance.Letters(5, "0123456789")}").Insert(6, "-");

    public string Pccc() => $"P{chance.Between(11, 26)}{chance.Letters(10, "0123456789")}";

    public string Passport() => chance.Flip() ? $"M{chance.Digits(3)}{chance.Letters(1, "ABCDEFGH")}{chance.Digits(4)}" : $"M{chance.Digits(8)}";

    public string DriverLicense() => $"{chance.Between(11, 27)}-{chance.Between(10, 24)}-{chance.Digits(6)}-{chance.Digits(2)}";

    public string ChineseIdentity() => CheckDigits.Chinese($"{chance.Pick("110105", "310101", "440305", "330106")}{Year()}{Month()}{Day()}{chance.Digits(3)}");

    public string Ssn() => $"{chance.Between(219, 229)}-0{chance.Between(1, 9)}-{chance.Digits(4)}";

    public string Card()
    {
        var card = chance.Pick(CheckDigits.Luhn($"4000000{chance.Digits(8)}"), CheckDigits.Luhn($"222300{chance.Digits(9)}"), CheckDigits.Luhn($"624000{chance.Digits(9)}"), CheckDigits.Luhn($"37000000{chance.Digits(6)}"));
        return card.Length == 16 && chance.Flip() ? string.Join('-', card.Chunk(4).Select(group => new string(group))) : card;
    }

    public string BankAccount() => chance.Pick($"110-{chance.Digits(3)}-{chance.Digits(6)}", $"3333-00-{chance.Digits(7)}", $"1002-{chance.Digits(3)}-{chance.Digits(6)}");

    public string Iban() => CheckDigits.Iban("DE", "00000000" + chance.Digits(10));

    public string Business() => CheckDigits.Business(chance.Digits(9)).Insert(5, "-").Insert(3, "-");

    public string Imei() => CheckDigits.Luhn($"35{chance.Digits(12)}");

    public string Meid() => CheckDigits.HexLuhn($"A{chance.Letters(13, "0123456789ABCDEF")}");

    public string Imsi() => $"45005{chance.Digits(10)}";

    public string Iccid() => CheckDigits.Luhn($"898205{chance.Digits(12)}");

    public string Mac() => string.Join(':', Enumerable.Range(0, 6).Select(i => i == 0 ? $"{chance.Letters(1, "3579BDF")}{chance.Letters(1, "048C")}" : chance.Hex(2).ToUpperInvariant()));

    public string Utdid() => CheckDigits.Utdid((uint)chance.Between(1_500_000_000, 1_760_000_000), (uint)chance.Between(0, int.MaxValue), Imei());

    /// <summary>Decimals of a place in Korea.</summary>
    public (decimal Latitude, decimal Longitude) Position() => (37 + (chance.Between(100_000, 999_999) / 1_000_000m), 127 + (chance.Between(100_000, 999_999) / 1_000_000m));

    public string PublicIp() => $"{chance.Pick("203.0.113", "198.51.100")}.{chance.Between(1, 255)}";

    public string LocalIp() => $"{chance.Pick("192.168.0", "10.0.2", "172.16.4")}.{chance.Between(2, 255)}";

    public string InstallId() => $"{chance.Between(1_600_000_000_000, 1_760_000_000_000)}-{chance.Digits(19)}";

    public string PushToken() => $"{chance.Letters(1, "cdef")}{chance.Letters(21, Tokens)}:APA91b{chance.Letters(134, Tokens)}";

    public string FirebaseId() => chance.Letters(1, "cdef") + chance.Letters(21, Tokens);

    public string Login() => $"{chance.Word(3)}{chance.Digits(3)}";

    private const string Tokens = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private string Year() => $"{chance.Between(1955, 2006)}";

    private string Month() => $"{chance.Between(1, 13):00}";

    private string Day() => $"{chance.Between(1, 29):00}";
}
