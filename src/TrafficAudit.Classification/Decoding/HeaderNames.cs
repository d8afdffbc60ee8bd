using System.Collections.Frozen;

namespace TrafficAudit.Classification.Decoding;

/// <summary>How a header field's value is read.</summary>
internal enum HeaderUse
{
    /// <summary>As a text that may be an encoding of something.</summary>
    Any,

    /// <summary>As a text and nothing more: its syntax is known and holds no documents.</summary>
    Plain,

    /// <summary>As cookies sent.</summary>
    Cookie,

    /// <summary>As a cookie set.</summary>
    SetCookie,

    /// <summary>As a URL.</summary>
    Url,

    /// <summary>As an authentication scheme with credentials.</summary>
    Credentials,

    /// <summary>As the body's type.</summary>
    ContentType,

    /// <summary>As the body's codings.</summary>
    ContentEncoding,
}

/// <summary>The header fields that are not simply guessed at.</summary>
internal static class HeaderNames
{
    private static readonly FrozenDictionary<string, HeaderUse> Uses = Plain()
        .Select(name => KeyValuePair.Create(name, HeaderUse.Plain))
        .Concat(
        [
            KeyValuePair.Create("Cookie", HeaderUse.Cookie),
            KeyValuePair.Create("Set-Cookie", HeaderUse.SetCookie),
            KeyValuePair.Create("Referer", HeaderUse.Url),
            KeyValuePair.Create("Location", HeaderUse.Url),
            KeyValuePair.Create("Content-Location", HeaderUse.Url),
            KeyValuePair.Create("Authorization", HeaderUse.Credentials),
            KeyValuePair.Create("Proxy-Authorization", HeaderUse.Credentials),
            KeyValuePair.Create("Content-Type", HeaderUse.ContentType),
            KeyValuePair.Create("Content-Encoding", HeaderUse.ContentEncoding),
        ])
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>How the value of the field called <paramref name="name"/> (in any case) is read.</summary>
    public static HeaderUse UseOf(string name) => Uses.GetValueOrDefault(name, HeaderUse.Any);

    private static string[] Plain() =>
    [
        "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Accept-Ranges", "Access-Control-Allow-Credentials",
        "Access-Control-Allow-Headers", "Access-Control-Allow-Methods", "Access-Control-Allow-Origin", "Access-Control-Expose-Headers",
        "Access-Control-Max-Age", "Access-Control-Request-Headers", "Access-Control-Request-Method", "Age", "Allow", "Alt-Svc", "Cache-Control",
        "Connection", "Content-Disposition", "Content-Language", "Content-Length", "Content-Range", "Content-Security-Policy", "Date", "DNT",
        "Expect", "Expires", "Host", "If-Modified-Since", "If-Range", "If-Unmodified-Since", "Keep-Alive", "Last-Modified", "NEL", "Origin",
        "Permissions-Policy", "Pragma", "Priority", "Proxy-Connection", "Range", "Referrer-Policy", "Report-To", "Retry-After", "Sec-CH-UA",
        "Sec-CH-UA-Mobile", "Sec-CH-UA-Platform", "Sec-Fetch-Dest", "Sec-Fetch-Mode", "Sec-Fetch-Site", "Sec-Fetch-User", "Server",
        "Server-Timing", "Strict-Transport-Security", "TE", "Timing-Allow-Origin", "Trailer", "Transfer-Encoding", "Upgrade",
        "Upgrade-Insecure-Requests", "User-Agent", "Vary", "Via", "X-Content-Type-Options", "X-Frame-Options", "X-XSS-Protection",
    ];
}
