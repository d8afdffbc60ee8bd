namespace TrafficAudit.Capture.Recording;

/// <summary>One session of a device has taken the place of another.</summary>
/// <param name="Ended">The one before.</param>
/// <param name="Begun">The one that every flow from now on belongs to; not in the journal before its <see cref="RecordingSession.BeginAsync"/> or its first flow.</param>
public sealed record SessionChange(RecordingSession Ended, RecordingSession Begun);
