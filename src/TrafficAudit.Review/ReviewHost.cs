using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TrafficAudit.Review.Access;
using TrafficAudit.Review.Api;
using TrafficAudit.Review.Api.Describing;
using TrafficAudit.Review.Doors;
using TrafficAudit.Review.Flows;
using TrafficAudit.Review.Hosting;
using TrafficAudit.Review.Layout;
using TrafficAudit.Review.Pages;
using TrafficAudit.Review.Searching;

namespace TrafficAudit.Review;

/// <summary>
/// The review UI and the HTTP API on a listener of their own, apart from the proxy. Disposing stops it and closes open pages'
/// connections.
/// </summary>
public sealed class ReviewHost : IAsyncDisposable
{
    private const int MostRequestBytes = 1024 * 1024;
    private readonly WebApplication _app;

    private ReviewHost(WebApplication app, Uri address, string token)
    {
        _app = app;
        Address = address;
        Token = token;
        TokenLink = new Uri(address, "/?token=" + token);
    }

    /// <summary>Where it listens, with the port that was really taken; the loopback address when it listens on every address.</summary>
    public Uri Address { get; }

    /// <summary>The token that the API wants as <c>Authorization: Bearer</c>. A secret: show it to the person who started the program only.</summary>
    public string Token { get; }

    /// <summary>The link that opens the page in a browser; holds the token.</summary>
    public Uri TokenLink { get; }

    /// <summary>The endpoints of the API.</summary>
    internal IEnumerable<RouteEndpoint> ApiRoutes => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal));

    /// <summary>Starts listening.</summary>
    /// <exception cref="IOException">The address can't be listened on; the message names it and says what to do.</exception>
    public static async Task<ReviewHost> StartAsync(
        ReviewOptions options, IReviewSource source, ILoggerFactory loggerFactory, CancellationToken cancellation, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(loggerFactory);
        if (options.IsTls && options.Certificates is null)
        {
            throw new ArgumentException("Off loopback there is no listening without certificates.", nameof(options));
        }

        var token = new AccessToken();
        var app = Build(options, source, loggerFactory, time ?? TimeProvider.System, token);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (Exception e)
        {
            await app.DisposeAsync();
            if (e is IOException or SocketException)
            {
                throw new IOException(Explain(options.Listen, e), e);
            }

            throw;
        }

        return new ReviewHost(app, AddressOf(app), token.Text);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(ReviewOptions options, IReviewSource source, ILoggerFactory loggerFactory, TimeProvider time, AccessToken token)
    {
        // Empty: no settings files of the current directory, no ASPNETCORE_* variables, no console logger.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(options.Listen, listen =>
            {
                if (options.IsTls)
                {
                    TlsListener.Use(listen, options);
                }
            });
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostRequestBytes;

            // A person may page through a command's output for an hour.
            kestrel.Limits.MinResponseDataRate = null;
        });
        AddServices(builder.Services, source, loggerFactory, time);
        AddAccess(builder.Services, options, time);
        var app = builder.Build();
        app.Use(ResponseHeaders.AddAsync);
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Refusal.Failed.WriteAsync });
        Preferences.Use(app);
        app.Use(new Door(new AllowedHosts(options.AllowedHosts)).EnterAsync);
        var sessions = app.Services.GetRequiredService<Sessions>();
        var starter = new Person(options.Starter, Role.Investigator);
        var entry = new Entry(token, starter, sessions, app.Services.GetService<ClientTokens>());
        app.Use(entry.EnterAsync);
        app.UseRouting();
        app.UseAuthorization();
        app.UseAntiforgery();
        EmbeddedAssets.Map(app);
        Preferences.Map(app);
        SessionEndpoints.Map(app, sessions);
        app.MapGet("/", context =>
        {
            context.Response.Redirect(PageAddress.Flows);
            return Task.CompletedTask;
        });
        ApiEndpoints.Map(app, source, entry);
        DeviceEndpoints.MapCode(app, source);
        SetupEndpoints.MapFiles(app, source);
        PictureEndpoints.MapPictures(app, source);
        FlowImageEndpoints.Map(app, source, app.Services.GetRequiredService<RevealedImages>());

        // The policy is ours, for every answer; Blazor would add its own to pages.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = null);
        app.MapFallback("{*path}", Refusal.NotFound.WriteAsync);
        return app;
    }

    private static void AddServices(IServiceCollection services, IReviewSource source, ILoggerFactory loggerFactory, TimeProvider time)
    {
        services.AddSingleton<ILoggerFactory>(new FrameworkLogFilter(loggerFactory));
        services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(5));
        services.AddSingleton(source);
        services.AddSingleton(time);
        services.AddSingleton<SearchTexts>();
        services.AddSingleton<RevealedImages>();
        services.AddRouting();
        ApiDescription.AddTo(services);
        services.AddLocalization();

        services.Configure<KeyManagementOptions>(o => o.XmlRepository = new MemoryKeyRepository());
        services.AddRazorComponents().AddInteractiveServerComponents();
    }

    private static void AddAccess(IServiceCollection services, ReviewOptions options, TimeProvider time)
    {
        Users? users = null;
        if (options.Access is { } file)
        {
            var list = new AccessList(file);
            users = new Users(list, time);
            services.AddSingleton(users);
            services.AddSingleton(new ClientTokens(list, time));
        }

        services.AddSingleton(new Sessions(users, time, options.SessionIdle));
        services.AddSingleton(_ => new SignInDesk(users, time));
        services.AddAntiforgery(o => o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.AddAuthorization(Policies.AddTo);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, Policies>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionAuthentication>();
        services.AddScoped<CircuitHandler, SessionCircuit>();
    }

    private static Uri AddressOf(WebApplication app)
    {
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var address = BindingAddress.Parse(bound);
        var ip = IPAddress.Parse(address.Host);
        var host = ip.Equals(IPAddress.Any) ? IPAddress.Loopback : ip.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : ip;
        return new UriBuilder(address.Scheme, host.ToString(), address.Port).Uri;
    }

    private static string Explain(IPEndPoint listen, Exception error)
    {
        var inUse = error is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }
            || error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException;
        return inUse
            ? $"The review address {listen} is in use. Stop the program that uses it, or choose another address with --review ADDRESS:PORT."
            : $"The review address {listen} can't be listened on ({error.Message}). Choose another with --review ADDRESS:PORT.";
    }
}
