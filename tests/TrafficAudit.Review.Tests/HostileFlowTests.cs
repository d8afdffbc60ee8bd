using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using TrafficAudit.Classification.Explaining;
using TrafficAudit.Evidence.Verification;
using TrafficAudit.Model;
using TrafficAudit.Review.Flows;
using TrafficAudit.Testing;

namespace TrafficAudit.Review.Tests;

/// <summary>Every place where the page of a flow puts captured text, with every payload of the corpus.</summary>
public sealed class HostileFlowTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly Persona None = new("nobody", []);

    public static TheoryData<string> Corpus => HostileContentTests.Corpus;

    [Theory]
    [MemberData(nameof(Corpus))]
    public async Task EveryPlaceOfAFlow_ShowsInertText(string payload)
    {
        await using var review = await RunningReview.StartAsync();
        var text = Sendable(payload);
        foreach (var (index, flow) in Bodies(text).Select(body => Flow(body, text)).Index())
        {
            review.Source.Add(flow with { Metadata = flow.Metadata with { Number = index + 1 } }, None);
        }

        Surround(review.Source.Flow, text);
        foreach (var number in Enumerable.Range(1, Bodies(text).Count()))
        {
            foreach (var form in (string[])["pretty", "text", "hex"])
            {
                HostileContentTests.AssertInert(await review.PageAsync($"/flows/{number}?body={form}"), text);
            }
        }
    }

    [Fact]
    public async Task RevealedInABrowser_NothingRunsAndNothingIsFetched()
    {
        await using var review = await RunningReview.StartAsync();
        var number = 0;
        foreach (string payload in HostileContentTests.Corpus.Select(row => row.Data))
        {
            var text = Sendable(payload);
            foreach (var body in Bodies(text))
            {
                number++;
                var flow = Flow(body, text);
                review.Source.Add(flow with { Metadata = flow.Metadata with { Number = number } }, None);
            }
        }

        await using var tab = await chromium.OpenAsync(review);
        var origin = new Uri(tab.Page.Url).GetLeftPart(UriPartial.Authority);
        var fetched = new List<string>();
        tab.Page.Request += (_, request) => fetched.Add(request.Url);
        await tab.Page.EvaluateAsync("() => { window.pwned = () => { throw new Error('pwned') } }");

        // One of each kind of body; the rest differs in its payload only, which the other test has.
        foreach (var flow in Enumerable.Range(1, Bodies("").Count()).Append(number))
        {
            Surround(review.Source.Flow, "<img src=x onerror=pwned()>");
            await tab.Page.GotoAsync($"{origin}/flows/{flow}");
            await tab.Page.ClickAsync("#reveal");
            await tab.ExpectTextAsync("#revealed", "journal");
            await tab.ExpectTextAsync(".same-values", "<img");
        }

        Assert.All(fetched, url => Assert.StartsWith(origin.Replace("http", "", StringComparison.Ordinal), url[(url.StartsWith("ws", StringComparison.Ordinal) ? 2 : 4)..], StringComparison.Ordinal));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task HugeFlow_MakesASmallPage()
    {
        await using var review = await RunningReview.StartAsync();
        var huge = new string('x', 3_000_000);
        var flow = Flow(($"text/plain", Encoding.UTF8.GetBytes(huge + "\n" + huge)), "x");
        review.Source.Add(flow with { Metadata = flow.Metadata with { Number = 1, FailureDetail = huge, Session = huge, Device = huge } }, None);
        Surround(review.Source.Flow, huge);

        foreach (var form in (string[])["pretty", "text", "hex"])
        {
            Assert.InRange((await review.PageAsync("/flows/1?body=" + form)).Length, 1, 150_000);
        }
    }

    // Half a surrogate pair can't be sent in UTF-8.
    private static string Sendable(string payload) => payload.Replace('\uD800', '?').Replace('\uDFFF', '?');

    private static IEnumerable<(string Type, byte[] Body)> Bodies(string text)
    {
        var json = JsonSerializer.Serialize(text);
        yield return ("application/json", Encoding.UTF8.GetBytes($"{{{json}:{json},\"n\":[{json}]}}"));
        yield return ("application/x-www-form-urlencoded", Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(text)}={Uri.EscapeDataString(text)}&{text.ReplaceLineEndings(" ")}"));
        yield return ("text/html", Encoding.UTF8.GetBytes(text));
        yield return ("multipart/form-data; boundary=b", Encoding.UTF8.GetBytes(
            $"--b\r\nContent-Disposition: form-data; name=\"{text.ReplaceLineEndings(" ")}\"; filename=\"{text.ReplaceLineEndings(" ")}\"\r\nContent-Type: {text.ReplaceLineEndings(" ")}\r\n\r\n{text}\r\n--b--\r\n"));
        yield return ("application/octet-stream", [0xFE, 0xFD, 0x00, .. Encoding.UTF8.GetBytes(text), 0x80]);
    }

    private static FlowRecord Flow((string Type, byte[] Body) body, string text)
    {
        var line = text.ReplaceLineEndings(" ");
        var message = Some.Message($"POST /{line}?{line}={line} HTTP/1.1\nHost: {line}\n{line}: {line}\nX-A: {line}\nCookie: {line}={line}\nContent-Type: {body.Type}", body.Body);
        var answer = Some.Message($"HTTP/1.1 200 {line}\nContent-Type: {body.Type}\nSet-Cookie: {line}={line}", body.Body);
        var flow = Some.Flow(request: message, response: answer);
        var tls = new TlsSession(text, text, [Certificate(line), [1, 2, 3]], text, text);
        return flow with
        {
            Metadata = flow.Metadata with
            {
                Host = text, Scheme = text, Session = text, Phase = text, Device = text, Origin = text, Upgrade = text, Failure = FlowFailure.ClientReset, FailureDetail = text,
                FirstBytes = body.Body,
                Source = new FlowSource(text, text),
                Client = new Peer(text, 1, text, tls),
                Upstream = new Peer(text, 1, text, tls),
                ClientHello = new TlsClientHello(text, [text], [text], [text], text),
                Resolution = new NameResolution(text, [text], text, [text]),
                Erased = new Erasure(text, Some.Time, text, text),
                Request = flow.Metadata.Request! with { BodySha256 = text, Trailers = [new HeaderField(text, text)] },
            },
            Messages = new MemoryConversation(
            [
                Some.WebSocketMessage(0, text),
                Some.WebSocketMessage(1, body.Body, WebSocketMessageType.Binary, sent: false),
                Some.WebSocketMessage(2, [3, 232, .. Encoding.UTF8.GetBytes(text)], WebSocketMessageType.Close),
            ]),
        };
    }

    /// <summary>What a page shows that is not the flow's own record.</summary>
    private static void Surround(FakeFlowSource flows, string text)
    {
        var neighbour = Invented.Flow(3) with { Host = text, Path = text, Method = text, Scheme = text };
        flows.Around = new FlowNeighbours([neighbour], [neighbour]);
        flows.Same = new SameValues([new SameValue(text, text, text, CountryGrade.Located, [3], 1)], 1, IsBounded: true);
        flows.Notes = [new DetectorNote(Detector.Key, Fired: true, text)];
        flows.Lookup = new AddressLookup
        {
            Address = text, Host = text, Country = text, Grade = CountryGrade.Disputed, Asn = 1, AsOrganization = text, Network = text,
            Observations = [new Observation(text, text, text) { Detail = text }],
        };
        flows.Proof = new FlowProof { File = text, Records = [new ProvenRecord(text, text, text, 1, 1, 1, text, text, text, IsErased: true, text, Follows: false)], IsTiedToBefore = false };
    }

    private static byte[] Certificate(string text)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(text.Length == 0 ? "x" : text[..Math.Min(text.Length, 60)]);
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(Some.Time, Some.Time.AddDays(1));
        return certificate.RawData;
    }
}
