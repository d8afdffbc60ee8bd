using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Imports;

/// <summary>How a file is imported.</summary>
/// <param name="Phase">The phase that the flows belong to (<c>before_consent</c>); null for what the file says, which is mostly nothing.</param>
/// <param name="KeepOriginal">Whether the file itself is copied into the case.</param>
public sealed record ImportOptions(string? Phase = null, bool KeepOriginal = false)
{
    /// <summary>The device that the flows are from; null for what the file says, which is mostly nothing.</summary>
    public string? Device { get; init; }

    /// <summary>The version of the app under test, for the journal; null when it is not known.</summary>
    public string? AppVersion { get; init; }

    /// <summary>The scenario that was gone through, for the journal; null when it is not known.</summary>
    public string? Scenario { get; init; }

    /// <summary>Where the tool that recorded the file stood; goes to flows that have a connect time and no position of their own. Null for nowhere.</summary>
    public GeoPosition? LabPosition { get; init; }

    /// <summary>
    /// Looks up, now, the name of a host whose address the file does not say; the answers are marked (<see cref="ObservationSource.ResolvedLater"/>). Null for never, so
    /// that the place of such flows stays unknown.
    /// </summary>
    public Func<string, CancellationToken, ValueTask<NameResolution?>>? ResolveNow { get; init; }

    /// <summary>The name of the persona that was signed in, for the journal; null when it is not known.</summary>
    public string? Persona { get; init; }
}
