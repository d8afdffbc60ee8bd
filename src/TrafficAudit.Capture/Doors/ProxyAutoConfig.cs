using System.Text.Encodings.Web;
using System.Text.Json;

namespace TrafficAudit.Capture.Doors;

/// <summary>
/// A proxy auto-configuration file (the form that Netscape published in 1996, which every system reads): everything goes to the proxy and
/// nothing past it, except what is for the proxy itself.
/// </summary>
internal static class ProxyAutoConfig
{
    public const string ContentType = "application/x-ns-proxy-autoconfig";

    public static string For(ProxyEntry proxy) =>
        $$"""
        function FindProxyForURL(url, host) {
          var own = {{Literal(proxy.Host)}};
          return host === own || host === "[" + own + "]" ? "DIRECT" : {{Literal($"PROXY {proxy.Authority}")}};
        }

        """;

    /// <summary>A JSON string is a string literal of ECMAScript, too (ECMA-262, since 2019).</summary>
    private static string Literal(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.Default)}\"";
}
