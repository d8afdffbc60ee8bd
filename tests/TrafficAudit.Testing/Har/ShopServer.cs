using System.Text.Json;
using System.Text.Json.Nodes;

namespace TrafficAudit.Testing.Har;

/// <summary>A host of the sample session and the public address under which it answered.</summary>
/// <param name="Host">Invented names end in <c>.example</c>; the third parties' are their public ones.</param>
/// <param name="Address">A public address of the country in question; what is sent to it is invented.</param>
public sealed record ShopServer(string Host, string Address)
{
    private static readonly (string, string)[] AppFields =
        [("user-agent", "HaitaoMarket/8.1.0 (Android 15; SM-TEST)"), ("accept", "application/json"), ("accept-language", "ko-KR")];

    /// <summary>A GET answered with text.</summary>
    public HarExchange Get(string target, string answer, string type = "application/json") => Exchange("GET", target) with
    {
        ResponseBody = (type, answer),
    };

    /// <summary>A POST of JSON.</summary>
    public HarExchange PostJson(string target, JsonNode body, string answer) => Post(target, "application/json", body.ToJsonString(), answer);

    /// <summary>A POST of a form; keys and values are percent-encoded here.</summary>
    public HarExchange PostForm(string target, IEnumerable<(string Key, string Value)> form, string answer) => Post(
        target, "application/x-www-form-urlencoded",
        string.Join('&', form.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}")), answer);

    /// <summary>A POST of text.</summary>
    public HarExchange Post(string target, string type, string body, string answer) => Exchange("POST", target) with
    {
        RequestBody = (type, body),
        ResponseBody = ("application/json", answer),
    };

    /// <summary>A GET of a small picture.</summary>
    public HarExchange Image(string target) => Exchange("GET", target) with
    {
        ResponseBytes = ("image/gif", Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")),
        ResponseFields = [("cache-control", "max-age=86400"), ("content-length", "42")],
    };

    /// <summary>An exchange without bodies.</summary>
    public HarExchange Exchange(string method, string target) => new(method, $"https://{Host}{target}", Address) { RequestFields = AppFields };

    /// <summary>JSON with its Hangul as it is.</summary>
    public static string Plain(JsonNode node) =>
        node.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
