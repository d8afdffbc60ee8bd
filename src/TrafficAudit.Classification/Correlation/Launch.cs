namespace TrafficAudit.Classification.Correlation;

/// <summary>
/// A run of the app on one device as far as a recording shows it: a session, or the part of it before or after a phase that says that the app was
/// installed anew.
/// </summary>
/// <param name="Device">The device's id.</param>
/// <param name="Session">The session.</param>
/// <param name="IsAfterReinstall">Whether a phase says that the app was installed anew before.</param>
/// <param name="First">When its first flow began.</param>
internal sealed record Launch(string Device, string Session, bool IsAfterReinstall, DateTimeOffset First);
