using System.Collections.Immutable;

namespace TrafficAudit.Capture.Doors;

/// <summary>The words of the set-up pages in one language. Plain text; <c>{0}</c> is where a value goes.</summary>
internal sealed record SetupLanguage
{
    public required string Tag { get; init; }

    /// <summary>The language's name in itself.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string PairedAs { get; init; }

    public required string Blocked { get; init; }

    public required string NotPaired { get; init; }

    public required string NotPairedButServed { get; init; }

    public required ChecklistWords Checks { get; init; }

    public required PhaseWords Phases { get; init; }

    public required string FirstTitle { get; init; }

    /// <summary>What comes before the steps of the phone's own system.</summary>
    public required ImmutableArray<string> First { get; init; }

    public required string AndroidTitle { get; init; }

    /// <summary><c>{0}</c>: the proxy's address.</summary>
    public required ImmutableArray<string> Android { get; init; }

    public required string AndroidApps { get; init; }

    /// <summary><c>{0}</c>: the name of the authority's file in the system store.</summary>
    public required string AndroidSystemStore { get; init; }

    public required string AndroidSystemStoreNew { get; init; }

    public required string AppleTitle { get; init; }

    /// <summary><c>{0}</c>: the proxy's address.</summary>
    public required ImmutableArray<string> Apple { get; init; }

    public required string AppleNetwork { get; init; }

    public required string AppleNetworkLabel { get; init; }

    public required string AppleNetworkButton { get; init; }

    public required string AppleNetworkWrong { get; init; }

    public required string OtherTitle { get; init; }

    /// <summary><c>{0}</c>: the proxy's address.</summary>
    public required ImmutableArray<string> Other { get; init; }

    public required string SocksTitle { get; init; }

    /// <summary><c>{0}</c>: the proxy's address.</summary>
    public required string Socks { get; init; }

    public required string AutomaticTitle { get; init; }

    /// <summary><c>{0}</c>: the address of the PAC file.</summary>
    public required string Automatic { get; init; }

    public required string Http3 { get; init; }

    public required string DownloadTitle { get; init; }

    public required string DownloadDer { get; init; }

    public required string DownloadPem { get; init; }

    public required string DownloadProfile { get; init; }

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

    /// <summary>Both languages, the one first that the phone prefers.</summary>
    public static ImmutableArray<SetupLanguage> InOrderFor(string? acceptLanguage) =>
        acceptLanguage?.TrimStart().StartsWith("ko", StringComparison.OrdinalIgnoreCase) == true
            ? [SetupKorean.Words, SetupEnglish.Words]
            : [SetupEnglish.Words, SetupKorean.Words];
}

/// <summary>The words of the checklist.</summary>
internal sealed record ChecklistWords
{
    public required string Title { get; init; }

    public required string Proxy { get; init; }

    public required string Authority { get; init; }

    public required string Http2 { get; init; }

    public required string Socket { get; init; }

    public required string Fingerprint { get; init; }

    public required string NotRun { get; init; }

    public required string Running { get; init; }

    public required string Passed { get; init; }

    public required string Failed { get; init; }

    public required string Waiting { get; init; }

    public required string Again { get; init; }

    public required string ByHand { get; init; }

    public required string ByHandProxy { get; init; }

    public required string ByHandAuthority { get; init; }

    public required string Warning { get; init; }

    public required string ProxyDone { get; init; }

    public required string NotThroughProxy { get; init; }

    /// <summary><c>{0}</c>: the version of HTTP.</summary>
    public required string AuthorityDone { get; init; }
}

/// <summary>The words of the phases.</summary>
internal sealed record PhaseWords
{
    public required string Title { get; init; }

    /// <summary><c>{0}</c>: the phase.</summary>
    public required string Now { get; init; }

    public required string None { get; init; }

    /// <summary>In the order of <see cref="Model.PhaseLabel.Standard"/>.</summary>
    public required ImmutableArray<string> Names { get; init; }

    public required string Own { get; init; }

    public required string Set { get; init; }

    public required string Wrong { get; init; }

    public required string NotWritten { get; init; }

    public required string NotFromHere { get; init; }
}
