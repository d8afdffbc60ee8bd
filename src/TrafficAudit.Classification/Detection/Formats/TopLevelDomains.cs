using System.Collections.Frozen;
using TrafficAudit.Classification.Rules;

namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>
/// The top-level domains that e-mail addresses of people are met under: all two-letter ones, the internationalised ones, the first
/// generic ones and the newer ones that mail providers use; and <c>example</c> and <c>test</c> (RFC 2606), which testers use. Two-letter
/// names that are file types on phones are not among them.
/// </summary>
internal static class TopLevelDomains
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Generic = FrozenSet.ToFrozenSet(
        [
            "com", "net", "org", "edu", "gov", "mil", "int", "info", "biz", "name", "pro", "aero", "coop", "museum", "jobs", "mobi", "travel",
            "tel", "asia", "cat", "post", "arpa", "example", "test", "app", "dev", "page", "email", "mail", "cloud", "online", "site", "shop",
            "store", "tech", "xyz", "live", "life", "world", "today", "top", "vip", "club", "fun", "icu", "work", "works", "group", "team",
            "company", "global", "international", "network", "digital", "agency", "studio", "design", "media", "news", "blog", "space", "website",
            "host", "link", "click", "wiki", "art", "academy", "school", "university", "education", "health", "care", "clinic", "dental", "law",
            "legal", "bank", "finance", "financial", "insurance", "capital", "fund", "money", "games", "game", "band", "music", "video", "photo",
            "photos", "social", "community", "family", "love", "one", "ninja", "rocks", "guru", "expert", "consulting", "solutions", "services",
            "systems", "software", "engineering", "energy", "house", "homes", "land", "city", "seoul", "tokyo", "berlin", "london", "nyc",
            "paris", "amsterdam", "wien", "koeln", "hamburg", "bayern", "swiss", "moscow", "africa", "lat", "eus", "gal", "kim", "ltd", "gmbh",
            "inc", "llc", "plus", "chat", "google", "apple", "samsung", "naver", "kakao", "hyundai", "kia",
        ],
        StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether an address under this domain is plausible.</summary>
    public static bool Contains(ReadOnlySpan<char> domain) =>
        domain.Length == 2
            ? char.IsAsciiLetter(domain[0]) && char.IsAsciiLetter(domain[1]) && !Traps.BuiltIn.IsFileType(domain)
            : Generic.Contains(domain) || domain.StartsWith("xn--", StringComparison.OrdinalIgnoreCase);
}
