using System.Collections.Immutable;

namespace TrafficAudit.Capture.Recording;

/// <summary>
/// The sessions of one run of a recording: one for each device, from its pairing or its first flow on, and one for all clients that are not
/// paired. Any thread may use it.
/// </summary>
/// <param name="began">Puts a session's beginning into the journal; called once for each, before its first flow is recorded.</param>
/// <param name="time">The clock.</param>
public sealed class RecordingSessions(Func<RecordingSession, Task> began, TimeProvider time)
{
    // There is no device without an id that is empty.
    private const string NoDevice = "";

    private readonly Lock _sessionsLock = new();
    private readonly Dictionary<string, RecordingSession> _byDevice = new(StringComparer.Ordinal);
    private string? _phaseOfAll;

    /// <summary>Those that have begun, in their order.</summary>
    public ImmutableArray<RecordingSession> All
    {
        get
        {
            lock (_sessionsLock)
            {
                return [.. _byDevice.Values.OrderBy(s => s.Began).ThenBy(s => s.Id, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The session of a device; begins it when it has none yet, in the phase that was last set for all.</summary>
    /// <param name="device">The device's id; null for clients that are not paired.</param>
    public RecordingSession Of(string? device)
    {
        lock (_sessionsLock)
        {
            var key = device ?? NoDevice;
            if (!_byDevice.TryGetValue(key, out var session))
            {
                var now = time.GetUtcNow();
                session = new RecordingSession($"s{now:yyyyMMdd'T'HHmmss'Z'}-{_byDevice.Count + 1}", device, now, _phaseOfAll, began);
                _byDevice.Add(key, session);
            }

            return session;
        }
    }

    /// <summary>Sets the phase of every session, and of those that begin later.</summary>
    /// <returns>The sessions whose phase it is now.</returns>
    public ImmutableArray<RecordingSession> SetPhaseOfAll(string phase)
    {
        lock (_sessionsLock)
        {
            var now = time.GetUtcNow();
            _phaseOfAll = phase;
            foreach (var session in _byDevice.Values)
            {
                session.SetPhase(phase, now);
            }

            return [.. _byDevice.Values];
        }
    }

    /// <summary>Sets the phase of one session.</summary>
    public void SetPhase(RecordingSession session, string phase)
    {
        ArgumentNullException.ThrowIfNull(session);
        session.SetPhase(phase, time.GetUtcNow());
    }
}
