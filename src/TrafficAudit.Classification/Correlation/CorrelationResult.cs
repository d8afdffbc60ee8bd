using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Correlation;

/// <summary>What correlation says of a case.</summary>
public sealed record CorrelationResult
{
    /// <summary>Identifiers: values that stay on a device and differ between devices. In order of host and place.</summary>
    public required ImmutableArray<CorrelatedPlace> Identifiers { get; init; }

    /// <summary>Values that stay on a device, and lack something else; they are shown, not counted.</summary>
    public required ImmutableArray<CorrelatedPlace> NearMisses { get; init; }

    /// <summary>Values that look like identifiers and are the same on all devices: the app brings them along. Never findings.</summary>
    public required ImmutableArray<CorrelatedPlace> Constants { get; init; }

    /// <summary>How many near misses and app constants are left out of the lists.</summary>
    public required long Unlisted { get; init; }

    /// <summary>How many devices were compared.</summary>
    public required int Devices { get; init; }

    /// <summary>How many launches of them.</summary>
    public required int Launches { get; init; }

    /// <summary>At how many places a value that looks generated changed within a launch: nonces, signatures, events.</summary>
    public required long Changing { get; init; }

    /// <summary>How many places were not followed since a bound was reached; identifiers may be missing then.</summary>
    public required long NotFollowed { get; init; }
}

/// <summary>What stands in one place on several devices, and what follows from it.</summary>
public sealed record CorrelatedPlace
{
    /// <summary>The place.</summary>
    public required CorrelationPlace Place { get; init; }

    /// <summary>The item that it is, by what is proven of it; empty for an app constant.</summary>
    public required string Item { get; init; }

    /// <summary><see cref="Strength.C"/>, <see cref="Strength.D"/>, or <see cref="Strength.F"/> for what does not count.</summary>
    public required Strength Strength { get; init; }

    /// <summary>What it lacks to be certain.</summary>
    public required ImmutableArray<CorrelationDoubt> Doubts { get; init; }

    /// <summary>The evidence: each value with its launches.</summary>
    public required ImmutableArray<ValueEvidence> Values { get; init; }

    /// <summary>One sentence that says why; it holds no value.</summary>
    public required string Reason { get; init; }

    /// <summary>In how many flows it stands.</summary>
    public long Flows => Values.Sum(v => v.Launches.Sum(l => l.Flows));

    internal UInt128 Digest { get; init; }
}

/// <summary>One value at a place.</summary>
/// <param name="Device">The device that sent it.</param>
/// <param name="DeviceName">What the device is called.</param>
/// <param name="Shown">The value, masked.</param>
/// <param name="OutlivedReinstall">Whether it stood there before and after the app was installed anew.</param>
/// <param name="Launches">Where it was seen, in the order of time.</param>
public sealed record ValueEvidence(
    string Device, string DeviceName, string Shown, bool OutlivedReinstall, ImmutableArray<LaunchEvidence> Launches);

/// <summary>A value in one launch.</summary>
/// <param name="Session">The session.</param>
/// <param name="AfterReinstall">Whether the app was installed anew before this launch.</param>
/// <param name="FirstFlow">The number of the first flow that has it.</param>
/// <param name="Flows">How many flows have it.</param>
public sealed record LaunchEvidence(string Session, bool AfterReinstall, long FirstFlow, long Flows);
