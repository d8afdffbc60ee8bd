using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Routing;

namespace TrafficAudit.Review.Layout;

/// <summary>
/// In which language and colours a browser wants the pages: kept in its cookies, since an address that is passed on should open in the
/// reader's own.
/// </summary>
internal static class Preferences
{
    public const string Address = "/preferences";

    private const string ThemeCookie = "trafficaudit-theme";

    /// <summary>The languages there are; the first is spoken to whoever asks for none of them.</summary>
    public static readonly IReadOnlyList<CultureInfo> Languages = [new("en"), new("ko")];

    private static readonly string[] Themes = ["light", "dark"];

    /// <summary>Middleware: the language of the request, from the cookie or the browser's own wish.</summary>
    public static void Use(IApplicationBuilder app) => app.UseRequestLocalization(options =>
    {
        options.DefaultRequestCulture = new RequestCulture(Languages[0]);
        options.SupportedCultures = options.SupportedUICultures = [.. Languages];
        options.RequestCultureProviders = [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
    });

    /// <summary>Serves the links that <see cref="LinkTo"/> makes.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Address, context =>
    {
        var query = context.Request.Query;
        if (Languages.FirstOrDefault(l => l.Name == query["language"]) is { } language)
        {
            Keep(context, CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)));
        }

        if (query["theme"].ToString() is var theme && (Themes.Contains(theme) || theme == "system"))
        {
            Keep(context, ThemeCookie, theme);
        }

        context.Response.Redirect(IsOwnPath(query["back"]) ? query["back"].ToString() : "/");
        return Task.CompletedTask;
    });

    /// <summary>A link that sets a preference and comes back.</summary>
    /// <param name="name"><c>language</c> or <c>theme</c>.</param>
    /// <param name="value">A language's tag; <c>light</c>, <c>dark</c> or <c>system</c>.</param>
    /// <param name="back">Path and query of the page that it stands on.</param>
    public static string LinkTo(string name, string value, string back) => $"{Address}?{name}={value}&back={Uri.EscapeDataString(back)}";

    /// <summary>The theme chosen; null: the system's.</summary>
    public static string? ThemeOf(HttpContext? context) =>
        context?.Request.Cookies[ThemeCookie] is { } theme && Themes.Contains(theme) ? theme : null;

    private static void Keep(HttpContext context, string name, string value) => context.Response.Cookies.Append(
        name, value, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true, MaxAge = TimeSpan.FromDays(365) });

    // Two slashes, or a slash and a backslash, would lead to another host.
    private static bool IsOwnPath(string? path) => path is ['/', ..] and not ['/', '/' or '\\', ..] && !path.Any(char.IsControl);
}
