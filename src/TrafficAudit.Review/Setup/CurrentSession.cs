namespace TrafficAudit.Review.Setup;

/// <summary>A session that goes on.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Device">The device's id; null for the clients that are not paired, who share one.</param>
/// <param name="DeviceName">What the device is called.</param>
/// <param name="Began">When it began, in UTC.</param>
/// <param name="Phase">The phase now; null before one was set.</param>
/// <param name="Of">What it is of; null for the time between sessions.</param>
public sealed record CurrentSession(string Id, string? Device, string? DeviceName, DateTimeOffset Began, string? Phase, SessionStart? Of);
