using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Values;

/// <summary>Items about phones, networks and behaviour. Keys from the reference, section 3.</summary>
internal static class DeviceItems
{
    public static IReadOnlyList<ItemCase> Identifiers { get; } =
    [
        new("imsi", Evidence.Key, [.. ItemKeys.Of("imsi")], (_, person) => person.Imsi()),
        new("mac", Evidence.Key, [.. ItemKeys.Of("mac")], (_, person) => person.Mac()),
        new("wifi_bssid", Evidence.Key, [.. ItemKeys.Of("wifi_bssid")], (_, person) => person.Mac()),
        new("android_id", Evidence.Key, [.. ItemKeys.Of("android_id")], (chance, _) => chance.Hex(15) + "e"),
        new("gaid", Evidence.Key, [.. ItemKeys.Of("gaid"), "ifa", "adid", "advertiserId"], (chance, _) => chance.Uuid()),
        new("idfa", Evidence.Key, [.. ItemKeys.Of("idfa"), "ifa"], (chance, _) => chance.Uuid().ToUpperInvariant()),
        new("idfv", Evidence.Key, [.. ItemKeys.Of("idfv"), "vendor_id"], (chance, _) => chance.Uuid().ToUpperInvariant()),
        new("oaid", Evidence.Key, [.. ItemKeys.Of("oaid"), "vaid"], (chance, _) => chance.Uuid()),
        new("app_set_id", Evidence.Key, ["asid", "appSetID", "app_set_id"], (chance, _) => chance.Uuid()),
        new("install_id", Evidence.Key, [.. ItemKeys.Of("install_id")], (_, person) => person.InstallId()),
        new("install_id", Evidence.Key, ["fid", "firebase_installation_id", "appInstanceId"], (_, person) => person.FirebaseId()),
        new("install_id", Evidence.Key, ["app_instance_id", "airbridgeGeneratedDeviceUUID", "installation_id"], (chance, _) => chance.Uuid()),
        new("vendor_device_id", Evidence.Key, ["openudid", "cdid", "clientudid", "umid", "x-umt", "pdd_id", "smid", "api_uid", "install_token", "udid"], (chance, _) => chance.Hex(40)),
        new("device_fingerprint", Evidence.Key, ["wua", "device_fingerprint", "anti-token", "deviceFingerPrintId"], (chance, _) => chance.Base64(90)),
        new("push_token", Evidence.Key, ["push_token", "pushToken", "fcm_token", "registration_id"], (_, person) => person.PushToken()),
        new("push_token", Evidence.Key, ["apns_token", "device_push_token"], (chance, _) => chance.Hex(64)),
        new("ip_public", Evidence.Key, ["client_ip", "user_ip", "wip"], (_, person) => person.PublicIp()),
        new("ip_local", Evidence.Key, ["local_ip", "wifi_ip", "lan_ip"], (_, person) => person.LocalIp()),
        new("gps_location", Evidence.Key, ["gps", "location", "coord", "latlng", "좌표"], (_, person) => Pair(person.Position())),
    ];

    public static IReadOnlyList<ItemCase> States { get; } =
    [
        new("serial", Evidence.Key, ["build_serial", "device_serial"], (chance, _) => $"R{chance.Digits(1)}C{chance.Letters(8, "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789")}"),
        new("wifi_ssid", Evidence.Key, ["wifi_ssid", "wifi_name"], (chance, _) => $"{chance.Word(3)}-5G"),
        new("wifi_scan", Evidence.Key, ["wifi_list", "scan_results", "nearby_wifi"], (chance, person) => string.Join(',', Enumerable.Range(0, 3).Select(_ => $"{chance.Word(2)}|{person.Mac()}|-{chance.Between(40, 90)}"))),
        new("bluetooth", Evidence.Key, ["bluetooth_name", "bt_name", "bluetooth_devices"], (chance, _) => $"Buds {chance.Word(2)}"),
        new("device_name", Evidence.Key, ["device_name", "deviceName", "user_phone_name"], (chance, _) => $"{chance.Word(2)}'s Galaxy"),
        new("gps_location", Evidence.Key, ["x-location"], (_, person) => person.Position() is var (latitude, longitude) ? FormattableString.Invariant($"{longitude},{latitude}") : ""),
        new("mac", Evidence.Key, ["macAddr", "device_mac", "bt_mac"], (_, person) => person.Mac().Replace(":", "", StringComparison.Ordinal).ToLowerInvariant()),
        new("ip_public", Evidence.Key, ["deviceIP", "remoteIp", "ip"], (chance, _) => $"2001:db8:{chance.Hex(4)}::{chance.Hex(3)}"),
        new("cell_info", Evidence.Key, ["cell_id", "cellId", "lac", "cell_info"], (chance, _) => chance.Digits(7)),
        new("coarse_location", Evidence.Key, ["cityName", "city", "province", "region_name"], (chance, _) => chance.Pick("Seoul", "부산", "大连", "Incheon", "수원시")),
        new("carrier", Evidence.Key, ["carrier", "carrier_name", "operatorName", "ispName"], (chance, _) => chance.Pick("SKTelecom", "KT", "LG U+", "中国移动", "olleh")),
        new("network_type", Evidence.Key, ["network_type", "connectiontype", "net_type", "x-nettype"], (chance, _) => chance.Pick("wifi", "LTE", "5G", "4g")),
        new("roaming", Evidence.Key, ["roaming", "isRoaming"], (chance, _) => chance.Pick("true", "false", "home")),
        new("vpn_proxy", Evidence.Key, ["is_vpn", "vpn", "isProxy"], (chance, _) => chance.Pick("true", "false")),
        new("device_model", Evidence.Key, ["model", "device_model", "deviceModel", "DEVICE_MODEL"], (chance, _) => $"SM-{chance.Letters(1, "SAGFN")}{chance.Digits(3)}N"),
        new("manufacturer", Evidence.Key, ["manufacturer", "device_manufacturer", "device_brand", "deviceMake"], (chance, _) => chance.Pick("samsung", "Apple", "Xiaomi", "LGE", "HUAWEI")),
        new("os_version", Evidence.Key, ["osv", "os_version", "osVersion", "OSVERSION"], (chance, _) => chance.Pick("14", "13", "17.5.1", "16.7.8", "12")),
        new("os_build", Evidence.Key, ["os_build", "osBuild", "build_display"], (chance, _) => $"UP1A.{chance.Digits(6)}.{chance.Digits(3)}"),
        new("kernel", Evidence.Key, ["kernel_version", "kernel"], (chance, _) => $"5.{chance.Between(4, 16)}.{chance.Between(10, 240)}-android13"),
        new("screen", Evidence.Key, ["resolution", "screen_resolution", "screenSize", "RESOLUTION"], (chance, _) => $"{chance.Pick("1080x2340", "1440x3088", "1179x2556", "1080*2400")}"),
        new("screen", Evidence.Key, ["screen_width", "screen_height", "display_width"], (chance, _) => (decimal)chance.Between(720, 3200)),
        new("battery", Evidence.Key, ["battery_level", "batteryLevel"], (chance, _) => (decimal)chance.Between(2, 100)),
        new("storage", Evidence.Key, ["total_capacity", "free_space", "freeDisk", "storage_bytes_available"], (chance, _) => (decimal)chance.Between(10_000_000_000, 512_000_000_000)),
        new("ram", Evidence.Key, ["total_memory", "available_memory", "usedRam"], (chance, _) => (decimal)chance.Between(1_000_000_000, 12_000_000_000)),
        new("cpu", Evidence.Key, ["cpu_type", "cpu_abi", "cpu_core"], (chance, _) => chance.Pick("arm64-v8a", "armeabi-v7a", "ARM64", "x86_64")),
        new("uptime_boot", Evidence.Key, ["boot_time", "uptime", "timeSinceBoot"], (chance, _) => (decimal)chance.Between(1_000_000, 90_000_000)),
        new("volume_brightness", Evidence.Key, ["screen_brightness", "volume_level"], (chance, _) => (decimal)chance.Between(2, 255)),
        new("timezone", Evidence.Key, ["timezone", "time_zone", "tz"], (chance, _) => chance.Pick("Asia/Seoul", "Asia/Shanghai", "America/New_York", "GMT+09:00")),
        new("locale", Evidence.Key, ["locale", "language", "device_language", "LANGUAGE"], (chance, _) => chance.Pick("ko-KR", "en-US", "zh-CN", "ko", "ko_KR")),
        new("user_agent", Evidence.Key, ["user_agent", "userAgent", "ua", "device_user_agent"], (chance, _) => $"Mozilla/5.0 (Linux; Android {chance.Between(10, 15)}; SM-S{chance.Digits(3)}N) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{chance.Between(100, 130)}.0.{chance.Digits(4)}.{chance.Digits(2)} Mobile Safari/537.36"),
        new("root_emulator", Evidence.Key, ["is_rooted", "jailbroken", "is_emu"], (chance, _) => chance.Pick("true", "false", "0", "1")),
        new("sensors", Evidence.Key, ["accelerometer_x", "rotation_x", "accelerometer_y"], (chance, _) => chance.Between(-9_000_000, 9_000_000) / 1_000_000m),
        new("session_meta", Evidence.Key, ["sessionCount", "install_time", "is_first_launch"], (chance, _) => (decimal)chance.Seconds()),
        new("consent", Evidence.Key, ["consent_string", "gdpr_consent", "consentState"], (chance, _) => "CP" + chance.Letters(30, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") + "AAA"),
        new("crash", Evidence.Key, ["stacktrace", "crash_log", "exception_message"], (chance, _) => $"java.lang.NullPointerException at com.example.{chance.Word(2)}.{chance.Word(3)}({chance.Word(2)}.java:{chance.Between(10, 900)})"),
    ];

    /// <summary>What a user did, as apps report it to analytics.</summary>
    public static IReadOnlyList<ItemCase> Behaviour { get; } =
    [
        new("order_history", Evidence.Key, ["order_id", "ordNo", "orderId", "trade_id"], (chance, _) => $"20251{chance.Digits(1)}1{chance.Digits(1)}{chance.Digits(9)}"),
        new("product_view", Evidence.Key, ["viewed_product_id", "product_id", "goods_id", "prdNo"], (chance, _) => chance.Digits(9)),
        new("search_query", Evidence.Key, ["search_query", "searchKeyword", "search_keyword", "검색어"], (chance, _) => chance.Pick("무선 이어폰", "캠핑 의자", "running shoes", "手机壳", "아기 물티슈") + " " + chance.Word(2)),
        new("browsing_history", Evidence.Key, ["page_url", "referrer", "topUrl", "current_url"], (chance, _) => $"https://shop.example/{chance.Word(2)}/{chance.Word(3)}"),
        new("interaction", Evidence.Key, ["event_action", "userAction", "interactedElement"], (chance, _) => chance.Pick("click", "add_to_cart", "scroll", "tap") + "_" + chance.Word(2)),
    ];

    private static string Pair((decimal Latitude, decimal Longitude) position) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{position.Latitude},{position.Longitude}");
}
