namespace TrafficAudit.Capture.Doors;

/// <summary>What the start page shows, in whatever language.</summary>
/// <param name="Device">The visitor's device; null when it isn't paired.</param>
/// <param name="IsEveryoneServed">Whether devices that aren't paired are served.</param>
/// <param name="MayRename">Whether the visitor has shown its cookie.</param>
/// <param name="System">Whose steps come first.</param>
/// <param name="Proxy">What to enter as proxy.</param>
/// <param name="Fingerprint">The authority's.</param>
/// <param name="SystemStoreFile">The name of the authority's file in Android's system store.</param>
/// <param name="Passed">The checks that the visitor has passed.</param>
internal sealed record SetupView(
    Device? Device, bool IsEveryoneServed, bool MayRename, PhoneSystem System, ProxyEntry Proxy, string Fingerprint, string SystemStoreFile,
    IReadOnlySet<SetupCheck> Passed)
{
    /// <summary>Whether the visitor may set the phase of its session.</summary>
    public bool MaySetPhase { get; init; }

    /// <summary>The phase that it is in; null before one was set.</summary>
    public string? Phase { get; init; }
}
