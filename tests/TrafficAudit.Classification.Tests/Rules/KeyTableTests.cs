using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Detection;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Rules;

/// <summary>
/// Every key of the reference's section 3, item by item. In front of a colon stands the key above, behind a plus a key beside, where one decides.
/// </summary>
public sealed class KeyTableTests
{
    private static readonly (string Item, string Keys)[] Table =
    [
        ("name", "full_name fullName contact_person first_name last_name fn ln fn0 ln0 realname real_name receiverName receiver:name orderer:name rcvrNm ordNm engNm customerName consignee_name consigneeName userNm custNm name 이름 성명 수령인 받는사람 xm xingming yourname lxr 联系人 shouhuoren 姓名 收货人 payload:name+sub"),
        ("nickname", "nickname nick USERNICK LL_USERNICK kakao_account.profile.nickname"),
        ("device_name", "user_phone_name device_name deviceName"),
        ("phone", "phone ph pn mobile mobile_no mobileNo phone_number phone_country tel telno tel_code phone_num msisdn mbtlnum rcvrPrtblNo rcvrTlphnNo ordPrtblTel ordTlphnNo ordererPhoneNumber hp hpNo cellphone 휴대폰 연락처 전화번호 lxdh sjh shouji dianhua consigneeMobile 手机号 联系电话 kakao_account.phone_number"),
        ("safe_phone", "safeNumber 안심번호 virtualNumber"),
        ("email", "email em ud[em] udff[em] cd[em] pd[em] u_hem aem emailHash email_hash hashed_email hashedEmail emailId userEmail user_email user_email_sha256 custemail adroll_email dtm_email_hash email_hash_md5 _kua_email_sha256 email_address eMail mdigest hem sha256_email_address emailAdres"),
        ("postal_address", "address address2 addr1 addr2 addr street location_tree_address_id receiverJibunAddress receiverDetailAddress rcvrBaseAddr rcvrDtlsAddr ordBaseAddr roadAddress jibunAddress sido sigungu bname buildingName shipping_address adres detailAdres 주소 상세주소 배송지 dizhi lxdz consigneeAddress 地址"),
        ("coarse_location", "ct st province city cityName geo.country geo.region geo.city country region aep_usuc_f"),
        ("postcode", "zip zp zipcode postCode postcode receiverZipCd rcvrMailNo ordMailNo zonecode geo.zip 우편번호 youbian 邮编"),
        ("dob", "db birthday birthyear birth birthDate dob yob age age_range brthdy bir 생년월일 csrq"),
        ("gender", "ge gender sex sexdstn 성별 xb xingbie"),
        ("nationality", "nationality nation 국적 is_foreigner gj"),
        ("race_religion_politics_health_sexlife", "mz"),
        ("rrn", "rrn ssn ordererSsn orderersSsn jumin jumin1 jumin2 juminNo ihidnum resident_no rrno 주민등록번호 주민번호"),
        ("arc", "arc frn alienRegNo 외국인등록번호"),
        ("foreign_national_id", "sfz sfzh sfzhm idcard id_card idNo cert_no zjhm shenfenzheng 身份证号 cpf rut_no tax_number vat_no"),
        ("pccc", "pccc pcc psnCscUniqNo overseaShippingInfoDto.personalCustomsClearanceCode customsIdNumber customs_id_no customsClearanceNo clearanceNumber individualCustomUniqueCode personalCustomCode customs_num 개인통관고유부호 통관번호"),
        ("passport_no", "passport_no passportNo passport_no_date passport_organization foreigner_passport_no 여권번호 huzhao"),
        ("driver_license_no", "licenseNo driverLicense 면허번호"),
        ("bank_account", "account_no acctNo bankAccount bank_code 계좌번호 yhkh account+bank_code acct+bankName"),
        ("card_number", "cardNo card_number pan cardnum cc cardBin kahao 카드번호 card_last4"),
        ("card_expiry", "validPd VALID_PD exp_month+cardNo exp_year+cvc card:expiry expiry+pan 유효기간+카드번호"),
        ("card_cvc", "cvc cvv"),
        ("order_history", "order_id ordNo ordPrdSeq trade_id cart revenue"),
        ("product_view", "prdNo goods_id goodsId skuId product_id item_id sku_attr content_ids"),
        ("search_query", "q query keyword kw search_met q_search"),
        ("browsing_history", "url loc ref page_sn page_id refer_page_sn list_id spm scm pvid topUrl referer Referer"),
        ("gps_location", "lat lon long lng latitude longitude geo_latitude x-location gps gps_enable location position coord"),
        ("ip_public", "ip client_ip wip vip ipvx X-Forwarded-For"),
        ("ip_local", "deviceIP local_ip netmask wifi.ip wifi:ip"),
        ("wifi_ssid", "ssid wifi wifi.name wifi:name"),
        ("wifi_bssid", "bssid ap_mac router_mac mac+rssi"),
        ("network_type", "wifiSignalLevel connectiontype network_type net ac access ACCESS ACCESS_SUBTYPE x-nettype x-nq nettype"),
        ("cell_info", "cellSignalLevel"),
        ("carrier", "carrier mccmnc mcc mnc mcc_v2 mnc_v2 operator isp ispName"),
        ("roaming", "roaming"),
        ("bluetooth", "blue"),
        ("gaid", "ifa gaid gps_adid advertiser_id advertiserId google_advertising_id google_aid aaid adid rdid aifa adv_id userAdvertisingId advertisingTrackingId google_ad_id madid"),
        ("idfa", "idfa"),
        ("oaid", "oaid vaid"),
        ("consent", "lmt isLat limitAdTracking advertiserIdEnabled"),
        ("idfv", "idfv ifv vendor_id ios_vendor_id"),
        ("app_set_id", "asid appSetID appSetIDScope ds_id"),
        ("android_id", "android_id androidid aid andi ANDROID_ID"),
        ("serial", "serial serial_number build_serial"),
        ("iccid", "iccid sim_serial sim_serial_number"),
        ("imei", "imei IMEI imei1"),
        ("meid", "meid"),
        ("imsi", "imsi IMSI subscriber_id"),
        ("mac", "mac mac_address mc wifi_mac bt_mac"),
        ("vendor_device_id", "deviceid did device_id device:id openudid udid udid_list hardware_id idmd5 utdid UTDID x-utdid umt x-umt umid umidToken bx-umidtoken x-devid deviceId pdd_id pddid pdd_user_uin user_uin api_uid acid install_token _nano_fp _bee njrpl jrpl dilx hfsc rckk ru1k ru2k _f77 _a42 _device_tag keychain_id cdid clientudid shumeiid smid psn"),
        ("device_fingerprint", "wua x-mini-wua x-sgext terminalFinger anti-token anti-content x-p1 deviceFingerPrintId"),
        ("web_id_cookie", "cna isg tfstk xman_t xman_us_t ali_apache_id sgcookie fbp _ga"),
        ("install_id", "fid _fid iid X-Goog-Firebase-Installations-Auth appInstanceIdToken app_instance_id install_id braze_install_id installationUuid Install-ID airbridgeGeneratedDeviceUUID android_uuid ios_uuid persistent_ios_uuid anon_id fb_anon_id"),
        ("push_token", "device_token push_token pushToken registration_id regId"),
        ("user_id", "user_id userId uid x-uid USERID memNo memberId custid customer_user_id external_user_id external_id app_user_id ppid puid distinct_id identity account CriteoUserId pdduid pdd_user_id user:id payload:sub+iat"),
        ("session_token", "sid x-sid session_id SESSION_ID access_token AccessToken x-act Authorization PDDAccessToken JSESSIONID _m_h5_tk token"),
        ("password", "password passwd pwd pin pw 비밀번호 mima"),
        ("device_model", "model deviceModel DEVICE_MODEL hwv"),
        ("manufacturer", "make brand BRAND manufacturer"),
        ("os_version", "os osv os_version OSVERSION"),
        ("kernel", "kernel_version"),
        ("screen", "screen_width resolution RESOLUTION sr vp dpi dpr"),
        ("battery", "battery_level batteryLevel battery battery_status"),
        ("storage", "total_capacity available_capacity free_space freeDisk storage_bytes_available"),
        ("ram", "total_memory available_memory ram usedRam"),
        ("uptime_boot", "boot_time uptime timeSinceBoot"),
        ("cpu", "cpu_type cpu_core cpu_usage cpu_abi"),
        ("volume_brightness", "screen_brightness"),
        ("root_emulator", "jailbroken rooted is_rooted root ios_jb is_emu emulator webdriver"),
        ("sensors", "sensors accelerometer_x rotation_x"),
        ("timezone", "tz timezone time_zone timezone_offset utcoffset"),
        ("locale", "language lang locale hl ul LANGUAGE x-app-lang"),
        ("user_agent", "ua User-Agent sec-ch-ua"),
        ("installed_apps", "installed_apps app_list applist packages pkgs installedPackages union_pay_installed"),
        ("contacts", "contacts address_book 주소록 tongxunlu"),
        ("clipboard", "clipboard pasteboard clip 클립보드"),
    ];

    /// <summary>Keys that mean something at an endpoint only, or many things: a rule says which.</summary>
    private const string Ambiguous =
        "he e m s iv h v11 v17 v49 cd19 cd48 cd73 home tr cu dl dp dt etag sign x-sign id imp:id source:tid identifier clientid cid d dn sc w sdk queries cn platform version lo p i code number no domain site:name app:name";

    public static TheoryData<string, string> Keys => [.. Table.SelectMany(row => row.Keys.Split(' ').Select(key => new TheoryDataRow<string, string>(row.Item, key)))];

    public static TheoryData<string> AmbiguousKeys => [.. Ambiguous.Split(' ')];

    [Theory]
    [MemberData(nameof(Keys))]
    public void KeyOfTheReference_NamesItsItem(string item, string key) => Assert.Equal(item, Read(key).Meaning?.Default);

    [Theory]
    [MemberData(nameof(AmbiguousKeys))]
    public void AmbiguousKey_IsNoEvidence(string key)
    {
        var context = Read(key);

        Assert.True(
            context.Meaning is null || context.Meaning is { Alone: not Classification.Rules.StandsAlone.Always },
            $"{key} names {context.Meaning?.Default}");
        Assert.Equal(key is "site:name" or "app:name" ? "name" : null, context.Meaning?.Default);
    }

    private static KeyContext Read(string written)
    {
        var parts = written.Split('+');
        var steps = parts[0].Split(':');
        var above = new Field { Message = MessageKind.Request, Part = MessagePart.Body, Key = steps.Length > 1 ? steps[0] : null, Kind = FieldKind.Container };
        var field = Leaf(above, steps[^1]);
        above.Children = parts.Length > 1 ? [field, Leaf(above, parts[1])] : [field];
        return KeyContext.Of(field, new Neighbours(new DecodedMessage([above], [field], Truncated: false)));
    }

    private static Field Leaf(Field parent, string key) =>
        new() { Parent = parent, Message = MessageKind.Request, Part = MessagePart.Body, Key = key, Kind = FieldKind.Text, Text = "x" };
}
