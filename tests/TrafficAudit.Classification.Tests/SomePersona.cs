using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests;

/// <summary>Invented people.</summary>
internal static class SomePersona
{
    /// <summary>A persona with 25 values, as a lab would have it.</summary>
    public static Persona Full { get; } = Of(
        ("name", "홍길동"), ("name", "Gildong Hong"), ("nickname", "gildong_tester7"), ("phone", "010-0000-0000"), ("phone", "+82 10-0000-0001"),
        ("email", "Hong.Gildong@gmail.com"), ("email", "tester+lab@mail.example"), ("postal_address", "서울특별시 중구 세종대로 110, 17층 1702호"),
        ("postcode", "04524"), ("dob", "1990-01-01"), ("gender", "M"), ("rrn", "900101-1123459"), ("pccc", "P240000000001"),
        ("passport_no", "M123A4567"), ("card_number", "4111 1111 1111 1111"), ("imei", "351234567890124"), ("android_id", "0f1e2d3c4b5a6978"),
        ("gaid", "38400000-8cf0-41bd-b23e-10b96e40000d"), ("idfa", "3F2504E0-4F89-41D3-9A0C-0305E82C3301"), ("mac", "00:00:5E:00:53:01"),
        ("serial", "R3CN00TEST0"), ("wifi_ssid", "lab-network-5G"), ("user_id", "member-77310042"), ("device_name", "홍길동의 iPhone"),
        ("bank_account", "110-000-000000"));

    /// <summary>A persona whose values appear in no message of these tests.</summary>
    public static Persona Stranger { get; } = Of(
        ("name", "성춘향"), ("name", "Chunhyang Seong"), ("phone", "010-0000-9999"), ("email", "chunhyang@other.example"), ("dob", "1988-12-31"), ("gender", "F"),
        ("postal_address", "전북특별자치도 남원시 요천로 1447"), ("postcode", "55701"), ("gaid", "6f9619ff-8b86-4011-b42d-00c04fc964ff"), ("user_id", "stranger-0001"));

    public static Persona Of(params (string Item, string Value)[] values) =>
        new("tester", [.. values.Select(value => new PersonaValue(value.Item, value.Value))]);
}
