namespace TrafficAudit.Capture.Doors;

/// <summary>What happened to a device.</summary>
public enum DeviceChange
{
    /// <summary>It was paired.</summary>
    Paired,

    /// <summary>It came from another address and was paired again by its cookie.</summary>
    Moved,

    /// <summary>It has another name.</summary>
    Renamed,

    /// <summary>Nothing of it is forwarded any more.</summary>
    Blocked,

    /// <summary>It is served again.</summary>
    Unblocked,
}

/// <summary>A device has changed.</summary>
public sealed class DeviceChangedEventArgs(DeviceChange change, Device device) : EventArgs
{
    /// <summary>How.</summary>
    public DeviceChange Change { get; } = change;

    /// <summary>The device as it is now.</summary>
    public Device Device { get; } = device;
}
