using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Corpus.Values;

/// <summary>The person whose phone it is in the corpus: invented, rare, from ranges that are given to nobody.</summary>
internal static class CorpusPersona
{
    public const string Phone = "010-0000-4821";
    public const string ForeignPhone = "+1 202-555-0143";
    public const string Email = "Solbom.Dokgo@gmail.com";
    public const string TaggedEmail = "dokgo.sb+shop@mail.example";
    public const string Name = "독고솔봄";
    public const string EnglishName = "Solbom Dokgo";
    public const string ChineseName = "獨孤率奉";
    public const string Street = "강원특별자치도 가상군 온달면 별솔봄로 4821번길 37";
    public const string Detail = "117동 1408호";
    public const string Postcode = "63871";
    public const string BirthDate = "1991-04-17";
    public const string Pccc = "P004821009317";
    public const string Passport = "M482A1093";
    public const string DriverLicense = "11-00-482109-31";
    public const string AndroidId = "7c1e2d3c4b5a6f98";
    public const string Gaid = "48210093-7c1e-4d3c-9b5a-6f98a1b2c3d4";
    public const string Idfa = "7C1E4821-0093-4D3C-8B5A-6F98A1B2C3D4";
    public const string Idfv = "A1B2C3D4-4821-4093-9C1E-2D3C4B5A6F98";
    public const string Oaid = "f98a1b2c-3d44-4821-b093-7c1e2d3c4b5a";
    public const string Mac = "00:00:5E:00:53:AF";
    public const string Bssid = "00:00:5E:00:53:B7";
    public const string Ssid = "lab-network-4821";
    public const string UserId = "member-77310042";
    public const string Nickname = "solbomi_tester83";
    public const string DeviceName = "독고솔봄의 iPhone";
    public const string BankAccount = "110-048-210093";
    public const string Serial = "R3CN00TST48";
    public const string Password = "Sample-korabe-4821";
    public const string Latitude = "37.482137";
    public const string Longitude = "128.654321";
    public const string PublicIp = "203.0.113.77";
    public const string InstallId = "1700000004821-4821009317482100931";
    public static readonly string Rrn = CheckDigits.Resident("910417248210").Insert(6, "-");
    public static readonly string Card = CheckDigits.Luhn("400000482100931");
    public static readonly string Imei = CheckDigits.Luhn("35123448210093");
    public static readonly string Imsi = "450050048210093";
    public static readonly string Iccid = CheckDigits.Luhn("898205004821009312");
    public static readonly string Utdid = CheckDigits.Utdid(1_704_821_009, 0x48210093, Imei);

    /// <summary>An FCM token: an installation's identifier and a part of 140 characters.</summary>
    public static readonly string PushToken = "dQ4821wqTZ-solbomTest0:APA91b" + string.Concat(Enumerable.Repeat("TsT4821sOlBoM", 11))[..134];

    /// <summary>As a laboratory would write it down.</summary>
    public static Persona Persona { get; } = new("corpus",
    [
        .. new (string Item, string Value)[]
        {
            ("name", Name), ("name", EnglishName), ("name", ChineseName), ("nickname", Nickname), ("phone", Phone), ("phone", ForeignPhone), ("email", Email),
            ("email", TaggedEmail), ("postal_address", $"{Street}, {Detail}"), ("postcode", Postcode), ("dob", BirthDate), ("gender", "F"), ("rrn", Rrn), ("pccc", Pccc),
            ("passport_no", Passport), ("driver_license_no", DriverLicense), ("card_number", Card), ("bank_account", BankAccount), ("imei", Imei), ("imsi", Imsi),
            ("iccid", Iccid), ("android_id", AndroidId), ("gaid", Gaid), ("idfa", Idfa), ("idfv", Idfv), ("oaid", Oaid), ("mac", Mac), ("wifi_bssid", Bssid),
            ("wifi_ssid", Ssid), ("serial", Serial), ("user_id", UserId), ("device_name", DeviceName), ("gps_location", $"{Latitude},{Longitude}"),
            ("ip_public", PublicIp), ("install_id", InstallId), ("vendor_device_id", Utdid), ("push_token", PushToken), ("password", Password),
        }.Select(value => new PersonaValue(value.Item, value.Value)),
    ]);

    /// <summary>Somebody who appears nowhere in the corpus.</summary>
    public static Persona Stranger { get; } = new("stranger",
    [
        .. new (string Item, string Value)[]
        {
            ("name", "황보누리샘"), ("name", "Nurisaem Hwangbo"), ("phone", "010-0000-9157"), ("email", "nurisaem.hb@other.example"), ("dob", "1988-12-13"),
            ("postal_address", "전북특별자치도 가상시 누리샘로 9157, 203동 1705호"), ("postcode", "63915"), ("gaid", "91576f96-8b86-4d01-a42d-0c04fc964ff1"),
            ("user_id", "stranger-0009157"), ("android_id", "9157aa00bb11cc22"), ("gps_location", "35.915723,127.391572"), ("mac", "00:00:5E:00:53:91"),
        }.Select(value => new PersonaValue(value.Item, value.Value)),
    ]);
}
