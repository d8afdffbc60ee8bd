using System.Text;
using TrafficAudit.Model;
using TrafficAudit.Results;
using TrafficAudit.Testing;
using TrafficAudit.Tests.Pipeline;

namespace TrafficAudit.Tests.Results;

/// <summary><c>show</c>: nothing personal unless it is asked for.</summary>
public sealed class FlowOutputTests
{
    private const string Digits = "01000001234";

    [Theory]
    [MemberData(nameof(Places))]
    public async Task WithoutReveal_NoPersonalValueIsShown(string place, string request, string body, string answer)
    {
        var (hidden, _) = await ShowAsync(request, body, answer);

        Assert.All(Values(), v => Assert.False(hidden.Contains(v, StringComparison.OrdinalIgnoreCase), $"{place} shows {v}:\n{hidden}"));
        Assert.Contains("◆ ", hidden, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task WithReveal_WhatWasSentIsShown(string place, string request, string body, string answer)
    {
        var (_, revealed) = await ShowAsync(request, body, answer);
        var sent = request + body + answer;

        foreach (var value in Values().Where(v => sent.Contains(v, StringComparison.Ordinal)))
        {
            Assert.True(revealed.Contains(value, StringComparison.Ordinal), $"{place} hides {value}:\n{revealed}");
        }
    }

    [Fact]
    public async Task TerminalEscapes_AreShownAndNotSent()
    {
        var (_, revealed) = await ShowAsync("GET /\u001b[2J HTTP/1.1\nHost: h.example\nX-A: \u001b]0;x\u0007", "{\"a\":\"\u202ex\"}", "HTTP/1.1 200 \u001b[31m");

        Assert.DoesNotContain(revealed, c => c is '\u001b' or '\u0007' or '\u202e');
    }

    [Fact]
    public async Task Fields_AreATree_WithEachFindingBeneathItsField()
    {
        var body = $$"""{"user":{"tel":"{{Lab.Phone}}","note":"to {{Lab.Email}} please"},"list":[1,"{\"gaid\":\"{{Lab.Gaid}}\"}"]}""";
        var (_, revealed) = await ShowAsync("POST /o HTTP/1.1\nHost: h.example\nContent-Type: application/json", body, "HTTP/1.1 200 OK");

        Assert.Contains(
            $$"""
              body [json]
                user
                  tel = {{Lab.Phone}}
                    ◆ phone (certain, clear): The value is the persona's phone number.
                  note = to {{Lab.Email}} please
                    ◆ email (certain, clear) = {{Lab.Email}}: The value holds the persona's e-mail address.
                list
                  [0] = 1
                  [1] = {"gaid":"{{Lab.Gaid}}"}
                    ↳ [json]
                      gaid = {{Lab.Gaid}}
                        ◆ gaid (certain, clear): The value is the persona's Google advertising ID.

            """.ReplaceLineEndings("\n"),
            revealed.ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task HugeMessage_IsCutAndSaysSo_AndItsFindingsAreListed()
    {
        var body = $"[{string.Concat(Enumerable.Repeat("\"x\",", 5_000))}\"{Lab.Phone}\"]";
        var (_, revealed) = await ShowAsync("POST /o HTTP/1.1\nHost: h.example\nContent-Type: application/json", body, "HTTP/1.1 200 OK");

        Assert.Contains("more fields", revealed, StringComparison.Ordinal);
        Assert.Contains("◆ phone (certain, clear) in body [5000]", revealed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailedFlow_SaysItsTokenAndDetail()
    {
        var flow = Some.Flow();
        flow = flow with
        {
            Response = null,
            Metadata = flow.Metadata with { Response = null, Failure = FlowFailure.UpstreamRefused, FailureDetail = "the server refused the connection" },
        };

        var shown = await WriteAsync(flow, reveal: false);

        Assert.Contains("upstream_refused: the server refused the connection", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Response (", shown, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string, string> Places => new()
    {
        { "query", $"GET /a?tel={Lab.Phone}&m={Lab.Email} HTTP/1.1\nHost: h.example", "", "HTTP/1.1 200 OK" },
        { "path", $"GET /u/{Lab.Email}/{Lab.Phone} HTTP/1.1\nHost: h.example", "", "HTTP/1.1 200 OK" },
        { "path in absolute form", $"GET http://h.example/u/{Digits}?x=1 HTTP/1.1\nHost: h.example", "", "HTTP/1.1 200 OK" },
        { "URL in the query", $"GET /go?u=https://x.example/{Lab.Phone}/z HTTP/1.1\nHost: h.example", "", "HTTP/1.1 200 OK" },
        { "cookie", $"GET / HTTP/1.1\nHost: h.example\nCookie: a=1; id={Lab.Gaid}; m={Lab.Email}", "", "HTTP/1.1 200 OK" },
        { "header", $"GET / HTTP/1.1\nHost: h.example\nX-Advertising-Id: {Lab.Gaid}\nReferer: https://h.example/?m={Lab.Email}", "", "HTTP/1.1 200 OK" },
        { "plain header", $"GET / HTTP/1.1\nHost: h.example\nAccept: {Lab.Email}\nCache-Control: {Lab.Phone}", "", "HTTP/1.1 200 OK" },
        { "body", "POST /o HTTP/1.1\nHost: h.example\nContent-Type: application/json", $$"""{"tel":"{{Lab.Phone}}","addr":"{{Lab.Address}}","pccc":"{{Lab.Pccc}}"}""", "HTTP/1.1 200 OK" },
        { "form", "POST /o HTTP/1.1\nHost: h.example\nContent-Type: application/x-www-form-urlencoded", $"m={Lab.Email}&t={Digits}", "HTTP/1.1 200 OK" },
        { "response", "GET / HTTP/1.1\nHost: h.example", "", $"HTTP/1.1 302 Found\nLocation: /u?m={Lab.Email}\nSet-Cookie: t={Lab.Gaid}" },
        { "status line", $"GET /?m={Lab.Email} HTTP/1.1\nHost: h.example", "", $"HTTP/1.1 200 {Lab.Email}" },
    };

    private static IEnumerable<string> Values() => [.. Lab.Persona.Values.Select(v => v.Value), Digits, Uri.EscapeDataString(Lab.Email)];

    private static async Task<(string Hidden, string Revealed)> ShowAsync(string request, string body, string answer)
    {
        var flow = Some.Flow(request: Some.Message(request, body), response: Some.Message($"{answer}\nContent-Type: application/json", """{"ok":true}"""));
        return (await WriteAsync(flow, reveal: false), await WriteAsync(flow, reveal: true));
    }

    private static async Task<string> WriteAsync(FlowRecord flow, bool reveal)
    {
        using var lab = new Lab();
        using var output = new MemoryStream();
        await FlowOutput.WriteAsync(output, flow, lab.Analyzer(Lab.Persona).Analyze(flow), lab.Sources.NewLocator().Locate(flow.Metadata, response: null), cloaked: null, reveal, "Database by Example");
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
