using System.Net;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Access;

/// <summary>Where a name and a password become a person.</summary>
/// <param name="users">Who may sign in; null: nobody.</param>
/// <param name="time">The clock.</param>
internal sealed class SignInDesk(Users? users, TimeProvider time) : IDisposable
{
    private readonly SignInLimit _limit = new(time);

    // Hashing is meant to be dear: guessing must not take the recording's processors.
    private readonly SemaphoreSlim _hashing = new(1);

    /// <summary>Who it is; null where it is nobody, and then how long to wait before trying again (zero: name or password are wrong).</summary>
    /// <exception cref="RejectedRequestException">The list of users is damaged.</exception>
    public async Task<(Person? Person, TimeSpan Wait)> CheckAsync(string? name, string? password, IPAddress? address, CancellationToken cancellation)
    {
        var (given, secret) = (Bounded(name, 64), Bounded(password, Users.LongestPassword));
        if (users is null || given is null || secret is null)
        {
            return (null, TimeSpan.Zero);
        }

        if (_limit.Take(given, address) is var wait && wait > TimeSpan.Zero)
        {
            return (null, wait);
        }

        await _hashing.WaitAsync(cancellation);
        Person? person;
        try
        {
            person = await Task.Run(() => users.Check(given, secret), cancellation);
        }
        finally
        {
            _hashing.Release();
        }

        if (person is not null)
        {
            _limit.Forgive(given, address);
        }

        return (person, TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public void Dispose() => _hashing.Dispose();

    private static string? Bounded(string? text, int longest) => text is { Length: > 0 } && text.Length <= longest ? text : null;
}
