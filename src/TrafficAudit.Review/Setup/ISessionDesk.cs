using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Setup;

/// <summary>
/// The sessions of a recording: begun and ended by an investigator while it runs. A flow belongs to the session in which it began. Every
/// member is called from many threads at once.
/// </summary>
public interface ISessionDesk
{
    /// <summary>The sessions that flows belong to which begin now, one for each device, in their order.</summary>
    IReadOnlyList<CurrentSession> Current();

    /// <summary>What the sessions are of that begin by themselves, because a device has none; null when nothing is said of them.</summary>
    SessionStart? Later { get; }

    /// <summary>
    /// Ends the session of a device, or of all, and begins another in its place; both are in the journal when this completes. Started for all, it is also
    /// that of devices that come later.
    /// </summary>
    /// <param name="person">Who; an investigator.</param>
    /// <param name="start">What the session is of.</param>
    /// <param name="cancellation">Ends the wait for the journal.</param>
    /// <exception cref="RejectedRequestException">The person may not, a text can't be used, or there is no such device or persona.</exception>
    /// <exception cref="IOException">The journal can't be written.</exception>
    Task StartAsync(Person person, SessionStart start, CancellationToken cancellation);

    /// <summary>Ends a session; what its device sends from then on belongs to none that anybody has described.</summary>
    /// <param name="person">Who; an investigator.</param>
    /// <param name="session">Its id; null for all.</param>
    /// <param name="cancellation">Ends the wait for the journal.</param>
    /// <exception cref="RejectedRequestException">The person may not, or no such session goes on.</exception>
    /// <exception cref="IOException">The journal can't be written.</exception>
    Task StopAsync(Person person, string? session, CancellationToken cancellation);
}
