using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests.Journeys;

/// <summary>An invented shop, whose page sends what a customer gave to the shop itself and to a tracker in another country.</summary>
internal sealed class ShoppingSite : IAsyncDisposable
{
    private const int Port = 8443;
    private const string Shop = "api.bazaar-cn.example";
    private const string Tracker = "px.counter-sg.example";

    private readonly WebServer _shop;
    private readonly WebServer _tracker;

    private ShoppingSite(WebServer shop, WebServer tracker) => (_shop, _tracker) = (shop, tracker);

    public static string Address => $"https://{Shop}:{Port}/";

    /// <summary>Gives the shop's names to the proxy without DNS.</summary>
    public static IReadOnlyList<string> Options { get; } = ["--allow-private-destinations", "--resolve", $"{Shop}:127.0.21.51", "--resolve", $"{Tracker}:127.0.22.51"];

    public static async Task<ShoppingSite> StartAsync(Laboratory lab) =>
        new(await StartAsync(lab, "127.0.21.51", Shop), await StartAsync(lab, "127.0.22.51", Tracker));

    public async ValueTask DisposeAsync()
    {
        await _shop.DisposeAsync();
        await _tracker.DisposeAsync();
    }

    private static Task<WebServer> StartAsync(Laboratory lab, string address, string name) => WebServer.StartAsync(
        address,
        context =>
        {
            context.Response.Headers.AccessControlAllowOrigin = "*";
            context.Response.Headers.AccessControlAllowHeaders = "*";
            var isPage = context.Request.Path == "/" && name == Shop;
            context.Response.ContentType = isPage ? "text/html; charset=utf-8" : "application/json";
            return context.Response.WriteAsync(isPage ? Page() : "{\"ok\":true}");
        },
        lab.Servers.Issue([name]),
        port: Port);

    private static string Page()
    {
        var email = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Laboratory.Email)));
        return $$"""
            <!doctype html><title>Test bazaar (invented)</title><h1>Test bazaar</h1>
            <script type="module">
              const json = { method: 'POST', headers: { 'Content-Type': 'application/json' } };
              await fetch('/order', { ...json, body: JSON.stringify({ receiver: { mobile: '{{Laboratory.Phone}}', address: '{{Laboratory.Address}}' }, items: [1, 2] }) });
              await fetch('https://{{Tracker}}:{{Port}}/c?udff%5Bem%5D={{email}}&w=1280');
              await fetch('https://{{Tracker}}:{{Port}}/b', { ...json, body: JSON.stringify({ device: { gaid: '{{Laboratory.Gaid}}' } }) });
              document.title = 'done';
            </script>
            """;
    }
}
