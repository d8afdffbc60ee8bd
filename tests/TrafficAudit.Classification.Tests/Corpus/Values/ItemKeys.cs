namespace TrafficAudit.Classification.Tests.Corpus.Values;

/// <summary>Keys under which items were seen (reference, section 3), Korean, English, Chinese and romanised; those of one meaning only.</summary>
internal static class ItemKeys
{
    private static readonly Dictionary<string, string[]> ByItem = new(StringComparer.Ordinal)
    {
        ["name"] = ["full_name", "fullName", "receiverName", "rcvrNm", "ordNm", "consignee_name", "realname", "성명", "수령인", "姓名", "收货人", "customerName"],
        ["nickname"] = ["nickname", "nick", "USERNICK", "LL_USERNICK", "별명", "닉네임"],
        ["phone"] = ["phone", "mobile", "mobile_no", "mobileNo", "phone_number", "telno", "msisdn", "mbtlnum", "rcvrPrtblNo", "ordPrtblTel", "ordererPhoneNumber", "hp", "hpNo", "cellphone", "휴대폰", "연락처", "전화번호", "lxdh", "sjh", "shouji", "consigneeMobile", "手机号", "联系电话", "receiver[phone]"],
        ["safe_phone"] = ["safeNumber", "안심번호", "virtualNumber"],
        ["email"] = ["email", "userEmail", "custemail", "email_address", "emailId", "eMail", "user_email", "ud[em]", "udff[em]", "이메일", "邮箱", "emailHash", "hashed_email", "hem", "adroll_email", "sha256_email_address"],
        ["postal_address"] = ["addr1", "address2", "roadAddress", "rcvrBaseAddr", "rcvrDtlsAddr", "ordBaseAddr", "receiverJibunAddress", "receiverDetailAddress", "shipping_address", "배송지", "상세주소", "consigneeAddress", "地址", "dizhi", "lxdz"],
        ["postcode"] = ["zip", "zipcode", "postCode", "receiverZipCd", "rcvrMailNo", "zonecode", "우편번호", "邮编", "youbian"],
        ["dob"] = ["birthday", "birthDate", "dob", "brthdy", "생년월일", "csrq", "birth", "ud[db]"],
        ["gender"] = ["gender", "sex", "sexdstn", "성별", "xingbie", "ud[ge]"],
        ["rrn"] = ["rrn", "juminNo", "ihidnum", "resident_no", "주민등록번호", "주민번호", "ordererSsn"],
        ["arc"] = ["alienRegNo", "외국인등록번호", "arc"],
        ["passport_no"] = ["passport_no", "passportNo", "foreigner_passport_no", "여권번호", "huzhao"],
        ["driver_license_no"] = ["driverLicense", "licenseNo", "면허번호"],
        ["pccc"] = ["pccc", "psnCscUniqNo", "personalCustomsClearanceCode", "customsIdNumber", "customs_id_no", "individualCustomUniqueCode", "개인통관고유부호", "통관번호"],
        ["foreign_national_id"] = ["sfzh", "idcard", "id_card", "shenfenzheng", "身份证号", "cert_no"],
        ["bank_account"] = ["account_no", "acctNo", "bankAccount", "계좌번호", "yhkh"],
        ["card_number"] = ["cardNo", "card_number", "cardnum", "카드번호", "kahao"],
        ["imei"] = ["imei", "IMEI", "imei1"],
        ["imsi"] = ["imsi", "IMSI", "subscriber_id"],
        ["iccid"] = ["iccid", "sim_serial"],
        ["serial"] = ["serial", "serial_number", "build_serial"],
        ["mac"] = ["mac", "mac_address", "wifi_mac", "mc"],
        ["wifi_bssid"] = ["bssid", "ap_mac", "router_mac"],
        ["wifi_ssid"] = ["ssid", "wifi_name"],
        ["android_id"] = ["android_id", "androidid", "ANDROID_ID", "andi"],
        ["gaid"] = ["gaid", "gps_adid", "google_advertising_id", "google_aid", "google_ad_id"],
        ["idfa"] = ["idfa", "IDFA"],
        ["idfv"] = ["idfv", "ios_vendor_id", "ifv"],
        ["oaid"] = ["oaid", "OAID"],
        ["vendor_device_id"] = ["utdid", "UTDID"],
        ["install_id"] = ["appsflyer_id", "install_id", "installationUuid"],
        ["push_token"] = ["push_token", "pushToken", "fcm_token"],
        ["user_id"] = ["user_id", "userId", "memNo", "memberId", "customer_user_id", "external_user_id"],
        ["password"] = ["password", "passwd", "pwd", "비밀번호"],
        ["device_name"] = ["device_name", "deviceName"],
        ["gps_location"] = ["location", "gps", "coord"],
        ["ip_public"] = ["client_ip", "wip"],
    };

    /// <summary>The keys of <paramref name="item"/>.</summary>
    public static IReadOnlyList<string> Of(string item) => ByItem[item];

    /// <summary>Keys that say nothing.</summary>
    public static IReadOnlyList<string> Neutral { get; } = ["v17", "cd19", "x_p3", "ev_label", "k9", "blob", "q7", "seg_a", "f_2", "ext"];
}
