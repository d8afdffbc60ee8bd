using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Model;

namespace TrafficAudit.Testing.Har;

/// <summary>
/// The fictitious shopper of the sample. The name is Korea's "John Doe", the telephone number is not assigned, the address is
/// Seoul's city hall, everything else is made up.
/// </summary>
public static class Shopper
{
    /// <summary>Family and given name.</summary>
    public const string Name = "홍길동";

    /// <summary>The name as it is romanised.</summary>
    public const string RomanName = "Gildong Hong";

    /// <summary>The telephone number as people in Korea write it.</summary>
    public const string Phone = "010-0000-1234";

    /// <summary>The same in E.164.</summary>
    public const string InternationalPhone = "+821000001234";

    /// <summary>The mail address.</summary>
    public const string Email = "gildong.hong@example.com";

    /// <summary>Road-name address.</summary>
    public const string Address = "서울특별시 중구 세종대로 110";

    /// <summary>Its postcode.</summary>
    public const string Postcode = "04524";

    /// <summary>Personal customs clearance code.</summary>
    public const string CustomsCode = "P240000000001";

    /// <summary>Date of birth.</summary>
    public const string Birth = "1990-01-01";

    /// <summary>Google advertising ID.</summary>
    public const string AdvertisingId = "5f0c3a1e-7b24-4d6f-9a83-0c1d2e3f4a5b";

    /// <summary>Android ID.</summary>
    public const string AndroidId = "a1b2c3d4e5f60718";

    /// <summary>All of it, as the persona file has it.</summary>
    public static Persona Persona { get; } = new(
        "fictitious shopper",
        [
            new PersonaValue("name", Name),
            new PersonaValue("name", RomanName),
            new PersonaValue("phone", Phone),
            new PersonaValue("email", Email),
            new PersonaValue("postal_address", Address),
            new PersonaValue("postcode", Postcode),
            new PersonaValue("pccc", CustomsCode),
            new PersonaValue("dob", Birth),
            new PersonaValue("gaid", AdvertisingId),
            new PersonaValue("android_id", AndroidId),
        ]);

    /// <summary>SHA-256 of the text, lower-case hex.</summary>
    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>MD5 of the text, lower-case hex.</summary>
    public static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Base64 of the text's UTF-8.</summary>
    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
