using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Access;

/// <summary>The tokens with which programs come to the HTTP API: 256 random bits each, kept as SHA-256 only. Any thread may use it.</summary>
public sealed class ClientTokens(AccessList list, TimeProvider time)
{
    private const string Prefix = "ta_";

    /// <summary>The longest time, in days, for which a token is made: ten years.</summary>
    public const int LongestLife = 3650;

    /// <summary>Every token, by name.</summary>
    /// <exception cref="RejectedRequestException">The file is damaged.</exception>
    public IReadOnlyList<ClientToken> List() =>
    [
        .. list.Book.Tokens.Select(t => new ClientToken(t.Name, t.Role, t.Created, t.Expires, t.LastUsed)).OrderBy(t => t.Name, StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Makes one.</summary>
    /// <param name="name">What it is to be called.</param>
    /// <param name="role">What it may do.</param>
    /// <param name="days">For how many days it is good, 1 to <see cref="LongestLife"/>; null: until it is revoked.</param>
    /// <returns>The token: to be shown once, since it is not kept.</returns>
    /// <exception cref="RejectedRequestException">The name is taken or no name, or the days are too few or many.</exception>
    public string Create(string name, Role role, int? days)
    {
        if (days is < 1 or > LongestLife)
        {
            throw new RejectedRequestException($"A token is made for 1 to {LongestLife} days.");
        }

        var kept = AccessList.NameOf(name);
        var text = Prefix + RandomNumberGenerator.GetHexString(64, lowercase: true);
        var now = time.GetUtcNow();
        DateTimeOffset? expires = days is { } count ? now.AddDays(count) : null;
        list.Change(book => book.Tokens.Any(t => AccessList.IsSame(t.Name, kept))
            ? throw new RejectedRequestException($"There is a token {kept} already.")
            : book with { Tokens = book.Tokens.Add(new AccessBook.TokenRow(kept, role, DigestOf(text), now, expires, null)) });
        return text;
    }

    /// <summary>Revokes one: from now on it is refused.</summary>
    /// <exception cref="RejectedRequestException">There is none of this name.</exception>
    public void Revoke(string name) => list.Change(book => book with
    {
        Tokens = book.Tokens.Remove(
            book.Tokens.FirstOrDefault(t => AccessList.IsSame(t.Name, name.Trim())) ?? throw new RejectedRequestException("There is no token of this name.")),
    });

    /// <summary>On whose behalf a program comes that shows this; null when it is no token that is good now.</summary>
    internal Person? PersonOf(string presented)
    {
        // Compared by digest: how long that takes says nothing of the token.
        var digest = DigestOf(presented);
        var now = time.GetUtcNow();
        if (list.Book.Tokens.FirstOrDefault(t => t.Sha256 == digest) is not { } row || row.Expires <= now)
        {
            return null;
        }

        NoteUse(row, DateOnly.FromDateTime(now.UtcDateTime));
        return new Person($"token {row.Name}", row.Role);
    }

    private static string DigestOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>The day alone, so that the file is written once a day. A full disk must not keep a program out.</summary>
    private void NoteUse(AccessBook.TokenRow row, DateOnly day)
    {
        if (row.LastUsed == day)
        {
            return;
        }

        try
        {
            list.Change(book => book.Tokens.FirstOrDefault(t => t.Sha256 == row.Sha256) is { } present
                ? book with { Tokens = book.Tokens.Replace(present, present with { LastUsed = day }) }
                : book);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing that anyone relies on: the day is shown to whoever looks for tokens to revoke.
            UsesNotNoted++;
        }
    }

    /// <summary>How many days of use could not be written.</summary>
    internal int UsesNotNoted { get; private set; }
}
