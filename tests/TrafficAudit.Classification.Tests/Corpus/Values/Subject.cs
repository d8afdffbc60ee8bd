using System.Globalization;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Values;

/// <summary>
/// Whose message it is: the persona's phone, or that of somebody whose values nobody knows. Each property is a value in one of its usual forms, under the
/// assumption that the message names it by a key; <see cref="Value.By"/> says otherwise.
/// </summary>
internal sealed class Subject
{
    private readonly Chance _chance;
    private readonly Somebody? _somebody;

    private Subject(Chance chance, Somebody? somebody) => (_chance, _somebody) = (chance, somebody);

    public Value Name => Known("name", () => _somebody!.KoreanName(), CorpusPersona.Name, "독고 솔봄");

    public Value EnglishName => Known("name", () => _somebody!.EnglishName(), CorpusPersona.EnglishName, "DOKGO SOLBOM");

    public Value Nickname => Known("nickname", () => _somebody!.Login(), CorpusPersona.Nickname);

    public Value Phone => Known("phone", () => _somebody!.Phone(), CorpusPersona.Phone, "01000004821", "+821000004821");

    /// <summary>As Kakao gives it.</summary>
    public Value InternationalPhone => Known("phone", () => $"+82 10-0000-{_chance.Digits(4)}", "+82 10-0000-4821");

    public Value Email => Known("email", () => _somebody!.Email(), CorpusPersona.Email, "solbom.dokgo@gmail.com", CorpusPersona.TaggedEmail);

    public Value Address => Known("postal_address", () => _somebody!.Address(), CorpusPersona.Street);

    public Value AddressDetail => ByKey("postal_address", _somebody?.Detail() ?? CorpusPersona.Detail);

    public Value Postcode => ByKey("postcode", _somebody?.Postcode() ?? CorpusPersona.Postcode);

    public Value BirthDate => ByKey("dob", _somebody?.BirthDate() ?? _chance.Pick(CorpusPersona.BirthDate, "19910417"));

    public Value Gender => ByKey("gender", _somebody is null ? "F" : _chance.Pick("M", "male", "남"));

    public Value Pccc => Known("pccc", () => _somebody!.Pccc(), CorpusPersona.Pccc);

    public Value Passport => Known("passport_no", () => _somebody!.Passport(), CorpusPersona.Passport);

    public Value Rrn => Known("rrn", () => _somebody!.Rrn(), CorpusPersona.Rrn) is var rrn && _somebody is null ? rrn : rrn.By(Evidence.Checked);

    public Value Card => Known("card_number", () => _somebody!.Card(), CorpusPersona.Card) is var card && _somebody is null ? card : card.By(Evidence.Checked);

    public Value Imei => Known("imei", () => _somebody!.Imei(), CorpusPersona.Imei) is var imei && _somebody is null ? imei : imei.By(Evidence.Checked);

    public Value Imsi => Known("imsi", () => _somebody!.Imsi(), CorpusPersona.Imsi);

    public Value AndroidId => Known("android_id", () => _chance.Hex(15) + "b", CorpusPersona.AndroidId);

    /// <summary>ByteDance's name for what was the Android ID once.</summary>
    public Value OpenUdid => _somebody is null ? AndroidId : State("vendor_device_id", _chance.Hex(16));

    public Value Gaid => Known("gaid", () => _chance.Uuid(), CorpusPersona.Gaid);

    public Value Idfa => Known("idfa", () => _chance.Uuid().ToUpperInvariant(), CorpusPersona.Idfa);

    public Value Idfv => Known("idfv", () => _chance.Uuid().ToUpperInvariant(), CorpusPersona.Idfv);

    public Value Oaid => Known("oaid", () => _chance.Uuid(), CorpusPersona.Oaid);

    public Value Mac => Known("mac", () => _somebody!.Mac(), CorpusPersona.Mac);

    public Value Bssid => Known("wifi_bssid", () => _somebody!.Mac(), CorpusPersona.Bssid.ToLowerInvariant());

    public Value Ssid => Known("wifi_ssid", () => $"{_chance.Word(3)}_2G", CorpusPersona.Ssid);

    public Value Utdid => Known("vendor_device_id", () => _somebody!.Utdid(), CorpusPersona.Utdid) is var utdid && _somebody is null ? utdid : utdid.By(Evidence.Checked);

    public Value UserId => Known("user_id", () => $"{_chance.Digits(10)}", CorpusPersona.UserId);

    public Value PushToken => Known("push_token", () => _somebody!.PushToken(), CorpusPersona.PushToken);

    public Value AppsFlyerId => Known("install_id", () => _somebody!.InstallId(), CorpusPersona.InstallId);

    public Value DeviceName => Known("device_name", () => $"{_chance.Word(2)}의 iPhone", CorpusPersona.DeviceName);

    public Value PublicIp => Known("ip_public", () => _somebody!.PublicIp(), CorpusPersona.PublicIp);

    /// <summary>Latitude and longitude as numbers under two keys.</summary>
    public (Value Latitude, Value Longitude) Position
    {
        get
        {
            var (latitude, longitude) = _somebody?.Position() ?? (decimal.Parse(CorpusPersona.Latitude, CultureInfo.InvariantCulture), decimal.Parse(CorpusPersona.Longitude, CultureInfo.InvariantCulture));
            return (ByKey("gps_location", latitude), ByKey("gps_location", longitude));
        }
    }

    public static Subject Persona(Chance chance) => new(chance, somebody: null);

    public static Subject Stranger(Chance chance) => new(chance, new Somebody(chance));

    /// <summary>Another value of an item, which nobody knows beforehand.</summary>
    public static Value State(string item, object content) => Value.Of(item, content, Evidence.Key);

    /// <summary>A digest of the e-mail address, as advertisers ask for it.</summary>
    public Value HashedEmail()
    {
        var email = _somebody?.Email() ?? "solbom.dokgo@gmail.com";
        return Known("email", () => email, email).Hashed(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(email))));
    }

    private Value Known(string item, Func<string> somebodys, params ReadOnlySpan<string> forms) =>
        _somebody is null ? Value.Of(item, _chance.Pick(forms), Evidence.Known) : Value.Of(item, somebodys(), Evidence.Key);

    private Value ByKey(string item, object content) => Value.Of(item, content, _somebody is null ? Evidence.KnownByKey : Evidence.Key);
}
