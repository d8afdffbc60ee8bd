using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests;

public sealed class ClassifierTests
{
    private static readonly Persona Phone = SomePersona.Of(("phone", "010-0000-0000"));

    [Fact]
    public void Request_IsCollected_AndResponse_IsDisclosed()
    {
        Assert.Equal(Direction.Collected, Assert.Single(Classify.All(SomeField.Request.Query("p", "01000000000"), Phone)).Direction);
        Assert.Equal(Direction.Disclosed, Assert.Single(Classify.All(SomeField.Response.Json("""{"p":"01000000000"}"""), Phone)).Direction);
    }

    [Theory]
    [InlineData("http", true)]
    [InlineData("https", false)]
    public void PlainHttp_IsFlagged(string scheme, bool isFlagged)
    {
        var finding = Assert.Single(Classify.All(SomeField.Request.Query("p", "01000000000"), Phone, scheme));

        Assert.Equal(isFlagged, finding.Flags.Contains("sent_unencrypted"));
    }

    [Fact]
    public void OneItemInOnePlace_IsOneFindingOfTheStrongestDetector()
    {
        var finding = Assert.Single(Classify.All(SomeField.Request.Query("phone", "01000000000"), Phone));

        Assert.Equal((Detector.Persona, Strength.A), (finding.Detector, finding.Strength));
    }

    [Fact]
    public void SameItemInTwoPlaces_IsTwoFindings() =>
        Assert.Equal(2, Classify.All(SomeField.Request.Query("a", "01000000000").Query("b", "01000000000"), Phone).Count);

    [Fact]
    public void TruncatedDecoding_IsTold()
    {
        Assert.True(Classify.Result(SomeField.Request.Query("a", "b").Build(truncated: true)).DecodingTruncated);
        Assert.False(Classify.Result(SomeField.Request.Query("a", "b").Build()).DecodingTruncated);
    }

    [Fact]
    public void FlowWithoutMessages_HasNoFindings()
    {
        var classifier = new Classifier(Phone, (_, _) => throw new InvalidOperationException("nothing to decode"));
        using var flow = Classify.Flow() with { Request = null, Response = null };

        Assert.Empty(classifier.Classify(flow).Findings);
    }

    [Fact]
    public void HugeValue_IsCut()
    {
        var finding = Assert.Single(Classify.Counted(SomeField.Request.Json($$"""{"password":"{{new string('p', 300)}}{{new string('q', 200)}}"}""")));

        Assert.True(finding.Value.Length <= 1024);
        Assert.Empty(Classify.Counted(SomeField.Request.Json($$"""{"password":"{{string.Concat(Enumerable.Repeat("pq", 4000))}}"}""")));
    }

    [Fact]
    public void HostileMessage_EndsWithBoundedFindings()
    {
        var message = SomeField.Request;
        foreach (var text in HostileTexts.All)
        {
            message.Query("q", text).Query(text, "010-0000-0000").Header(text, text).Cookie("email", text).Url(text);
        }

        for (var i = 0; i < 5_000; i++)
        {
            message.Query("phone", "010-0000-0000");
        }

        Assert.InRange(Classify.All(message, SomePersona.Full).Count, 1, 2_100);
    }

    [Fact]
    public async Task ManyThreads_FindTheSame()
    {
        var message = SomeField.Request.Json(SampleTraffic.Order).Build();
        var classifier = new Classifier(SomePersona.Full, (kind, _) => kind == MessageKind.Request ? message : new DecodedMessage([], [], false));
        using var flow = Classify.Flow();
        var expected = classifier.Classify(flow).Findings.Select(f => f.ToString()).ToList();

        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => classifier.Classify(flow).Findings.Select(f => f.ToString()).ToList())));

        Assert.NotEmpty(expected);
        Assert.All(runs, run => Assert.Equal(expected, run));
    }

    [Fact]
    public void NoPersona_FindsFormatsAndKeysOnly() =>
        Assert.DoesNotContain(Classify.All(SomeField.Response.Json(SampleTraffic.Order)), f => f.Detector == Detector.Persona);
}
