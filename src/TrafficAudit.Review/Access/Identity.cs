using System.Security.Claims;
using TrafficAudit.Model;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Access;

/// <summary>A <see cref="Person"/> as the framework knows people: a principal with claims.</summary>
internal static class Identity
{
    private const string SessionClaim = "session";
    private const string SpeakerClaim = "speaker";

    /// <param name="person">Who.</param>
    /// <param name="session">The session that the person came with; null for the API.</param>
    /// <param name="maySpeakForOthers">Whether it is a command of the one who started the program.</param>
    public static ClaimsPrincipal Of(Person person, string? session, bool maySpeakForOthers = false)
    {
        var claims = new List<Claim> { new(ClaimTypes.Name, person.Name), new(ClaimTypes.Role, Token.Of(person.Role)) };
        if (session is not null)
        {
            claims.Add(new Claim(SessionClaim, session));
        }

        if (maySpeakForOthers)
        {
            claims.Add(new Claim(SpeakerClaim, "yes"));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, "TrafficAudit"));
    }

    /// <summary>Null for somebody who has not signed in, or no longer.</summary>
    public static Person? PersonOf(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true, Name: { } name } && Token.TryParse<Role>(principal.FindFirstValue(ClaimTypes.Role), out var role)
            ? new Person(name, role)
            : null;

    /// <summary>Whether whoever asks may say in whose name.</summary>
    public static bool MaySpeakForOthers(ClaimsPrincipal principal) => principal.HasClaim(c => c.Type == SpeakerClaim);

    /// <summary>The session; null for the API.</summary>
    public static string? SessionOf(ClaimsPrincipal principal) => principal.FindFirstValue(SessionClaim);
}
