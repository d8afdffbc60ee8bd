using System.Collections.Immutable;

namespace TrafficAudit.Capture.Recording;

/// <summary>
/// The sessions of one run of a recording: of each device, from its pairing or its first flow on, one after the other without a gap between, and so
/// of all clients that are not paired together. A flow belongs to the session in which it began, however long it lasts. Any thread may use it.
/// </summary>
/// <param name="began">Puts a session's beginning into the journal; called once for each, before its first flow is recorded.</param>
/// <param name="time">The clock.</param>
/// <param name="description">What the sessions are of that nobody begins; null when nothing is said of them.</param>
public sealed class RecordingSessions(Func<RecordingSession, Task> began, TimeProvider time, SessionDescription? description = null)
{
    // There is no device without an id that is empty.
    private const string NoDevice = "";

    private readonly Lock _sessionsLock = new();
    private readonly Dictionary<string, List<RecordingSession>> _byDevice = new(StringComparer.Ordinal);
    private SessionDescription? _description = description;
    private string? _phaseOfAll;
    private int _count;

    /// <summary>Those of this run, in their order.</summary>
    public ImmutableArray<RecordingSession> All
    {
        get
        {
            lock (_sessionsLock)
            {
                return InOrder(_byDevice.Values.SelectMany(s => s));
            }
        }
    }

    /// <summary>Those that flows belong to which begin now, one for each device, in their order.</summary>
    public ImmutableArray<RecordingSession> Current
    {
        get
        {
            lock (_sessionsLock)
            {
                return InOrder(_byDevice.Values.Select(s => s[^1]));
            }
        }
    }

    /// <summary>What the sessions are of that begin from now on because a device has none; null when nothing is said of them.</summary>
    public SessionDescription? Description
    {
        get
        {
            lock (_sessionsLock)
            {
                return _description;
            }
        }
    }

    /// <summary>The session of a device now; begins its first when it has none yet, in the phase that was last set for all.</summary>
    /// <param name="device">The device's id; null for clients that are not paired.</param>
    public RecordingSession Of(string? device)
    {
        lock (_sessionsLock)
        {
            return SessionsOf(device)[^1];
        }
    }

    /// <summary>The session in which a device's flow is that began then; its first one, when the flow's connection was there before it.</summary>
    /// <param name="device">As of <see cref="Of(string)"/>.</param>
    /// <param name="moment">When the flow began.</param>
    public RecordingSession Of(string? device, DateTimeOffset moment)
    {
        lock (_sessionsLock)
        {
            var sessions = SessionsOf(device);
            return sessions.FindLast(s => s.Began <= moment) ?? sessions[0];
        }
    }

    /// <summary>Begins another session of a device.</summary>
    /// <param name="device">As of <see cref="Of(string)"/>.</param>
    /// <param name="description">What it is of; null for the time between sessions.</param>
    /// <param name="phase">The phase that it begins in; null for none.</param>
    /// <returns>The change; null when the device had no session before, and this is its first.</returns>
    public SessionChange? Begin(string? device, SessionDescription? description, string? phase)
    {
        lock (_sessionsLock)
        {
            var key = device ?? NoDevice;
            if (_byDevice.ContainsKey(key))
            {
                return Follow(key, description, phase);
            }

            _byDevice.Add(key, [New(key, description, phase)]);
            return null;
        }
    }

    /// <summary>Begins another session of every device that has one, and says what those are of that begin later.</summary>
    /// <param name="description">As of <see cref="Begin"/>.</param>
    /// <param name="phase">As of <see cref="Begin"/>.</param>
    public ImmutableArray<SessionChange> BeginAll(SessionDescription? description, string? phase)
    {
        lock (_sessionsLock)
        {
            (_description, _phaseOfAll) = (description, phase);
            return [.. _byDevice.Keys.Select(key => Follow(key, description, phase))];
        }
    }

    /// <summary>Sets the phase of every session that goes on, and of those that begin later because a device has none.</summary>
    /// <returns>The sessions whose phase it is now.</returns>
    public ImmutableArray<RecordingSession> SetPhaseOfAll(string phase)
    {
        lock (_sessionsLock)
        {
            var now = time.GetUtcNow();
            _phaseOfAll = phase;
            var current = InOrder(_byDevice.Values.Select(s => s[^1]));
            foreach (var session in current)
            {
                session.SetPhase(phase, now);
            }

            return current;
        }
    }

    /// <summary>Sets the phase of a device's session that goes on, and gives it.</summary>
    /// <param name="device">As of <see cref="Of(string)"/>.</param>
    /// <param name="phase">The phase.</param>
    public RecordingSession SetPhase(string? device, string phase)
    {
        lock (_sessionsLock)
        {
            var session = SessionsOf(device)[^1];
            session.SetPhase(phase, time.GetUtcNow());
            return session;
        }
    }

    private static ImmutableArray<RecordingSession> InOrder(IEnumerable<RecordingSession> sessions) =>
        [.. sessions.OrderBy(s => s.Began).ThenBy(s => s.Id, StringComparer.Ordinal)];

    // Called with the lock held, as those below.
    private List<RecordingSession> SessionsOf(string? device)
    {
        var key = device ?? NoDevice;
        if (!_byDevice.TryGetValue(key, out var sessions))
        {
            _byDevice.Add(key, sessions = [New(key, _description, _phaseOfAll)]);
        }

        return sessions;
    }

    private SessionChange Follow(string key, SessionDescription? of, string? phase)
    {
        var sessions = _byDevice[key];
        var ended = sessions[^1];
        sessions.Add(New(key, of, phase));
        return new SessionChange(ended, sessions[^1]);
    }

    private RecordingSession New(string key, SessionDescription? of, string? phase)
    {
        var now = time.GetUtcNow();
        return new RecordingSession($"s{now:yyyyMMdd'T'HHmmss'Z'}-{++_count}", key == NoDevice ? null : key, now, phase, of, began);
    }
}
