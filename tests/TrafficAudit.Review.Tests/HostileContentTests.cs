using System.Text.RegularExpressions;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Tests;

/// <summary>Every place where a flow can put text, with every payload of the corpus, in the HTML as it is served.</summary>
public sealed partial class HostileContentTests
{
    /// <summary>Blazor's script and that of the keys.</summary>
    private const int OwnScripts = 2;

    public static TheoryData<string> Corpus { get; } =
    [
        "<script>pwned()</script>",
        "</script><script src=//site.example/x.js></script>",
        "<img src=x onerror=pwned()>",
        "\"><svg/onload=pwned()>",
        "' autofocus onfocus='pwned()",
        "--><iframe src=javascript:pwned()></iframe><!--",
        "</title></td></table><base href=//site.example/>",
        "<!--Blazor:{\"type\":\"server\",\"sequence\":0,\"descriptor\":\"x\"}-->",
        "javascript:pwned()",
        "&lt;script&gt;pwned()&lt;/script&gt;",
        "{{7*7}}@(7*7)${7*7}",
        "\u001b[2J\u001b]0;pwned\u0007",
        "\u202Egnp.exe\u202C\u2066x\u2069",
        "\uD800<b>\uDFFF",
        "a\u0000b\r\nSet-Cookie: x=1",
    ];

    /// <summary>The map beside a destination, without its values.</summary>
    private const string OwnMap = "<img class= src= alt= width= height= />";

    [Theory]
    [MemberData(nameof(Corpus))]
    public async Task HostileText_ShownAsInertText(string payload)
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.CaseName = payload;
        review.Source.Add(Flow(payload), Finding(payload));
        review.Source.Transfers =
        [
            Invented.Transfer() with { Item = payload, Recipient = payload, Hosts = [payload], Country = payload, Phases = [payload] },
        ];

        foreach (var view in new[] { "flows", "findings", "transfers" })
        {
            var html = await review.PageAsync("/" + view);
            AssertInert(html, payload);
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public async Task HostileAddress_NotRepeated(string payload)
    {
        await using var review = await RunningReview.StartAsync();
        var text = Uri.EscapeDataString(payload.Replace('\uD800', '?').Replace('\uDFFF', '?'));

        var html = await review.PageAsync($"/flows?view={text}&before={text}");

        AssertInert(html, payload);
        Assert.Contains("Flows, newest first", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HugeText_Cut()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Invented.Flow() with { Path = "/" + new string('x', 5_000_000), Recipient = new string('y', 5_000_000) });

        var html = await review.PageAsync();

        Assert.InRange(html.Length, 1, 50_000);
        Assert.Contains("xxx… (+", System.Net.WebUtility.HtmlDecode(html), StringComparison.Ordinal);
    }

    private static FlowSummary Flow(string payload) => Invented.Flow() with
    {
        Method = payload,
        Scheme = payload,
        Host = payload,
        Path = payload,
        Recipient = payload,
        Country = payload,
        MediaType = payload,
        Phase = payload,
    };

    private static Finding Finding(string payload) => Invented.Finding(payload, payload + payload) with
    {
        Reason = payload,
        Location = new FindingLocation(MessageKind.Request, MessagePart.Body, payload, [payload]),
    };

    internal static void AssertInert(string html, string payload)
    {
        // The page's own tags have none of these; encoded text has no tags at all.
        var tags = Tag().Matches(OwnFlag().Replace(html, "")).Select(m => AttributeValue().Replace(m.Value, "")).ToList();
        Assert.DoesNotContain(tags, t => ForbiddenTag().IsMatch(t) && t != OwnMap);
        Assert.Equal(OwnScripts, tags.Count(t => t.StartsWith("<script", StringComparison.Ordinal)));
        Assert.Single(tags, t => t.StartsWith("<base", StringComparison.Ordinal));
        Assert.DoesNotContain("href=\"javascript:", html, StringComparison.OrdinalIgnoreCase);

        Assert.DoesNotMatch(Hidden(), html);
        Assert.DoesNotMatch(Hidden(), System.Net.WebUtility.HtmlDecode(html));
        if (payload.Contains('<', StringComparison.Ordinal))
        {
            Assert.DoesNotContain(payload, html, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex("<[a-zA-Z][^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex AttributeValue();

    [GeneratedRegex("^<(img|svg|iframe|object|embed|style|form)\\b|\\son[a-z]+=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ForbiddenTag();

    [GeneratedRegex("<img class=\"flag\" src=\"/assets/flags/[A-Z]{2}\\.svg\" alt(=\"\")? width=\"18\" height=\"12\" ?/?>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OwnFlag();

    [GeneratedRegex("[\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\u200B-\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFEFF\\uFFFD]", RegexOptions.None, 1000)]
    private static partial Regex Hidden();
}
