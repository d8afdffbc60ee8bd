using TrafficAudit.Classification.Tests.Corpus.Writing;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Corpus.Values;

/// <summary>Items about people: contact, national identifiers, money, accounts. Keys from the reference, section 3.</summary>
internal static class PersonItems
{
    /// <summary>Formats that check themselves (section 2), under their keys.</summary>
    public static IReadOnlyList<ItemCase> Checked { get; } =
    [
        new("rrn", Evidence.Checked, [.. ItemKeys.Of("rrn")], (_, person) => person.Rrn()),
        new("arc", Evidence.Checked, [.. ItemKeys.Of("arc")], (_, person) => person.Arc()),
        new("card_number", Evidence.Checked, [.. ItemKeys.Of("card_number")], (_, person) => person.Card()),
        new("foreign_national_id", Evidence.Checked, [.. ItemKeys.Of("foreign_national_id")], (_, person) => person.ChineseIdentity()),
        new("bank_account", Evidence.Checked, ["iban", "bankAccount", "account_no"], (_, person) => person.Iban()),
        new("business_reg_no", Evidence.Checked, ["biz_no", "사업자등록번호", "businessRegNo"], (_, person) => person.Business()),
        new("imei", Evidence.Checked, [.. ItemKeys.Of("imei"), "device_id", "deviceid"], (_, person) => person.Imei()),
        new("meid", Evidence.Checked, ["meid", "MEID"], (_, person) => person.Meid()),
        new("iccid", Evidence.Checked, [.. ItemKeys.Of("iccid")], (_, person) => person.Iccid()),
        new("vendor_device_id", Evidence.Checked, ["utdid", "UTDID", "x-utdid"], (_, person) => person.Utdid()),
    ];

    /// <summary>A key and, where the item has one, a format.</summary>
    public static IReadOnlyList<ItemCase> Named { get; } =
    [
        new("name", Evidence.Key, [.. ItemKeys.Of("name")], (chance, person) => chance.Pick(person.KoreanName(), person.EnglishName())),
        new("name", Evidence.Key, ["收货人", "姓名", "联系人", "lxr", "xingming"], (_, person) => person.ChineseName()),
        new("name", Evidence.Key, ["contact_person", "first_name", "real_name", "engNm", "custNm", "yourname", "받는사람", "orderer[name]", "receiver[name]", "buyerName", "예금주"], (chance, person) => chance.Pick(person.KoreanName(), person.EnglishName())),
        new("phone", Evidence.Key, ["tel", "phone_num", "ordTlphnNo", "rcvrTlphn", "dianhua", "mobilePhone", "user[mobile]", "receiverPhone", "recipientPhone", "수령인연락처"], (_, person) => person.Phone()),
        new("phone", Evidence.Key, ["receiver[tel]", "home_phone", "ordererTel"], (chance, _) => $"0{chance.Pick("2", "31", "51", "64")}-{chance.Between(200, 999)}-{chance.Digits(4)}"),
        new("email", Evidence.Key, ["ud[em]", "udff[em]", "email_sha256", "hashed_email", "emailHash"], (chance, _) => chance.Hex(64)) { State = FindingState.Hashed },
        new("postal_address", Evidence.Key, ["receiverAddress", "ship_to_address", "deliveryAddr", "home_address", "도로명주소"], (_, person) => person.Address()),
        new("nickname", Evidence.Key, [.. ItemKeys.Of("nickname")], (_, person) => person.Login()),
        new("phone", Evidence.Key, [.. ItemKeys.Of("phone")], (_, person) => person.Phone()),
        new("phone", Evidence.Key, ["sjh", "shouji", "手机号", "mobile"], (chance, _) => $"138{chance.Digits(8)}"),
        new("safe_phone", Evidence.Key, [.. ItemKeys.Of("safe_phone")], (_, person) => person.SafePhone()),
        new("email", Evidence.Key, ["email", "userEmail", "custemail", "email_address", "이메일", "邮箱", "e_mail", "emailId"], (_, person) => person.Email()),
        new("postal_address", Evidence.Key, ["addr1", "roadAddress", "rcvrBaseAddr", "ordBaseAddr", "배송지", "shipping_address", "address"], (_, person) => person.Address()),
        new("postal_address", Evidence.Key, ["address", "shipping_address", "addr1"], (_, person) => person.RomanAddress()),
        new("postal_address", Evidence.Key, ["地址", "收货地址", "dizhi", "lxdz", "consigneeAddress"], (_, person) => person.ChineseAddress()),
        new("postcode", Evidence.Key, [.. ItemKeys.Of("postcode")], (_, person) => person.Postcode()),
        new("dob", Evidence.Key, ["birthday", "birthDate", "dob", "brthdy", "생년월일", "csrq"], (_, person) => person.BirthDate()),
        new("dob", Evidence.Key, ["age_range", "birthyear", "yob"], (chance, _) => $"{chance.Between(1955, 2006)}"),
        new("gender", Evidence.Key, ["gender", "sex", "sexdstn", "성별", "xingbie", "性别"], (chance, _) => chance.Pick("M", "male", "female", "남", "여", "女", "男")),
        new("nationality", Evidence.Key, ["nationality", "국적", "国籍"], (chance, _) => chance.Pick("KR", "CN", "US", "대한민국", "中国", "VN", "JP")),
        new("marital_family", Evidence.Key, ["marital_status", "maritalStatus", "결혼여부", "has_children"], (chance, _) => chance.Pick("married", "single", "기혼", "미혼", "divorced")),
        new("passport_no", Evidence.Key, [.. ItemKeys.Of("passport_no")], (_, person) => person.Passport()),
        new("driver_license_no", Evidence.Key, [.. ItemKeys.Of("driver_license_no")], (_, person) => person.DriverLicense()),
        new("pccc", Evidence.Key, [.. ItemKeys.Of("pccc")], (_, person) => person.Pccc()),
        new("ci", Evidence.Key, ["ci", "connInfo", "conn_info"], (chance, _) => chance.Base64(64)),
        new("di", Evidence.Key, ["di", "dupInfo"], (chance, _) => chance.Base64(48)),
        new("foreign_national_id", Evidence.Key, ["ssn"], (_, person) => person.Ssn()),
        new("bank_account", Evidence.Key, [.. ItemKeys.Of("bank_account")], (_, person) => person.BankAccount()),
        new("card_expiry", Evidence.Key, ["validPd", "card_expiry"], (chance, _) => $"{chance.Between(1, 13):00}/{chance.Between(27, 33)}"),
        new("card_cvc", Evidence.Key, ["cvc", "cvv", "card_cvc"], (chance, _) => chance.Digits(3)),
        new("user_id", Evidence.Key, [.. ItemKeys.Of("user_id"), "USERID", "회원번호", "app_user_id"], (chance, _) => chance.Digits(chance.Between(7, 12))),
        new("password", Evidence.Key, [.. ItemKeys.Of("password")], (chance, _) => $"{chance.Word(3)}-{chance.Digits(4)}!"),
        new("interest_segment", Evidence.Key, ["userInterests", "user_segments", "관심사"], (chance, _) => chance.Pick("fashion", "camping", "육아", "gaming", "home_decor") + "_" + chance.Word(2)),
        new("race_religion_politics_health_sexlife", Evidence.Key, ["religion", "종교", "blood_type", "민족", "health_condition"], (chance, _) => chance.Pick("buddhism", "천주교", "汉族", "diabetes", "O+") ),
    ];

    /// <summary>What lies on the phone, and what opens an account.</summary>
    public static IReadOnlyList<ItemCase> Content { get; } =
    [
        new("otp", Evidence.Key, ["otp", "인증번호", "sms_code"], (chance, _) => chance.Digits(6)),
        new("session_token", Evidence.Key, ["session_id", "SESSION_ID", "access_token", "AccessToken", "x-sid"], (chance, _) => chance.Hex(32)),
        new("contacts", Evidence.Key, ["contacts", "address_book", "주소록", "tongxunlu"], (chance, person) => string.Join(';', Enumerable.Range(0, 3).Select(_ => $"{person.KoreanName()}:010-0000-{chance.Digits(4)}"))),
        new("clipboard", Evidence.Key, ["clipboard", "pasteboard", "클립보드"], (chance, _) => $"{chance.Word(3)} {chance.Word(4)} {chance.Word(2)}"),
        new("call_log", Evidence.Key, ["call_log", "callLog", "통화기록"], (chance, _) => $"out:{chance.Seconds()}:{chance.Between(5, 900)}"),
        new("sms", Evidence.Key, ["sms_body", "sms_list", "문자내용"], (chance, _) => $"[Web발신] 인증번호는 {chance.Digits(6)}입니다"),
        new("calendar", Evidence.Key, ["calendar_events", "calendarEvents"], (chance, _) => $"{chance.Word(3)} meeting {chance.Word(2)}"),
        new("installed_apps", Evidence.Key, ["installed_apps", "app_list", "applist", "installedPackages"], (chance, _) => $"com.example.{chance.Word(2)},com.example.{chance.Word(3)},kr.example.{chance.Word(2)}"),
    ];
}
