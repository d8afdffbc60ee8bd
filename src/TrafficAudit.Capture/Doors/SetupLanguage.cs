using System.Collections.Immutable;

namespace TrafficAudit.Capture.Doors;

/// <summary>The words of the set-up pages in one language. Plain text; <c>{0}</c> is where a value goes.</summary>
internal sealed record SetupLanguage
{
    public required string Tag { get; init; }

    public required string Title { get; init; }

    public required string PairedAs { get; init; }

    public required string NotPaired { get; init; }

    public required string NotPairedButServed { get; init; }

    public required string StepsTitle { get; init; }

    /// <summary>The five steps; <c>{0}</c> in the third is the proxy's address.</summary>
    public required ImmutableArray<string> Steps { get; init; }

    public required string Download { get; init; }

    public required string Fingerprint { get; init; }

    public required string Afterwards { get; init; }

    public required string NameLabel { get; init; }

    public required string PairTitle { get; init; }

    public required string PairButton { get; init; }

    public required string RenameButton { get; init; }

    public required string WrongSecret { get; init; }

    public required string TooManyGuesses { get; init; }

    public required string BadRequest { get; init; }

    public required string NotFound { get; init; }

    public required string NotForwarded { get; init; }

    public required string ToSetup { get; init; }

    public static SetupLanguage English { get; } = new()
    {
        Tag = "en",
        Title = "TrafficAudit: set up this phone",
        PairedAs = "This phone is paired as “{0}”.",
        NotPaired = "This phone is not paired. Nothing of it is forwarded yet.",
        NotPairedButServed = "This phone is not paired, but the proxy accepts every device at the moment. Its traffic is recorded without a device "
            + "name.",
        StepsTitle = "Five steps",
        Steps =
        [
            "Put the phone into the same Wi-Fi network as the laptop.",
            "Pair the phone: scan the code that the laptop's terminal shows, and give the phone a name.",
            "Open the settings of this Wi-Fi network, choose a manual proxy and enter {0}.",
            "Download the certificate below and install it. Android: Settings › Security › Encryption & credentials › Install a "
                + "certificate › CA certificate. "
                + "iPhone: open the downloaded profile in Settings › General › VPN & Device Management.",
            "iPhone only: switch on full trust in Settings › General › About › Certificate Trust Settings. Android: many apps trust no certificate "
                + "that a user installed; their connections are recorded as unreadable.",
        ],
        Download = "Download the certificate",
        Fingerprint = "Compare its SHA-256 fingerprint with the laptop's:",
        Afterwards = "Use a test phone only. After the test take the proxy out of the Wi-Fi settings and delete the certificate.",
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

    public static SetupLanguage Korean { get; } = new()
    {
        Tag = "ko",
        Title = "TrafficAudit: 휴대전화 설정",
        PairedAs = "이 휴대전화는 “{0}”(으)로 등록되어 있습니다.",
        NotPaired = "이 휴대전화는 아직 등록되지 않았습니다. 트래픽이 전달되지 않습니다.",
        NotPairedButServed = "이 휴대전화는 등록되지 않았지만, 지금은 모든 기기가 허용됩니다. 트래픽은 기기 이름 없이 기록됩니다.",
        StepsTitle = "다섯 단계",
        Steps =
        [
            "휴대전화를 노트북과 같은 Wi-Fi에 연결합니다.",
            "휴대전화를 등록합니다. 노트북 터미널에 표시된 코드를 스캔하고 휴대전화 이름을 입력합니다.",
            "이 Wi-Fi 네트워크의 설정에서 프록시를 수동으로 선택하고 {0} 을(를) 입력합니다.",
            "아래 인증서를 내려받아 설치합니다. Android: 설정 › 보안 › 암호화 및 인증 정보 › 인증서 설치 › CA 인증서. "
                + "iPhone: 설정 › 일반 › VPN 및 기기 관리에서 내려받은 프로파일을 설치합니다.",
            "iPhone은 설정 › 일반 › 정보 › 인증서 신뢰 설정에서 전체 신뢰를 켭니다. Android에서는 사용자가 설치한 인증서를 신뢰하지 않는 앱이 많으며, "
                + "그런 연결은 해독 불가로 기록됩니다.",
        ],
        Download = "인증서 내려받기",
        Fingerprint = "SHA-256 지문이 노트북에 표시된 것과 같은지 확인하십시오.",
        Afterwards = "시험용 휴대전화만 사용하십시오. 시험이 끝나면 Wi-Fi 설정에서 프록시를 지우고 인증서를 삭제하십시오.",
        NameLabel = "휴대전화 이름",
        PairTitle = "휴대전화 등록",
        PairButton = "등록",
        RenameButton = "이름 변경",
        WrongSecret = "유효하지 않은 코드입니다. 코드 하나로 휴대전화 한 대만 등록할 수 있고 10분이 지나면 만료됩니다. 노트북 터미널에 지금 표시된 코드를 스캔하십시오(p 키로 다시 표시).",
        TooManyGuesses = "이 주소에서 잘못된 코드가 너무 많이 입력되었습니다. 10분 뒤에 노트북 터미널에 표시된 코드를 스캔하십시오.",
        BadRequest = "요청을 이해할 수 없습니다. 뒤로 돌아가 다시 시도하십시오.",
        NotFound = "없는 페이지입니다.",
        NotForwarded = "이 휴대전화는 TrafficAudit 프록시를 사용하지만 등록되지 않아 아무것도 전달되지 않았습니다. 노트북 터미널에 표시된 코드를 스캔하십시오.",
        ToSetup = "설정 페이지로",
    };

    /// <summary>Both languages, the one first that the phone prefers.</summary>
    public static ImmutableArray<SetupLanguage> InOrderFor(string? acceptLanguage) =>
        acceptLanguage?.TrimStart().StartsWith("ko", StringComparison.OrdinalIgnoreCase) == true ? [Korean, English] : [English, Korean];
}
