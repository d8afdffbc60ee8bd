using System.Text;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Values;

/// <summary>The persona's values in the forms that senders give them, written down here one by one.</summary>
internal static class KnownForms
{
    /// <summary>Those that are rare enough to be found anywhere.</summary>
    public static IEnumerable<Value> Rare =>
    [
        .. Of("phone", "010-0000-4821", "01000004821", "+821000004821", "821000004821", "+82 10-0000-4821", "00821000004821", "010 0000 4821", "010.0000.4821",
            "+82-10-0000-4821", "+8201000004821", "+12025550143", "12025550143", "+1 202-555-0143"),
        .. Of("email", CorpusPersona.Email, "solbom.dokgo@gmail.com", "SOLBOM.DOKGO@GMAIL.COM", "solbomdokgo@gmail.com", CorpusPersona.TaggedEmail, "dokgo.sb@mail.example",
            "DOKGO.SB+SHOP@MAIL.EXAMPLE"),
        .. Of("name", CorpusPersona.Name, "독고 솔봄", "솔봄 독고", CorpusPersona.Name.Normalize(NormalizationForm.FormD), CorpusPersona.EnglishName, "solbom dokgo", "DOKGO SOLBOM",
            "Dokgo, Solbom", "SolbomDokgo", CorpusPersona.ChineseName),
        .. Of("postal_address", $"{CorpusPersona.Street}, {CorpusPersona.Detail}", CorpusPersona.Street, $"{CorpusPersona.Street} {CorpusPersona.Detail}",
            $"({CorpusPersona.Postcode}) {CorpusPersona.Street}", CorpusPersona.Street.Replace(" ", "", StringComparison.Ordinal), "별솔봄로 4821번길 37"),
        .. Of("rrn", CorpusPersona.Rrn, CorpusPersona.Rrn.Replace("-", "", StringComparison.Ordinal)),
        .. Of("pccc", CorpusPersona.Pccc, "p004821009317"),
        .. Of("passport_no", CorpusPersona.Passport, "m482a1093"),
        .. Of("driver_license_no", CorpusPersona.DriverLicense, "110048210931"),
        .. Of("card_number", CorpusPersona.Card, Groups(CorpusPersona.Card, '-'), Groups(CorpusPersona.Card, ' ')),
        .. Of("bank_account", CorpusPersona.BankAccount, "110048210093"),
        .. Of("imei", CorpusPersona.Imei, CorpusPersona.Imei[..14]),
        .. Of("imsi", CorpusPersona.Imsi),
        .. Of("iccid", CorpusPersona.Iccid),
        .. Of("android_id", CorpusPersona.AndroidId, "7C1E2D3C4B5A6F98"),
        .. Of("gaid", CorpusPersona.Gaid, CorpusPersona.Gaid.ToUpperInvariant(), CorpusPersona.Gaid.Replace("-", "", StringComparison.Ordinal)),
        .. Of("idfa", CorpusPersona.Idfa, CorpusPersona.Idfa.ToLowerInvariant(), CorpusPersona.Idfa.Replace("-", "", StringComparison.Ordinal)),
        .. Of("idfv", CorpusPersona.Idfv, CorpusPersona.Idfv.ToLowerInvariant()),
        .. Of("oaid", CorpusPersona.Oaid),
        .. Of("mac", CorpusPersona.Mac, "00005E0053AF", "00-00-5e-00-53-af"),
        .. Of("wifi_bssid", CorpusPersona.Bssid, "00:00:5e:00:53:b7"),
        .. Of("wifi_ssid", CorpusPersona.Ssid, $"\"{CorpusPersona.Ssid}\""),
        .. Of("serial", CorpusPersona.Serial),
        .. Of("user_id", CorpusPersona.UserId, "MEMBER-77310042"),
        .. Of("nickname", CorpusPersona.Nickname),
        .. Of("install_id", CorpusPersona.InstallId),
        .. Of("vendor_device_id", CorpusPersona.Utdid),
        .. Of("push_token", CorpusPersona.PushToken),
        .. Of("password", CorpusPersona.Password),
        .. Of("ip_public", CorpusPersona.PublicIp),
        .. Of("gps_location", "37.482137,128.654321", "128.654321,37.482137", "37.4821, 128.6543", "37.48214,128.65432", "wyempx7jqb"),
    ];

    /// <summary>Those that count only under a key that agrees: parts, dates, words of few values. With the item's own keys.</summary>
    public static IEnumerable<(string Key, Value Value)> ByKey =>
    [
        .. Keyed("phone", ["phone", "consigneeMobile", "ph"], "1000004821"),
        .. Keyed("name", ["first_name", "givenName", "ud[fn]"], "솔봄", "Solbom"),
        .. Keyed("name", ["last_name", "familyName", "ud[ln]"], "독고", "Dokgo"),
        .. Keyed("postal_address", ["addr2", "detailAddress", "상세주소"], CorpusPersona.Detail),
        .. Keyed("postcode", ["zip", "우편번호", "rcvrMailNo"], CorpusPersona.Postcode),
        .. Keyed("dob", ["birthday", "생년월일", "dob"], "1991-04-17", "19910417", "910417", "1991.04.17", "1991/04/17", "04/17/1991", "1991년 4월 17일"),
        .. Keyed("gender", ["gender", "성별", "sex"], "F", "f"),
    ];

    private static IEnumerable<Value> Of(string item, params IReadOnlyList<string> forms) => forms.Select(form => Value.Of(item, form, Evidence.Known));

    private static IEnumerable<(string Key, Value Value)> Keyed(string item, IReadOnlyList<string> keys, params IReadOnlyList<string> forms) =>
        forms.SelectMany(form => keys.Select(key => (key, Value.Of(item, form, Evidence.KnownByKey))));

    private static string Groups(string digits, char separator) => string.Join(separator, digits.Chunk(4).Select(group => new string(group)));
}
