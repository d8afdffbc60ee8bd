using TrafficAudit.Classification.Explaining;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.Explaining;

public sealed class ExplainTests
{
    private const string Json = "POST /order HTTP/1.1\r\nHost: shop.example\r\nContent-Type: application/json\r\nAccept: text/html\r\n\r\n";
    private static readonly Persona Person = SomePersona.Of(("phone", "010-0000-0000"), ("gender", "M"));

    public static TheoryData<string, string, Detector, bool, string> Notes => new()
    {
        { """{"tel":"01000000000"}""", "tel", Detector.Persona, true, "The value is the persona's phone number" },
        { """{"tel":"01000000000"}""", "tel", Detector.Pattern, false, "It is known what the value is" },
        { """{"a":"x010000000001"}""", "a", Detector.Persona, false, "stands inside a longer word or number" },
        { """{"a":"M"}""", "a", Detector.Persona, false, "too short or too common to count" },
        { """{"a":"nothing here"}""", "a", Detector.Persona, false, "None of the persona's values is in the text" },
        { """{"a":"nothing here"}""", "a", Detector.Key, false, "The key names no item" },
        { """{"a":"nothing here"}""", "a", Detector.Rule, false, "There is no rule for shop.example" },
        { """{"a":"nothing here"}""", "a", Detector.Pattern, false, "Nothing in the text has the format" },
        { """{"a":true}""", "a", Detector.Pattern, false, "true, false, nothing" },
        { """{"a":"{\"b\":1}"}""", "a", Detector.Pattern, false, "The text was decoded further" },
        { """{"user":{"email":"null"}}""", "user.email", Detector.Key, false, "the value is a placeholder" },
        { """{"user":{"email":"nobody"}}""", "user.email", Detector.Pattern, false, "does not have the format of that" },
        { """{"user":{"email":"someone@mail.example"}}""", "user.email", Detector.Pattern, true, "the key names e-mail address" },
        { """{"items":[{"no":"4111111111111111"}]}""", "items[0].no", Detector.Pattern, false, "but the key numbers goods" },
        { """{"x":"4111111111111111"}""", "x", Detector.Pattern, true, "its key says nothing" },
    };

    [Theory]
    [MemberData(nameof(Notes))]
    public void Note_SaysWhatADetectorSaw(string body, string path, Detector detector, bool fired, string text)
    {
        var explanations = Explain(body, new FieldChoice(path, MessageKind.Request, MessagePart.Body));

        Assert.Contains(
            explanations.SelectMany(explanation => explanation.Notes),
            note => note.Detector == detector && note.Fired == fired && note.Text.Contains(text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void NothingIsSaidTwice()
    {
        var notes = Assert.Single(Explain("""{"tel":"01000005678"}""", new FieldChoice("tel"))).Notes;

        Assert.Equal(notes.Distinct(), notes);
    }

    [Fact]
    public void OrdinaryHeader_IsSearchedForKnownValuesOnly()
    {
        var explanation = Assert.Single(Explain("{}", new FieldChoice("Accept")));

        Assert.Equal(MessagePart.Header, explanation.Location.Part);
        Assert.Contains(explanation.Notes, note => note.Text.Contains("one of HTTP's own", StringComparison.Ordinal));
    }

    [Fact]
    public void TextThatWasDecodedFurther_IsExplainedAtEachLayer()
    {
        var explanations = Explain("""{"a":"{\"tel\":\"01000000000\"}"}""", new FieldChoice("a.tel"));

        Assert.Equal(["json", "json"], Assert.Single(explanations).Location.Decodings);
        Assert.Single(Explain("""{"a":"{\"tel\":\"01000000000\"}"}""", new FieldChoice("a")));
    }

    [Theory]
    [InlineData("nope", null, null)]
    [InlineData("tel", MessageKind.Response, null)]
    [InlineData("tel", null, MessagePart.Query)]
    public void PlaceWithoutAValue_HasNoExplanation(string path, MessageKind? message, MessagePart? part) =>
        Assert.Empty(Explain("""{"tel":"01000000000"}""", new FieldChoice(path, message, part)));

    [Fact]
    public void MessageOfAConversation_IsExplainedByItsNumber()
    {
        using var flow = Some.WebSocket() with
        {
            Messages = new MemoryConversation([Some.WebSocketMessage(0, """{"t":"x"}"""), Some.WebSocketMessage(1, """{"t":"01000000000"}""")]),
        };

        var explanation = Assert.Single(new Classifier(Person).Explain(flow, new FieldChoice("[1].t")));

        Assert.Equal("[1].t", explanation.Location.Path);
        Assert.Contains(explanation.Notes, note => note is { Detector: Detector.Persona, Fired: true });
    }

    [Fact]
    public void RuleForTheEndpoint_SaysWhetherItNamesThePlace()
    {
        const string Head = "POST /config HTTP/1.1\r\nHost: ads.api.vungle.com\r\nContent-Type: application/json\r\n\r\n";
        const string Body = """{"device":{"ifa":"38400000-8cf0-41bd-b23e-10b96e40000d","other":"x"}}""";
        using var flow = Flow("ads.api.vungle.com", Head, Body);
        var classifier = new Classifier(Person);

        Assert.Contains(Notes("device.ifa"), note => note is { Detector: Detector.Rule, Fired: true });
        Assert.Contains(Notes("device.other"), note => note.Detector == Detector.Rule && note.Text.Contains("none of the places", StringComparison.Ordinal));

        IEnumerable<DetectorNote> Notes(string path) => classifier.Explain(flow, new FieldChoice(path)).SelectMany(explanation => explanation.Notes);
    }

    [Theory]
    [InlineData("shop.example", SampleTraffic.Order)]
    [InlineData("api.vungle.com", """{"device":{"ifa":"38400000-8cf0-41bd-b23e-10b96e40000d","ua":"x","osv":"15"},"user":{"phone":"01000000000","email":"someone@mail.example"}}""")]
    [InlineData("shop.example", """{"a":"eyJ0ZWwiOiIwMTAwMDAwMDAwMCJ9","b":"{\"email\":\"tester@mail.example\"}","c":["351234567890124","00000000-0000-0000-0000-000000000000"],"gaid":"00000000-0000-0000-0000-000000000000"}""")]
    public void EveryFinding_HasItsNote_AndNoNoteHoldsAValue(string host, string body)
    {
        using var flow = Flow(host, $"POST /api/v5/ads HTTP/1.1\nHost: {host}\nContent-Type: application/json\nUser-Agent: {SampleTraffic.UserAgent}", body);
        var classifier = new Classifier(SomePersona.Full);
        var findings = classifier.Classify(flow).Findings;

        Assert.NotEmpty(findings);
        foreach (var finding in findings)
        {
            var notes = classifier.Explain(flow, new FieldChoice(finding.Location.Path, finding.Location.Message, finding.Location.Part))
                .Single(explanation => explanation.Location.Decodings.SequenceEqual(finding.Location.Decodings)).Notes;
            Assert.Contains(notes, note => note.Fired && note.Detector == finding.Detector && finding.Reason.StartsWith(note.Text, StringComparison.Ordinal));
            Assert.DoesNotContain(notes, note => finding.Value.Length > 2 && note.Text.Contains(finding.Value, StringComparison.Ordinal));
        }
    }

    private static IReadOnlyList<FieldExplanation> Explain(string body, FieldChoice choice)
    {
        using var flow = Flow("shop.example", Json, body);
        return new Classifier(Person).Explain(flow, choice);
    }

    private static FlowRecord Flow(string host, string head, string body) => Some.Flow(1, host: host, request: Some.Message(head.ReplaceLineEndings("\n").TrimEnd(), body));
}
