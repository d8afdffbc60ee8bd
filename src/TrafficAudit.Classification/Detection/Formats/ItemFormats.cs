namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>The formats of items, by item: what is tried on a whole value whose key names the item.</summary>
internal static class ItemFormats
{
    /// <summary>The format of <paramref name="item"/> that the trimmed <paramref name="value"/> has; null for none.</summary>
    /// <param name="item">The item that the key names.</param>
    /// <param name="value">The value.</param>
    /// <param name="captured">When the flow was captured.</param>
    /// <param name="isOnly">Whether the key names no other system's or kind's identifier too.</param>
    public static FormatMatch? Match(string item, ReadOnlySpan<char> value, DateTimeOffset captured, bool isOnly) => item switch
    {
        "phone" or "safe_phone" => PhoneFormat.Match(value, captured, isNamed: true),
        "email" => EmailFormat.Match(value),
        "postal_address" => (KoreanAddress.Find(value, 0) ?? RomanizedAddress.Find(value, 0))?.Match ?? LocationFormats.RegionCodes(value),
        "postcode" => PersonFormats.Postcode(value),
        "dob" => PersonFormats.BirthDate(value, captured),
        "gender" => PersonFormats.Gender(value),
        "rrn" or "arc" => NationalIdFormats.Resident(value) ?? NationalIdFormats.ResidentHalf(value),
        "foreign_national_id" => NationalIdFormats.ChineseIdentity(value) ?? NationalIdFormats.SocialSecurity(value, isNamed: true),
        "pccc" => NationalIdFormats.Customs(value),
        "passport_no" => TravelDocumentFormats.Number(value) ?? TravelDocumentFormats.Zone(value),
        "driver_license_no" => NationalIdFormats.DriverLicense(value),
        "business_reg_no" => PaymentFormats.BusinessNumber(value),
        "bank_account" => PaymentFormats.BankAccount(value, captured) ?? PaymentFormats.Iban(value),
        "card_number" => PaymentFormats.Card(value),
        "card_expiry" => PaymentFormats.Expiry(value),
        "card_cvc" => PaymentFormats.VerificationCode(value),
        "imei" => DeviceFormats.Imei(value) ?? (isOnly ? DeviceFormats.ImeiWithVersion(value) : null),
        "meid" => DeviceFormats.Meid(value),
        "imsi" => DeviceFormats.Imsi(value),
        "iccid" => DeviceFormats.Iccid(value),
        "carrier" => DeviceFormats.Network(value),
        "mac" or "wifi_bssid" => MacFormat.Match(item, value, isNamed: true),
        "android_id" => DeviceFormats.AndroidId(value, isOnly),
        "gps_location" => LocationFormats.Pair(value),
        "ip_public" or "ip_local" => LocationFormats.Address(value),
        "oaid" => DeviceFormats.Oaid(value),
        "gaid" or "idfa" or "idfv" or "app_set_id" => DeviceFormats.Uuid(item, value, isForAnySystem: !isOnly),
        "vendor_device_id" => VendorFormats.Device(value, captured),
        "install_id" => isOnly ? InstallationFormats.Installation(value, captured) : InstallationFormats.Distinct(value, captured),
        "web_id_cookie" => InstallationFormats.Browser(value, captured),
        "push_token" => PushTokenFormats.Match(value),
        "session_token" => VendorFormats.Session(value, captured),
        "ci" => value.Length == 88 && value.EndsWith("==") ? new FormatMatch("ci", "88 characters, a CI's format") : null,
        "di" => value.Length == 64 ? new FormatMatch("di", "64 characters, a DI's format") : null,
        _ => null,
    };
}
