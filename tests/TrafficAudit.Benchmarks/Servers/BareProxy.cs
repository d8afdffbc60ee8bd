using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrafficAudit.Benchmarks.Traffic;
using TrafficAudit.Testing.Servers;
using Yarp.ReverseProxy.Forwarder;

namespace TrafficAudit.Benchmarks.Servers;

/// <summary>
/// The yardstick: what Kestrel and YARP do by themselves when TLS is intercepted, in the same arrangement as the program's, but with
/// nothing looked at, checked or kept.
/// </summary>
internal static class BareProxy
{
    /// <summary>Serves until standard input ends.</summary>
    public static async Task RunAsync(int port)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue([BenchTraffic.Host]);
        using var invoker = new HttpMessageInvoker(Handler());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddLogging(logging => logging.ClearProviders());
        builder.Services.AddHttpForwarder();
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 256;
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                var tunnels = new BareTunnels(SslStreamCertificateContext.Create(certificate, []));
                listen.Use(next => connection => tunnels.HandleAsync(connection, next));
            });
        });
        await using var application = builder.Build();
        var forwarder = application.Services.GetRequiredService<IHttpForwarder>();
        application.Run(context => ForwardAsync(context, forwarder, invoker));
        await application.StartAsync();
        await StandardInput.EndAsync();
    }

    private static Task ForwardAsync(HttpContext context, IHttpForwarder forwarder, HttpMessageInvoker invoker)
    {
        // Where CONNECT led, with Host as the client sent it.
        var target = context.Features.GetRequiredFeature<BareTunnels.Destination>();
        return forwarder.SendAsync(context, target.Prefix, invoker, HttpProtocol.IsHttp2(context.Request.Protocol) ? Http2 : Http11, Transformer).AsTask();
    }

    private static ForwarderRequestConfig Http11 { get; } = Config(HttpVersion.Version11);

    private static ForwarderRequestConfig Http2 { get; } = Config(HttpVersion.Version20);

    private static HostKept Transformer { get; } = new();

    private static ForwarderRequestConfig Config(Version version) => new() { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };

    private static SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        EnableMultipleHttp2Connections = true,
        SslOptions = new SslClientAuthenticationOptions
        {
            // The yardstick meets the benchmark's own server alone, over loopback.
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        },
    };

    private sealed class HostKept : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Host = httpContext.Request.Host.Value;
        }
    }
}
