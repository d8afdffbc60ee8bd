using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Doors;

/// <summary>
/// What the proxy answers when it is asked for itself: how to set a phone up, the certificate, the pairing form, the checks that the phone
/// runs on itself. Open to clients that aren't paired, for they come here to be paired. Safe for use by several threads.
/// </summary>
public sealed class SetupPages(CertificateAuthority authority, Pairing pairing, DoorPolicy policy, SetupChecks checks, TimeProvider clock)
{
    /// <summary>
    /// The name under which the pages are found through the proxy, whatever the laptop's address is. <c>.test</c> is reserved (RFC 2606).
    /// </summary>
    public const string HostName = "audit.test";

    internal const string PairPath = "/pair";
    internal const string NamePath = "/name";
    internal const string StylePath = "/style.css";
    internal const string ScriptPath = "/setup.js";
    internal const string CertificatePath = "/ca.crt";
    internal const string CertificateCerPath = "/ca.cer";
    internal const string CertificatePemPath = "/ca.pem";
    internal const string ProfilePath = "/ios.mobileconfig";
    internal const string AutomaticPath = "/proxy.pac";

    private const string CertificateType = "application/x-x509-ca-cert";
    private const string CookieName = "trafficaudit_device";
    private const string Policy = "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'; "
        + $"frame-ancestors 'none'; connect-src 'self' http://{HostName} https://{HostName} wss://{HostName}";

    // The longest that Chromium keeps one (RFC 6265bis, 5.5).
    private static readonly TimeSpan CookieLifetime = TimeSpan.FromDays(400);

    private static readonly byte[] Script = ReadScript();

    private readonly SetupChecklist _checklist = new(authority.Sha256Fingerprint, pairing, checks, clock);
    private readonly string _systemStorePath = "/" + SystemStoreFile.NameOf(authority.Certificate);

    /// <summary>Where the tester's phases go; null when they are not asked for here.</summary>
    public IPhaseDesk? Phases { get; init; }

    /// <summary>
    /// Whether a request that came through the proxy is for these pages: for audit.test, or for the very address that the client reached
    /// the proxy at. The latter matters because the cookie of a paired phone belongs to that address.
    /// </summary>
    /// <param name="host">The host that was asked for, with or without brackets; anything.</param>
    /// <param name="port">Its port.</param>
    /// <param name="reached">The local end of the client's connection.</param>
    /// <param name="isOverTls">Whether it came inside of TLS.</param>
    public static bool AreAskedFor(string host, int port, IPEndPoint reached, bool isOverTls = false) =>
        (IsHost(host, port) && (port == 80 || isOverTls))
        || (port == reached.Port
            && IPAddress.TryParse(host, out var address)
            && ClientAddress.Normal(address).Equals(ClientAddress.Normal(reached.Address)));

    /// <summary>Whether a tunnel leads here: to audit.test, at a port of HTTP or HTTPS. Such a tunnel is open to everybody and leads nowhere else.</summary>
    public static bool IsHost(string host, int port) => port is 80 or 443 && string.Equals(host, HostName, StringComparison.OrdinalIgnoreCase);

    /// <summary>Answers one request for the proxy itself. Never throws for anything that a client sends.</summary>
    public Task HandleAsync(HttpContext context, SetupVisit visit)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";

        // The link of the pairing page holds the secret. The start page's forms have to say where they come from, which "no-referrer" hides.
        headers["Referrer-Policy"] = context.Request.Path.Value == "/" ? "same-origin" : "no-referrer";

        var method = context.Request.Method;
        var get = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        return (context.Request.Path.Value, get, HttpMethods.IsPost(method)) switch
        {
            ("/", true, _) => Start(context, visit),
            (PairPath, true, _) => PairForm(context),
            (PairPath, _, true) => Pair(context),
            (NamePath, _, true) => Rename(context),
            (SetupPhases.Path, _, true) => SetPhase(context),
            (SetupChecklist.ProbePath, true, _) => _checklist.ProbeAsync(context, visit),
            (SetupChecklist.SocketPath, _, _) => Echo(context, visit),
            (SetupChecklist.ByHandPath, true, _) => CheckByHand(context, visit),
            (ProfilePath, true, _) => Profile(context),
            ({ } path, true, _) when FileAt(path, context) is { } file => Write(context, file),
            ({ } path, _, _) when IsKnown(path) => NotAllowed(context),
            _ when !get && !HttpMethods.IsPost(method) => NotAllowed(context),
            _ => Message(context, StatusCodes.Status404NotFound, w => w.NotFound),
        };
    }

    private bool IsKnown(string path) =>
        path is "/" or PairPath or NamePath or SetupPhases.Path or SetupChecklist.ProbePath or SetupChecklist.ByHandPath or StylePath or ScriptPath or CertificatePath
            or CertificateCerPath or CertificatePemPath or ProfilePath or AutomaticPath
        || path == _systemStorePath;

    /// <summary>What is there to load or download; null when it is none of that.</summary>
    private SetupFile? FileAt(string path, HttpContext context) => path switch
    {
        StylePath => new("text/css; charset=utf-8", null, Encoding.UTF8.GetBytes(SetupHtml.Style)),
        ScriptPath => new("text/javascript; charset=utf-8", null, Script),
        AutomaticPath => new(ProxyAutoConfig.ContentType, null, Encoding.UTF8.GetBytes(ProxyAutoConfig.For(ProxyEntry.Of(context)))),
        CertificatePath => new(CertificateType, "trafficaudit-ca.crt", authority.Der),
        CertificateCerPath => new(CertificateType, "trafficaudit-ca.cer", authority.Der),
        CertificatePemPath => new("application/x-pem-file", "trafficaudit-ca.pem", Encoding.ASCII.GetBytes(authority.Pem)),
        _ when path == _systemStorePath => new("application/octet-stream", path[1..], Encoding.ASCII.GetBytes(authority.Pem)),
        _ => null,
    };

    private Task Start(HttpContext context, SetupVisit visit)
    {
        // Opening the page is a check by itself; no script is needed for it.
        _checklist.Note(context, visit);

        // A phone with a cookie is paired again by opening the page, from whatever address it now has.
        var known = pairing.TryPairAgain(context.Request.Cookies[CookieName], ClientOf(context));
        var device = known ?? pairing.DeviceOf(ClientOf(context));
        var view = new SetupView(
            device,
            policy == DoorPolicy.All,
            known is not null,
            PhoneSystems.Of(context.Request.Headers.UserAgent),
            ProxyEntry.Of(context),
            authority.Sha256Fingerprint,
            _systemStorePath[1..],
            Enum.GetValues<SetupCheck>().Where(c => _checklist.HasPassed(context, c)).ToHashSet())
        {
            MaySetPhase = Phases is not null && known is { IsBlocked: false },
            Phase = known is null ? null : Phases?.PhaseOf(known),
        };
        return Page(context, 200, w => SetupHtml.Start(w, view), SetupHtml.Head(withScript: true), SetupHtml.BodyData(authority.Sha256Fingerprint));
    }

    private async Task Echo(HttpContext context, SetupVisit visit)
    {
        if (!await _checklist.EchoAsync(context, visit))
        {
            await Message(context, StatusCodes.Status400BadRequest, w => w.BadRequest);
        }
    }

    private Task CheckByHand(HttpContext context, SetupVisit visit)
    {
        _checklist.Note(context, visit);
        return Page(
            context,
            200,
            w => SetupHtml.Message(
                w,
                visit.IsOverTls ? SetupHtml.Fill(w.Checks.AuthorityDone, context.Request.Protocol) : visit.IsThroughProxy ? w.Checks.ProxyDone : w.Checks.NotThroughProxy,
                $"http://{ProxyEntry.Of(context).Authority}/",
                visit.IsThroughProxy),
            SetupHtml.Head(withScript: false));
    }

    private Task Profile(HttpContext context)
    {
        var network = context.Request.Query.TryGetValue("ssid", out var named) ? named.ToString() : null;
        return network is null || AppleProfile.CanName(network)
            ? Write(context, new(AppleProfile.ContentType, "trafficaudit.mobileconfig", AppleProfile.Write(authority.Der, network, ProxyEntry.Of(context))))
            : Message(context, StatusCodes.Status400BadRequest, w => w.AppleNetworkWrong);
    }

    private static Task PairForm(HttpContext context)
    {
        var secret = context.Request.Query["s"].ToString();
        return secret.Length is 0 or > 128
            ? Message(context, StatusCodes.Status403Forbidden, w => w.WrongSecret)
            : Page(context, 200, w => SetupHtml.Pair(w, secret, DeviceName.GuessFrom(context.Request.Headers.UserAgent)), SetupHtml.Head(withScript: false));
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

    /// <summary>Of the phone's own session alone: its cookie says which.</summary>
    private async Task SetPhase(HttpContext context)
    {
        if (!SetupPhases.IsFromHere(context.Request))
        {
            await Message(context, StatusCodes.Status403Forbidden, w => w.Phases.NotFromHere);
            return;
        }

        var (fields, status) = await SetupForm.ReadAsync(context.Request, clock);
        if (fields is null)
        {
            await Message(context, status, w => w.BadRequest);
            return;
        }

        var device = pairing.TryPairAgain(context.Request.Cookies[CookieName], ClientOf(context));
        if (Phases is null || device is not { IsBlocked: false })
        {
            await Message(context, StatusCodes.Status403Forbidden, w => device is null ? w.NotPaired : device.IsBlocked ? w.Blocked : w.NotFound);
        }
        else if (PhaseLabel.Of(fields.GetValueOrDefault(SetupPhases.Field)) is not { } phase)
        {
            await Message(context, StatusCodes.Status400BadRequest, w => w.Phases.Wrong);
        }
        else if (await IsSetAsync(Phases, device, phase))
        {
            ToStart(context);
        }
        else
        {
            await Message(context, StatusCodes.Status503ServiceUnavailable, w => w.Phases.NotWritten);
        }
    }

    // To the end, though the phone may leave meanwhile: a phase that holds must be in the journal.
    private static async Task<bool> IsSetAsync(IPhaseDesk phases, Device device, string phase)
    {
        try
        {
            await phases.SetPhaseAsync(device, phase, CancellationToken.None);
            return true;
        }
        catch (IOException)
        {
            // The recording says by itself what is wrong with its disk.
            return false;
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

    private static Task Write(HttpContext context, SetupFile file)
    {
        if (file.Name is not null)
        {
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{file.Name}\"";
        }

        return Write(context, StatusCodes.Status200OK, file.Type, file.Content);
    }

    private static Task Message(HttpContext context, int status, Func<SetupLanguage, string> text) =>
        Page(context, status, w => SetupHtml.Message(w, text(w), "/"), SetupHtml.Head(withScript: false));

    private static Task Page(HttpContext context, int status, Func<SetupLanguage, Html> section, Html head, Html body = default)
    {
        var languages = SetupLanguage.InOrderFor(context.Request.Headers.AcceptLanguage);
        return Write(context, status, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(SetupHtml.Page(languages, section, head, body).Markup));
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

    private static byte[] ReadScript()
    {
        using var stream = typeof(SetupPages).Assembly.GetManifestResourceStream("setup.js")
            ?? throw new InvalidOperationException("The script of the set-up page is not in this build.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Something to load, or with a name to download.</summary>
    private sealed record SetupFile(string Type, string? Name, ReadOnlyMemory<byte> Content);
}
