namespace TrafficAudit.Capture.Doors;

/// <summary>The set-up pages in Korean.</summary>
internal static class SetupKorean
{
    public static SetupLanguage Words { get; } = new()
    {
        Tag = "ko",
        Name = "한국어",
        Title = "TrafficAudit: 휴대전화 설정",
        PairedAs = "이 휴대전화는 “{0}”(으)로 등록되어 있습니다.",
        Blocked = "이 휴대전화는 노트북에서 차단되어 아무것도 전달되지 않습니다. 시험 담당자가 노트북에서 차단을 해제할 수 있습니다.",
        NotPaired = "이 휴대전화는 아직 등록되지 않았습니다. 트래픽이 전달되지 않습니다.",
        NotPairedButServed = "이 휴대전화는 등록되지 않았지만, 지금은 모든 기기가 허용됩니다. 트래픽은 기기 이름 없이 기록됩니다.",
        Checks = new ChecklistWords
        {
            Title = "이 휴대전화의 점검",
            Proxy = "프록시 연결",
            Authority = "인증 기관(CA) 신뢰",
            Http2 = "HTTP/2",
            Socket = "WebSocket",
            Fingerprint = "올바른 인증 기관의 서명",
            NotRun = "아직 점검하지 않음",
            Running = "점검 중…",
            Passed = "통과",
            Failed = "실패",
            Waiting = "앞 단계를 먼저 통과해야 합니다",
            Again = "다시 점검",
            ByHand = "스크립트를 쓸 수 없으면 아래 두 페이지를 직접 여십시오.",
            ByHandProxy = "프록시를 거친 페이지",
            ByHandAuthority = "인증서를 사용하는 페이지",
            Warning = "브라우저가 인증서 경고를 표시하면 계속 진행하지 마십시오. 아직 인증 기관을 신뢰하지 않는 상태입니다.",
            ProxyDone = "이 페이지는 프록시를 거쳐 열렸습니다.",
            NotThroughProxy = "이 페이지는 프록시를 거치지 않고 열렸습니다. Wi-Fi 네트워크 설정에 프록시를 입력하십시오.",
            AuthorityDone = "이 페이지는 프록시를 거쳐 HTTPS({0})로 열렸습니다. 경고가 없었다면 이 휴대전화는 인증 기관을 신뢰합니다.",
        },
        Phases = new PhaseWords
        {
            Title = "지금 하는 일",
            Now = "현재 단계: {0}.",
            None = "아직 설정된 단계가 없습니다.",
            Names = ["동의 전", "동의함", "거부함", "동의 철회", "회원가입", "둘러보기", "결제", "대기"],
            Own = "직접 입력",
            Set = "설정",
            Wrong = "단계 이름은 1자 이상 64자 이하이며 제어 문자를 쓸 수 없습니다.",
            NotWritten = "단계를 증거에 기록하지 못했습니다. 노트북에서 시험을 진행하는 사람에게 알려 주십시오.",
            NotFromHere = "설정 페이지에서 보낸 요청이 아니므로 아무것도 바꾸지 않았습니다.",
        },
        FirstTitle = "먼저 할 일",
        First =
        [
            "휴대전화를 노트북과 같은 Wi-Fi에 연결합니다.",
            "휴대전화를 등록합니다. 노트북 터미널이나 검토 화면의 “devices”에 표시된 코드를 스캔하고 휴대전화 이름을 입력합니다.",
        ],
        AndroidTitle = "Android",
        Android =
        [
            "설정 › 네트워크 및 인터넷 › 인터넷 › 사용 중인 네트워크 › 수정 › 고급 옵션 › 프록시 › 수동에서 {0} 을(를) 입력합니다. "
                + "삼성 휴대전화는 설정 › 연결 › Wi-Fi › 네트워크 옆 톱니바퀴 › 더보기 › 프록시입니다.",
            "아래에서 인증서(.crt)를 내려받은 뒤 설정 › 보안 및 개인정보 보호 › 기타 보안 설정 › 암호화 및 사용자 인증 정보 › 인증서 설치 › CA 인증서 › "
                + "무시하고 설치를 누릅니다. 메뉴 이름은 제조사마다 다르므로 설정에서 “인증서”를 검색하십시오.",
            "이 페이지로 돌아와 위의 점검이 모두 통과하는지 확인합니다.",
        ],
        AndroidApps = "Android 7부터 앱은 따로 허용한 경우에만 사용자가 설치한 인증서를 신뢰합니다. 직접 빌드할 수 있는 앱이라면 "
            + "res/xml/network_security_config.xml에서 허용하고, 매니페스트의 android:networkSecurityConfig에 그 파일을 지정하십시오. "
            + "다른 앱의 연결은 목적지와 크기와 함께 거부된 연결로 기록됩니다.",
        AndroidSystemStore = "루팅한 휴대전화나 에뮬레이터에서는 인증 기관을 시스템 저장소에 넣을 수 있습니다. 그러면 인증서를 고정하지 않은 모든 앱이 신뢰합니다. "
            + "저장소가 요구하는 이름의 파일 {0} 을(를) 내려받으십시오. Android 13까지(에뮬레이터는 -writable-system으로 시작):",
        AndroidSystemStoreNew = "Android 14부터는 저장소가 쓸 수 없는 모듈 안에 있으므로 사본을 그 위에 마운트해야 하며, 다시 시작하면 사라집니다(adb shell에서 root로 실행).",
        AppleTitle = "iPhone 및 iPad",
        Apple =
        [
            "Safari에서 아래 프로파일을 내려받고 허용합니다.",
            "설정 › 일반 › VPN 및 기기 관리 › TrafficAudit › 설치를 누릅니다.",
            "설정 › 일반 › 정보 › 인증서 신뢰 설정에서 TrafficAudit에 대한 전체 신뢰를 켭니다. 켜지 않으면 설치되어도 신뢰되지 않습니다.",
            "프로파일에 프록시가 없으면 설정 › Wi-Fi › 이 네트워크 옆 ⓘ › 프록시 구성 › 수동에서 {0} 을(를) 입력합니다.",
            "이 페이지로 돌아와 위의 점검이 모두 통과하는지 확인합니다.",
        ],
        AppleNetwork = "프로파일로 특정 Wi-Fi 네트워크의 프록시까지 설정할 수 있습니다. 설치할 때 iOS가 그 네트워크의 암호를 물을 수 있습니다.",
        AppleNetworkLabel = "Wi-Fi 네트워크 이름",
        AppleNetworkButton = "프록시가 포함된 프로파일 내려받기",
        AppleNetworkWrong = "Wi-Fi 네트워크 이름은 1~32바이트이며 제어 문자를 포함할 수 없습니다.",
        OtherTitle = "그 밖의 시스템",
        Other =
        [
            "시스템이나 프로그램의 설정에서 HTTP 및 HTTPS 프록시로 {0} 을(를) 입력합니다.",
            "인증서(PEM 또는 DER)를 내려받아 시스템이나 프로그램의 저장소에서 인증 기관으로 신뢰하게 합니다.",
            "이 페이지로 돌아와 위의 점검이 모두 통과하는지 확인합니다.",
        ],
        SocksTitle = "프록시를 무시하는 앱",
        Socks = "시스템 프록시를 사용하지 않는 앱도 있습니다. 모든 트래픽을 SOCKS5 프록시로 보내는 VPN 앱을 휴대전화에 설치하고 {0}, SOCKS5, 사용자 이름과 암호 없음으로 설정하면 "
            + "그런 앱도 이곳을 거칩니다. 포트는 같습니다.",
        AutomaticTitle = "자동 구성",
        Automatic = "PAC 파일 주소를 입력할 수 있는 시스템에는 {0} 을(를) 입력하십시오. 프록시 자신으로 가는 요청을 뺀 모든 요청을 프록시로 보냅니다.",
        Http3 = "HTTP/3(QUIC)은 가로채지 않습니다. 프록시는 모든 응답에서 HTTP/3을 알리는 헤더(Alt-Svc)를 제거하지만, DNS의 HTTPS 레코드로도 HTTP/3을 사용할 수 있으므로 "
            + "시험 네트워크에서 UDP 443 포트를 차단하십시오. 그러면 앱은 TCP로 계속 통신합니다.",
        DownloadTitle = "인증 기관",
        DownloadDer = "Android용 인증서(DER, .crt)",
        DownloadPem = "PEM 인증서",
        DownloadProfile = "iPhone 및 iPad용 프로파일(.mobileconfig)",
        Fingerprint = "SHA-256 지문이 노트북에 표시된 것과 같은지 확인하십시오.",
        Afterwards = "시험용 휴대전화만 사용하십시오. 시험이 끝나면 Wi-Fi 설정에서 프록시를 지우고 인증서나 프로파일을 삭제하십시오.",
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
}
