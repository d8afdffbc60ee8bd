using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Capture.Connections;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Capture.Forwarding;
using TrafficAudit.Capture.Handshakes;
using TrafficAudit.Capture.Recording;
using TrafficAudit.Model;
using Yarp.ReverseProxy.Forwarder;

namespace TrafficAudit.Capture;

/// <summary>The intercepting proxy: Kestrel towards the phones, YARP's forwarder towards the servers.</summary>
public sealed class ProxyServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private bool _isStopped;

    private ProxyServer(WebApplication application, IPEndPoint endpoint)
    {
        _application = application;
        Endpoint = endpoint;
    }

    /// <summary>Where it listens, with the real port.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Starts listening. Its own address is added to what <paramref name="policy"/> refuses.</summary>
    /// <exception cref="IOException">The address is in use or not this machine's.</exception>
    public static async Task<ProxyServer> StartAsync(
        ProxyOptions options,
        IFlowSink sink,
        RecordingSessions sessions,
        CertificateAuthority authority,
        Door door,
        SetupPages setup,
        DestinationPolicy policy,
        TimeProvider time,
        ILoggerFactory loggers,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var services = builder.Services;
        services.AddSingleton(loggers);
        services.AddLogging();
        services.AddHttpForwarder();
        services.AddSingleton(time);
        services.AddSingleton(options.Forwarding);
        services.AddSingleton(options.Limits);
        services.AddSingleton(options.Clients);
        services.AddSingleton(door);
        services.AddSingleton(setup);
        services.AddSingleton(policy);
        services.AddSingleton(new LeafCertificates(authority, time));
        var longFlows = new LongFlows(time);
        services.AddHostedService(_ => longFlows);
        services.AddSingleton(new FlowRecorder(
            sink, sessions, longFlows, options.Limits, options.SpoolFolder, options.Forwarding.UpstreamProxy is not null, options.LabPosition, time,
            loggers.CreateLogger<FlowRecorder>()));
        services.AddSingleton(new NameResolver(options.Forwarding.Resolve, time, options.Forwarding.Dns));
        services.AddSingleton<RunningExchanges>();
        services.AddSingleton(options.Bypass);
        services.AddSingleton(new Refusals(options.OnRefusal, options.Checks, options.Exempted, time));
        services.AddSingleton<Dialer>();
        services.AddSingleton<UpstreamConnector>();
        services.AddSingleton<UpstreamPool>();
        services.AddSingleton<OpaqueFlows>();
        services.AddSingleton<TlsTunnels>();
        services.AddSingleton<SpokenHttp>();
        services.AddSingleton<Tunnels>();
        services.AddSingleton<ClientConnections>();
        services.AddSingleton<Requests>();

        // Without inline scheduling a TLS alert that is followed at once by a reset is lost inside the transport's pipe, and with it the
        // reason why an app refused us. Nothing here blocks a thread.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            Unlimit(kestrel);
            kestrel.Listen(options.Listen, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                var connections = listen.ApplicationServices.GetRequiredService<ClientConnections>();
                listen.Use(next => connection => connections.HandleAsync(connection, next));
            });
        });

        var application = builder.Build();
        application.Run(application.Services.GetRequiredService<Requests>().HandleAsync);
        try
        {
            await application.StartAsync(cancellation);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        var address = application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        var endpoint = new IPEndPoint(options.Listen.Address, new Uri(address).Port);
        policy.AddOwn(endpoint);
        return new ProxyServer(application, endpoint);
    }

    /// <summary>Lets what is under way end for a moment, interrupts the rest, and returns when all of it is recorded.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        await _application.Services.GetRequiredService<RunningExchanges>().StopAsync(TimeProvider.System);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _application.StopAsync(patience.Token);
        await _application.DisposeAsync();
    }

    /// <summary>Kestrel's defaults protect a web site; here each of them would lose flows.</summary>
    internal static void Unlimit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowAlternateSchemes = true;
        kestrel.AllowHostHeaderOverride = true;
        kestrel.RequestHeaderEncodingSelector = static _ => Heads.BytePerCharacter;
        kestrel.ResponseHeaderEncodingSelector = static _ => Heads.BytePerCharacter;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.MaxRequestHeadersTotalSize = 128 * 1024;
        limits.MaxRequestHeaderCount = 1000;
        limits.MaxRequestLineSize = 64 * 1024;
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(10);
        limits.Http2.MaxStreamsPerConnection = 256;
        limits.Http2.InitialConnectionWindowSize = 4 * 1024 * 1024;
        limits.Http2.InitialStreamWindowSize = 1024 * 1024;
    }
}
