namespace TrafficAudit.Capture.Doors;

/// <summary>The set-up pages in English.</summary>
internal static class SetupEnglish
{
    public static SetupLanguage Words { get; } = new()
    {
        Tag = "en",
        Name = "English",
        Title = "TrafficAudit: set up this phone",
        PairedAs = "This phone is paired as “{0}”.",
        Blocked = "This phone was blocked on the laptop, so nothing of it is forwarded. Whoever runs the test can unblock it there.",
        NotPaired = "This phone is not paired. Nothing of it is forwarded yet.",
        NotPairedButServed = "This phone is not paired, but the proxy accepts every device at the moment. Its traffic is recorded without a device "
            + "name.",
        Checks = new ChecklistWords
        {
            Title = "Checks on this phone",
            Proxy = "Proxy reached",
            Authority = "Certificate authority trusted",
            Http2 = "HTTP/2",
            Socket = "WebSocket",
            Fingerprint = "The right authority signs",
            NotRun = "not checked yet",
            Running = "checking …",
            Passed = "passed",
            Failed = "failed",
            Waiting = "waits for the step before it",
            Again = "Check again",
            ByHand = "Without scripts, open both pages by hand:",
            ByHandProxy = "through the proxy",
            ByHandAuthority = "with the certificate",
            Warning = "If the browser warns of the certificate, do not go on: the authority is not trusted yet.",
            ProxyDone = "This page came through the proxy.",
            NotThroughProxy = "This page did not come through the proxy: enter the proxy in the settings of the Wi-Fi network.",
            AuthorityDone = "This page came through the proxy over HTTPS ({0}). If there was no warning, this phone trusts the authority.",
        },
        Phases = new PhaseWords
        {
            Title = "What happens now",
            Now = "Phase now: {0}.",
            None = "No phase has been set yet.",
            Names = ["before consent", "consented", "refused", "withdrawn", "sign-up", "browsing", "checkout", "idle"],
            Own = "Own label",
            Set = "Set",
            Wrong = "A label has 1 to 64 characters, none of them a control character.",
            NotWritten = "The phase was not written into the evidence. Tell whoever runs the test at the laptop.",
            NotFromHere = "This did not come from the set-up page itself, so nothing was changed.",
        },
        FirstTitle = "First",
        First =
        [
            "Put the phone into the same Wi-Fi network as the laptop.",
            "Pair the phone: scan the code that the laptop shows in its terminal or under “devices” on the review page, and give the phone a name.",
        ],
        AndroidTitle = "Android",
        Android =
        [
            "Settings › Network & internet › Internet › this network › edit › Advanced options › Proxy › Manual: enter {0}.",
            "Download the certificate (.crt) below, then Settings › Security & privacy › More security settings › Encryption & credentials › "
                + "Install a certificate › CA certificate › Install anyway. Makers of phones name these menus differently; search the settings for "
                + "“certificate”.",
            "Come back to this page: the checks above must pass.",
        ],
        AndroidApps = "Since Android 7, an app trusts a certificate that the user installed only if it says so. In an app that you can build, allow it "
            + "in res/xml/network_security_config.xml and name that file in the manifest (android:networkSecurityConfig). Connections of other apps "
            + "are recorded as refused, with their destination and size.",
        AndroidSystemStore = "On a rooted phone or an emulator, put the authority into the system store, which every app trusts that pins nothing. Download "
            + "{0}, whose name the store prescribes. Up to Android 13 (emulator started with -writable-system):",
        AndroidSystemStoreNew = "From Android 14 on the store lies in a module that can't be written to, so that a copy has to be mounted over it, until the "
            + "next restart (as root, in adb shell):",
        AppleTitle = "iPhone and iPad",
        Apple =
        [
            "Download the profile below in Safari and allow it.",
            "Settings › General › VPN & Device Management › TrafficAudit › Install.",
            "Settings › General › About › Certificate Trust Settings: switch on full trust for TrafficAudit. Without it the certificate is installed but not "
                + "trusted.",
            "Unless the profile holds the proxy: Settings › Wi-Fi › ⓘ beside this network › Configure Proxy › Manual: enter {0}.",
            "Come back to this page: the checks above must pass.",
        ],
        AppleNetwork = "A profile can also set the proxy for one Wi-Fi network. iOS may ask for that network's password when it is installed.",
        AppleNetworkLabel = "Name of the Wi-Fi network",
        AppleNetworkButton = "Download the profile with proxy",
        AppleNetworkWrong = "A Wi-Fi network's name has 1 to 32 bytes and no control characters.",
        OtherTitle = "Other systems",
        Other =
        [
            "Enter {0} as HTTP and HTTPS proxy in the system's or the program's settings.",
            "Download the certificate (PEM or DER) and let the system, or the program's own store, trust it as a certificate authority.",
            "Come back to this page: the checks above must pass.",
        ],
        SocksTitle = "Apps that ignore the proxy",
        Socks = "Some apps do not ask for the system's proxy. A VPN app on the phone that passes everything to a SOCKS5 proxy leads them here, too: give it {0}, "
            + "SOCKS5, without user name and password. It is the same port.",
        AutomaticTitle = "Automatic configuration",
        Automatic = "Where a system takes the address of a PAC file, give it {0}. It sends everything to the proxy, except what is for the proxy itself.",
        Http3 = "HTTP/3 (QUIC) is not intercepted. The proxy takes the header that announces it (Alt-Svc) out of every response; but an HTTPS record in DNS can lead "
            + "to it, too, so block UDP port 443 on the network of the test. Apps then go on over TCP.",
        DownloadTitle = "Certificate authority",
        DownloadDer = "Certificate for Android (DER, .crt)",
        DownloadPem = "Certificate as PEM",
        DownloadProfile = "Profile for iPhone and iPad (.mobileconfig)",
        Fingerprint = "Compare its SHA-256 fingerprint with the one that the laptop shows:",
        Afterwards = "Use a test phone only. After the test take the proxy out of the Wi-Fi settings and delete the certificate or the profile.",
        NameLabel = "Name of this phone",
        PairTitle = "Pair this phone",
        PairButton = "Pair",
        RenameButton = "Rename",
        WrongSecret = "This code is not valid: each code pairs one phone and expires after 10 minutes. Scan the code that the laptop's "
            + "terminal shows now (key p shows it again).",
        TooManyGuesses = "Too many wrong codes came from this address. Wait 10 minutes, then scan the code that the laptop's terminal shows.",
        BadRequest = "This request could not be understood. Go back and try again.",
        NotFound = "There is no such page here.",
        NotForwarded = "This phone uses the TrafficAudit proxy but is not paired, so nothing was forwarded. Scan the code that the laptop's "
            + "terminal shows.",
        ToSetup = "To the set-up page",
    };
}
