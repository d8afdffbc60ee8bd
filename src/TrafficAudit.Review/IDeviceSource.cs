using System.Collections.Immutable;

namespace TrafficAudit.Review;

/// <summary>The phones that are paired with the recording program. Every member is called from many threads at once.</summary>
public interface IDeviceSource
{
    /// <summary>Every paired device, in the order of pairing.</summary>
    IReadOnlyList<DeviceRow> List();

    /// <summary>What pairs the next phone.</summary>
    PairingOffer Pairing { get; }

    /// <summary>Gives a device another name; what can't be shown is taken out of it.</summary>
    /// <exception cref="RejectedRequestException">No device has this id.</exception>
    void Rename(string id, string name);

    /// <summary>Blocks a device, so that nothing of it is forwarded any more, or serves it again.</summary>
    /// <exception cref="RejectedRequestException">No device has this id.</exception>
    void SetBlocked(string id, bool isBlocked);
}

/// <summary>A paired phone.</summary>
/// <param name="Id">Its id in the evidence.</param>
/// <param name="Name">What its user called it; anything.</param>
/// <param name="Addresses">From where it comes, newest first.</param>
/// <param name="PairedAt">When it was paired.</param>
/// <param name="Blocked">Whether nothing of it is forwarded.</param>
public sealed record DeviceRow(string Id, string Name, ImmutableArray<string> Addresses, DateTimeOffset PairedAt, bool Blocked)
{
    /// <summary>The session of this recording that its flows belong to; null before its first.</summary>
    public string? Session { get; init; }

    /// <summary>The phase that it is in; null before one was set.</summary>
    public string? Phase { get; init; }

    /// <summary>How many flows this recording has of it.</summary>
    public long Flows { get; init; }

    /// <summary>When the last of them began; null when there is none.</summary>
    public DateTimeOffset? LastFlow { get; init; }

    /// <summary>What it has proved on the set-up page since the program started.</summary>
    public ImmutableArray<DeviceCheck> Checks { get; init; } = [];
}

/// <summary>A check of the set-up page.</summary>
/// <param name="Check">Its token (<c>ca_trusted</c>).</param>
/// <param name="Passed">Whether the device has passed it.</param>
public sealed record DeviceCheck(string Check, bool Passed);

/// <summary>What a phone scans to be paired.</summary>
/// <param name="Link">Where the code leads; holds a secret that is good for one phone.</param>
/// <param name="Expires">When it stops being good.</param>
/// <param name="Svg">The code as an SVG image.</param>
public sealed record PairingOffer(Uri Link, DateTimeOffset Expires, string Svg);
