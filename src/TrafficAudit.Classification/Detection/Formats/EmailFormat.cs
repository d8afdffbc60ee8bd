using System.Buffers;
using TrafficAudit.Classification.Rules;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>
/// E-mail addresses as people have them (the dot-atom form of RFC 5322, section 3.4.1, with a domain name that ends in a known
/// top-level domain). File names (icon@2x.png), packages (pkg@1.2.3), credentials in URLs and mailboxes that nobody reads are none.
/// </summary>
internal static class EmailFormat
{
    private const int MaxLocal = 64;
    private const int MaxDomain = 253;
    private const string Alphanumeric = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly SearchValues<char> LettersAndDigits = SearchValues.Create(Alphanumeric);
    private static readonly SearchValues<char> LocalCharacters = SearchValues.Create(Alphanumeric + ".!#$%&'*+-/=?^_`{|}~");
    private static readonly SearchValues<char> DomainCharacters = SearchValues.Create(Alphanumeric + ".-");
    private static readonly SearchValues<char> MaskedCharacters = SearchValues.Create(Alphanumeric + ".-_+*@");

    // In running text these border an address more often than they are part of one.
    private static readonly SearchValues<char> Borders = SearchValues.Create("=&?/'{|}`!#$%^");

    /// <summary>The e-mail address that the whole of <paramref name="value"/> is.</summary>
    public static FormatMatch? Match(ReadOnlySpan<char> value)
    {
        var at = value.IndexOf('@');
        if (at < 1 || value.Length > MaxLocal + 1 + MaxDomain)
        {
            return null;
        }

        if (value.Contains('*'))
        {
            return Masked(value, at);
        }

        return Find(value, at) is { } found && found.Start == 0 && found.Length == value.Length ? found.Match : null;
    }

    /// <summary>The address around the <c>@</c> at <paramref name="at"/>; null if there is none.</summary>
    public static TextMatch? Find(ReadOnlySpan<char> text, int at)
    {
        var before = text[Math.Max(0, at - MaxLocal - 1)..at];
        var localLength = before.Length - 1 - before.LastIndexOfAnyExcept(LocalCharacters);
        var local = before[^localLength..];
        var border = local.LastIndexOfAny(Borders);
        local = border < 0 ? local : local[(border + 1)..];
        var after = text.Slice(at + 1, Math.Min(MaxDomain + 1, text.Length - at - 1));
        var domainLength = after.IndexOfAnyExcept(DomainCharacters);
        var domain = (domainLength < 0 ? after : after[..domainLength]).TrimEnd(".-");
        var start = at - local.Length;
        return IsLocal(local) && IsDomain(domain) && !IsUrlCredential(text, start, at + 1 + domain.Length) && !Traps.BuiltIn.IsMailboxOfNobody(local)
            ? new TextMatch(new FormatMatch("email", "an e-mail address"), start, local.Length + 1 + domain.Length)
            : null;
    }

    private static bool IsLocal(ReadOnlySpan<char> local) =>
        local.Length is > 0 and <= MaxLocal && local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal)
        && local.IndexOfAny(LettersAndDigits) >= 0;

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        var dot = domain.LastIndexOf('.');
        if (dot < 1 || domain[0] is '-' or '.' || domain.Contains("..", StringComparison.Ordinal) || domain.Contains("-.", StringComparison.Ordinal))
        {
            return false;
        }

        return TopLevelDomains.Contains(domain[(dot + 1)..]) && !DigitText.IsNumber(domain[..dot].TrimEnd('x'));
    }

    // https://key@host/ : a password or a Sentry DSN, not an address. mailto: has no slashes.
    private static bool IsUrlCredential(ReadOnlySpan<char> text, int start, int end) =>
        text[..start].EndsWith("//") || (end + 1 < text.Length && text[end] == ':' && char.IsAsciiDigit(text[end + 1]));

    // h***@g***.com
    private static FormatMatch? Masked(ReadOnlySpan<char> value, int at)
    {
        var rest = value[(at + 1)..];
        return value.Count('*') >= 2 && !rest.IsEmpty && !rest.Contains('@') && !value.ContainsAnyExcept(MaskedCharacters)
            ? new FormatMatch("email", "an e-mail address with some characters masked", State: FindingState.Masked)
            : null;
    }
}
