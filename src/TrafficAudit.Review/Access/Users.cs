using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using TrafficAudit.Model;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Access;

/// <summary>The people who may sign in. Passwords follow NIST SP 800-63B: a least length, no rules on their composition. Any thread may use it.</summary>
public sealed class Users(AccessList list, TimeProvider time)
{
    /// <summary>The least length of a password, in characters.</summary>
    public const int ShortestPassword = 12;

    /// <summary>The greatest: hashing takes time for every one of them.</summary>
    public const int LongestPassword = 256;

    // OWASP's advice of 2023 for PBKDF2 with HMAC-SHA-512.
    private static readonly PasswordHasher<User> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));
    private static readonly User Nobody = new("", Role.Viewer, default);

    // Checked where a name is unknown, so that the answer takes as long as for a known one.
    private static readonly Lazy<string> NobodysHash = new(() => Hasher.HashPassword(Nobody, RandomNumberGenerator.GetHexString(32)));

    /// <summary>Everyone, by name.</summary>
    /// <exception cref="RejectedRequestException">The file is damaged.</exception>
    public IReadOnlyList<User> List() => [.. list.Book.Users.Select(u => new User(u.Name, u.Role, u.Added)).OrderBy(u => u.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Adds one.</summary>
    /// <exception cref="RejectedRequestException">The name is taken or no name, or the password is too short or long.</exception>
    public void Add(string name, Role role, string password)
    {
        var kept = AccessList.NameOf(name);
        var hash = HashOf(password);
        list.Change(book => book.Users.Any(u => AccessList.IsSame(u.Name, kept))
            ? throw new RejectedRequestException($"There is a user {kept} already.")
            : book with { Users = book.Users.Add(new AccessBook.UserRow(kept, role, hash, time.GetUtcNow())) });
    }

    /// <summary>Gives a user another password, which ends the user's sessions.</summary>
    /// <exception cref="RejectedRequestException">There is no such user, or the password is too short or long.</exception>
    public void SetPassword(string name, string password)
    {
        var hash = HashOf(password);
        Replace(name, row => row with { PasswordHash = hash });
    }

    /// <summary>Gives a user another role, which ends the user's sessions.</summary>
    /// <exception cref="RejectedRequestException">There is no such user.</exception>
    public void SetRole(string name, Role role) => Replace(name, row => row with { Role = role });

    /// <summary>Takes a user off the list, which ends the user's sessions.</summary>
    /// <exception cref="RejectedRequestException">There is no such user.</exception>
    public void Remove(string name) => list.Change(book => book with { Users = book.Users.Remove(Row(book, name)) });

    /// <summary>The person with this name and password; null when there is none. Takes a tenth of a second of a processor either way.</summary>
    internal Person? Check(string name, string password)
    {
        var row = list.Book.Users.FirstOrDefault(u => AccessList.IsSame(u.Name, name.Trim()));
        var fits = Hasher.VerifyHashedPassword(Nobody, row?.PasswordHash ?? NobodysHash.Value, password) != PasswordVerificationResult.Failed;
        return fits && row is not null ? new Person(row.Name, row.Role) : null;
    }

    /// <summary>Changes with a user's password and role, and when the user is removed (then null).</summary>
    internal string? StampOf(string name) =>
        list.Book.Users.FirstOrDefault(u => AccessList.IsSame(u.Name, name)) is { } row
            ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Token.Of(row.Role)} {row.PasswordHash}")))
            : null;

    private static string HashOf(string password) => password.Length is >= ShortestPassword and <= LongestPassword
        ? Hasher.HashPassword(Nobody, password)
        : throw new RejectedRequestException($"A password has {ShortestPassword} to {LongestPassword} characters; a sentence is easy to remember.");

    private static AccessBook.UserRow Row(AccessBook book, string name) =>
        book.Users.FirstOrDefault(u => AccessList.IsSame(u.Name, name.Trim())) ?? throw new RejectedRequestException("There is no user of this name.");

    private void Replace(string name, Func<AccessBook.UserRow, AccessBook.UserRow> change) => list.Change(book =>
    {
        var row = Row(book, name);
        return book with { Users = book.Users.Replace(row, change(row)) };
    });
}
