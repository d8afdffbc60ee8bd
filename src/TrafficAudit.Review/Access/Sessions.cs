using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Access;

/// <summary>
/// Who has signed in, in this process's memory: with the program they end, too. The browser holds 256 random bits, this their digest.
/// Any thread may use it.
/// </summary>
internal sealed class Sessions(Users? users, TimeProvider time, TimeSpan idle)
{
    /// <summary>More than that push out the one that was used least recently.</summary>
    public const int Most = 1000;

    /// <summary>After that everybody signs in anew.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private readonly Lock _sessionsLock = new();
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <summary>Begins the session of somebody who has proved to be <paramref name="person"/>.</summary>
    /// <param name="person">Who.</param>
    /// <param name="isUser">Whether it is a user of the list, whose removal and changes end it; else whoever started the program.</param>
    /// <returns>What the browser is to keep.</returns>
    public string Start(Person person, bool isUser)
    {
        var secret = RandomNumberGenerator.GetHexString(64, lowercase: true);
        var session = new Session(IdOf(secret), person, isUser ? users?.StampOf(person.Name) ?? "" : null, time.GetUtcNow());
        lock (_sessionsLock)
        {
            if (_sessions.Count >= Most)
            {
                _sessions.Remove(_sessions.MinBy(s => s.Value.LastUsed).Key);
            }

            _sessions[session.Id] = session;
        }

        return secret;
    }

    /// <summary>The session of a browser that shows this, which it uses now; null when there is none.</summary>
    public Session? Use(string? secret) => secret is { Length: 64 } && IdOf(secret) is var id && IsAlive(id, isUsed: true) ? Get(id) : null;

    /// <summary>Whether a session goes on; if not, it is forgotten.</summary>
    /// <param name="id">The session's.</param>
    /// <param name="isUsed">Whether its person does something now, from when on idle time counts again.</param>
    public bool IsAlive(string id, bool isUsed = false)
    {
        if (Get(id) is not { } session)
        {
            return false;
        }

        var now = time.GetUtcNow();
        var isUser = IsStillUser(session);
        lock (_sessionsLock)
        {
            if (now - session.LastUsed < idle && now - session.Started < Longest && isUser)
            {
                session.LastUsed = isUsed ? now : session.LastUsed;
                return true;
            }

            _sessions.Remove(id);
            return false;
        }
    }

    /// <summary>Whether the session is one of a user of the list, who has a password.</summary>
    public bool IsUsers(string id) => Get(id) is { Stamp: not null };

    /// <summary>The person signs out.</summary>
    public void End(string id)
    {
        lock (_sessionsLock)
        {
            _sessions.Remove(id);
        }
    }

    private static string IdOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private Session? Get(string id)
    {
        lock (_sessionsLock)
        {
            return _sessions.GetValueOrDefault(id);
        }
    }

    private bool IsStillUser(Session session)
    {
        if (session.Stamp is null)
        {
            return true;
        }

        try
        {
            return users?.StampOf(session.Person.Name) == session.Stamp;
        }
        catch (Exception e) when (e is RejectedRequestException or IOException or UnauthorizedAccessException)
        {
            // Whose right can't be read has none; the sign-in page says what is wrong with the file.
            return false;
        }
    }
}
