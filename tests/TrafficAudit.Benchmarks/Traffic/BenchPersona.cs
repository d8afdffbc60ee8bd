using System.Text.Json;
using TrafficAudit.Model;

namespace TrafficAudit.Benchmarks.Traffic;

/// <summary>A test identity with 25 values, as a well-prepared lab has one. All of it is invented.</summary>
internal static class BenchPersona
{
    public const string Email = "gildong.hong.bench@example.com";
    public const string Phone = "010-0000-1234";
    public const string Address = "서울특별시 중구 세종대로 110";
    public const string Gaid = "38400000-8cf0-41bd-b23e-10b96e40000d";
    public const string AndroidId = "a1b2c3d4e5f60718";
    public const string Name = "홍길동";

    public static Persona Value { get; } = new(
        "bench shopper (invented)",
        [
            new("name", Name), new("name", "Gildong Hong"), new("nickname", "bench-shopper-7"), new("phone", Phone), new("phone", "010-0000-5678"),
            new("email", Email), new("email", "g.hong@example.org"), new("postal_address", Address), new("postal_address", "부산광역시 해운대구 센텀중앙로 79"),
            new("postcode", "04524"), new("dob", "1990-01-01"), new("gender", "male"), new("rrn", "900101-1000000"), new("pccc", "P240000000001"),
            new("card_number", "4111111111111111"), new("bank_account", "000-00-0000000"), new("gaid", Gaid), new("android_id", AndroidId),
            new("imei", "490154203237518"), new("imsi", "450050000000000"), new("serial", "R00X0000BENCH"), new("mac", "02:00:5e:10:00:01"),
            new("wifi_ssid", "bench-lab-network"), new("wifi_bssid", "02:00:5e:10:00:02"), new("user_id", "u-2026-000123456"),
        ]);

    /// <summary>Writes it as a persona file.</summary>
    public static void Write(string path) => File.WriteAllText(
        path,
        JsonSerializer.Serialize(new { name = Value.Name, values = Value.Values.Select(v => new { item = v.Item, value = v.Value }) }));
}
