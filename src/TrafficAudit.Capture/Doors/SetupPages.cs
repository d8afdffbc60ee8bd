using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Capture.Certificates;

namespace TrafficAudit.Capture.Doors;

/// <summary>
/// What the proxy answers when it is asked for itself: how to set a phone up, the certificate, the pairing form. Open to clients that
/// aren't paired, for they come here to be paired. Safe for use by several threads.
/// </summary>
public sealed class SetupPages(CertificateAuthority authority, Pairing pairing, DoorPolicy policy, TimeProvider clock)
{
    /// <summary>
    /// The name under which the pages are found through the proxy, whatever the laptop's address is. <c>.test</c> is reserved (RFC 2606).
    /// </summary>
    public const string HostName = "audit.test";

    internal const string PairPath = "/pair";
    internal const string NamePath = "/name";
    internal const string StylePath = "/style.css";
    internal const string CertificatePath = "/ca.crt";
    internal const string CertificatePemPath = "/ca.pem";

    private const string CookieName = "trafficaudit_device";
    private const string Policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    // The longest that Chromium keeps one (RFC 6265bis, 5.5).
    private static readonly TimeSpan CookieLifetime = TimeSpan.FromDays(400);

    /// <summary>
    /// Whether a request that came through the proxy is for these pages: for audit.test, or for the very address that the client reached
    /// the proxy at. The latter matters because the cookie of a paired phone belongs to that address.
    /// </summary>
    /// <param name="host">The host that was asked for, with or without brackets; anything.</param>
    /// <param name="port">Its port.</param>
    /// <param name="reached">The local end of the client's connection.</param>
    public static bool AreAskedFor(string host, int port, IPEndPoint reached) =>
        (port == 80 && string.Equals(host, HostName, StringComparison.OrdinalIgnoreCase))
        || (port == reached.Port
            && IPAddress.TryParse(host, out var address)
            && ClientAddress.Normal(address).Equals(ClientAddress.Normal(reached.Address)));

    /// <summary>Answers one request for the proxy itself. Never throws for anything that a client sends.</summary>
    public Task HandleAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";

        // The link of the pairing page holds the secret.
        headers["Referrer-Policy"] = "no-referrer";

        var method = context.Request.Method;
        var get = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        return (context.Request.Path.Value, get, HttpMethods.IsPost(method)) switch
        {
            ("/", true, _) => Start(context),
            (PairPath, true, _) => PairForm(context),
            (PairPath, _, true) => Pair(context),
            (NamePath, _, true) => Rename(context),
            (StylePath, true, _) => Write(context, 200, "text/css; charset=utf-8", Encoding.UTF8.GetBytes(SetupHtml.Style)),
            (CertificatePath, true, _) => Download(context, "application/x-x509-ca-cert", "trafficaudit-ca.crt", authority.Der),
            (CertificatePemPath, true, _) =>
                Download(context, "application/x-pem-file", "trafficaudit-ca.pem", Encoding.ASCII.GetBytes(authority.Pem)),
            ("/" or PairPath or NamePath or StylePath or CertificatePath or CertificatePemPath, _, _) => NotAllowed(context),
            _ when !get && !HttpMethods.IsPost(method) => NotAllowed(context),
            _ => Message(context, StatusCodes.Status404NotFound, w => w.NotFound),
        };
    }

    private Task Start(HttpContext context)
    {
        // A phone with a cookie is paired again by opening the page, from whatever address it now has.
        var known = pairing.TryPairAgain(context.Request.Cookies[CookieName], ClientOf(context));
        var device = known ?? pairing.DeviceOf(ClientOf(context));
        var (everyone, mayRename, proxy) = (policy == DoorPolicy.All, known is not null, ProxyAddress(context));
        return Page(context, 200, w => SetupHtml.Start(w, device, everyone, mayRename, proxy, authority.Sha256Fingerprint));
    }

    private static Task PairForm(HttpContext context)
    {
        var secret = context.Request.Query["s"].ToString();
        return secret.Length is 0 or > 128
            ? Message(context, StatusCodes.Status403Forbidden, w => w.WrongSecret)
            : Page(context, 200, w => SetupHtml.Pair(w, secret, DeviceName.GuessFrom(context.Request.Headers.UserAgent)));
    }

    private async Task Pair(HttpContext context)
    {
        var (fields, status) = await SetupForm.ReadAsync(context.Request, clock);
        if (fields is null)
        {
            await Message(context, status, w => w.BadRequest);
            return;
        }

        var outcome = pairing.TryPair(fields.GetValueOrDefault("s"), ClientOf(context), fields.GetValueOrDefault("name"));
        switch (outcome.Result)
        {
            case PairResult.Paired:
                context.Response.Cookies.Append(
                    CookieName,
                    outcome.Cookie!,
                    new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = CookieLifetime });
                ToStart(context);
                break;
            case PairResult.TooManyGuesses:
                context.Response.Headers.RetryAfter = "600";
                await Message(context, StatusCodes.Status429TooManyRequests, w => w.TooManyGuesses);
                break;
            default:
                await Message(context, StatusCodes.Status403Forbidden, w => w.WrongSecret);
                break;
        }
    }

    private async Task Rename(HttpContext context)
    {
        var (fields, status) = await SetupForm.ReadAsync(context.Request, clock);
        if (fields is null)
        {
            await Message(context, status, w => w.BadRequest);
        }
        else if (pairing.TryPairAgain(context.Request.Cookies[CookieName], ClientOf(context)) is { } device)
        {
            pairing.Rename(device.Id, fields.GetValueOrDefault("name"));
            ToStart(context);
        }
        else
        {
            await Message(context, StatusCodes.Status403Forbidden, w => w.NotPaired);
        }
    }

    private static void ToStart(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/";
    }

    private static Task NotAllowed(HttpContext context)
    {
        context.Response.Headers.Allow = "GET, HEAD, POST";
        return Message(context, StatusCodes.Status405MethodNotAllowed, w => w.BadRequest);
    }

    private static Task Download(HttpContext context, string type, string name, ReadOnlyMemory<byte> content)
    {
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        return Write(context, 200, type, content);
    }

    private static Task Message(HttpContext context, int status, Func<SetupLanguage, string> text) =>
        Page(context, status, w => SetupHtml.Message(w, text(w), "/"));

    private static Task Page(HttpContext context, int status, Func<SetupLanguage, Html> section)
    {
        var languages = SetupLanguage.InOrderFor(context.Request.Headers.AcceptLanguage);
        return Write(context, status, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(SetupHtml.Page(languages, section).Markup));
    }

    private static async Task Write(HttpContext context, int status, string type, ReadOnlyMemory<byte> content)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(content, CancellationToken.None);
        }
    }

    private static IPAddress ClientOf(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;

    /// <summary>
    /// What to enter as proxy: the host that the phone opened, which is right behind port forwarding too; through the proxy, the address
    /// that it reached.
    /// </summary>
    private static string ProxyAddress(HttpContext context)
    {
        var host = context.Request.Host;
        if (host is { HasValue: true, Port: not null, Value.Length: < 256 }
            && !string.Equals(host.Host, HostName, StringComparison.OrdinalIgnoreCase))
        {
            return host.Value;
        }

        var local = context.Connection.LocalIpAddress ?? IPAddress.Loopback;
        return new IPEndPoint(ClientAddress.Normal(local), context.Connection.LocalPort).ToString();
    }
}
