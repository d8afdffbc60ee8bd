using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Testing;

namespace TrafficAudit.Capture.Tests.Doors;

/// <summary>The set-up pages on a real Kestrel, and a phone: a client that keeps cookies and follows no redirects.</summary>
internal sealed class SetupSite : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FixedRandom _random = new();
    private readonly WebApplication _server;

    public SetupSite()
    {
        Authority = CertificateAuthority.LoadOrCreate(_folder.Path, Clock);
        Pairing = new Pairing(_folder.Path, Clock, _random, new RecordingLogger());
        _server = Serve(DoorPolicy.Paired);
    }

    public FakeTimeProvider Clock { get; } = new(Some.Time);

    public CertificateAuthority Authority { get; }

    public Pairing Pairing { get; }

    public SetupChecks Checks { get; } = new();

    public FakePhaseDesk Phases { get; } = new();

    public HttpClient Phone { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public async ValueTask Start()
    {
        await _server.StartAsync(TestContext.Current.CancellationToken);
        Address = new Uri(_server.Urls.Single());
        Phone = NewPhone(cookies: true);
    }

    public async ValueTask DisposeAsync()
    {
        Phone.Dispose();
        await _server.DisposeAsync();
        Pairing.Dispose();
        Authority.Dispose();
        _random.Dispose();
        _folder.Dispose();
    }

    /// <summary>A server that isn't started yet.</summary>
    public WebApplication Serve(DoorPolicy policy)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var pages = new SetupPages(Authority, Pairing, policy, Checks, Clock) { Phases = Phases };
        app.Run(context => pages.HandleAsync(context, SetupVisit.Direct));
        return app;
    }

    /// <summary>Posts the current secret, from the phone or from a client that keeps no cookie.</summary>
    public async Task<HttpResponseMessage> Pair(string name, bool keepCookie = true)
    {
        using var other = NewPhone(cookies: false);
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["s"] = Pairing.Current.Value, ["name"] = name };
        return await Post("/pair", form, keepCookie ? Phone : other);
    }

    public Task<HttpResponseMessage> Post(string path, Dictionary<string, string> form, HttpClient? client = null) =>
        (client ?? Phone).PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(form), TestContext.Current.CancellationToken);

    public async Task<(HttpResponseMessage Response, string Text)> Get(string path)
    {
        var response = await Phone.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return (response, await Text(response));
    }

    /// <summary>Sends exactly this and reads to the end of the connection.</summary>
    public async Task<string> Raw(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Address.Host, Address.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request), TestContext.Current.CancellationToken);
        return await new StreamReader(client.GetStream()).ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public static string Header(HttpResponseMessage response, string name) => string.Join(", ", response.Headers.GetValues(name));

    public static Task<string> Text(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private HttpClient NewPhone(bool cookies) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = cookies, UseProxy = false }) { BaseAddress = Address };
}
