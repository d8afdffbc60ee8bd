using TrafficAudit.Classification.Correlation;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Correlation;

/// <summary>What becomes a finding of a flow, beside what other detectors found there.</summary>
public sealed class CorrelationFindingTests
{
    private const string Gaid = "38400000-8cf0-41bd-b23e-10b96e40000d";

    [Fact]
    public void Identifier_IsAFindingWithItsPlaceAndReason()
    {
        var finding = Assert.Single(Recordings.OfTwoDevices((device, _, _) => $$$"""{"d":{"x":"{{{Generated.Hex(device)}}}"}}""").Findings(0));

        Assert.Equal(("vendor_device_id", Detector.Correlation, Confidence.Certain, Direction.Collected), (finding.Item, finding.Detector, finding.Confidence, finding.Direction));
        Assert.Equal((MessageKind.Request, MessagePart.Body, "d.x"), (finding.Location.Message, finding.Location.Part, finding.Location.Path));
        Assert.Equal(Generated.Hex("a"), finding.Value);
        Assert.DoesNotContain(Generated.Hex("a")[..6], finding.Reason, StringComparison.Ordinal);
        Assert.Contains("phone a in 2 sessions, over a re-install (#1, #7)", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void NearMiss_IsAFindingThatDoesNotCount()
    {
        var recordings = new Recordings();
        recordings.Session("a", 1).Send("a", 1, $$"""{"x":"{{Generated.Hex("a")}}"}""");
        recordings.Session("a", 2).Send("a", 2, $$"""{"x":"{{Generated.Hex("a")}}"}""");

        Assert.False(Assert.Single(recordings.Findings(0)).IsCounted);
    }

    [Fact]
    public void ShortValue_IsListedAndNoFinding()
    {
        var recordings = Recordings.OfTwoDevices((device, _, _) => $$"""{"hw":"SM-{{device}}525F"}""");

        Assert.Equal([CorrelationDoubt.Short], Assert.Single(recordings.Judge().NearMisses).Doubts);
        Assert.Empty(recordings.Findings(0));
    }

    [Fact]
    public void ValueThatIsKnown_IsLeftToItsDetector_AndALinkOfOthers()
    {
        var persona = new Persona("test", [new PersonaValue("gaid", Gaid)]);
        var recordings = Recordings.OfTwoDevices(
            (device, _, i) => $$"""{"adid":"{{(device == "a" ? Gaid : Generated.Uuid("b"))}}","x":"{{Generated.Hex(device)}}"{{(i == 0 ? "" : ",\"more\":1")}}}""");
        var result = recordings.Judge();
        var matcher = new CorrelationMatcher(result, recordings.Launches());

        var findings = recordings.Flows.SelectMany(f => Recordings.Find(matcher, f, persona)).ToList();

        Assert.All(findings.Where(f => f.Location.Path == "adid"), f => Assert.NotEqual(Gaid, f.Value));
        var identifier = result.Identifiers.Single(i => i.Place.Path == "x");
        Assert.Equal([new CorrelationLink("gaid", 6, 1)], matcher.LinksOf(identifier));
        Assert.True(matcher.IsKnown(result.Identifiers.Single(i => i.Place.Path == "adid")));
    }

    [Fact]
    public void KeyThatNamesAnIdentifier_SaysWhich()
    {
        var finding = Recordings.OfTwoDevices((device, _, _) => $$"""{"install_id":"{{Generated.Uuid(device)}}"}""").Findings(0).Single();

        Assert.Equal(("install_id", Strength.C), (finding.Item, finding.Strength));
    }

    [Fact]
    public void KeyThatNamesAnAccount_IsBelieved()
    {
        var recordings = Recordings.OfTwoDevices((device, _, _) => $$"""{"user_id":"{{Generated.Uuid(device)}}"}""");

        Assert.Contains(new Classifier(Persona.None).Classify(recordings.Flows[0]).Findings, f => f is { Item: "user_id", IsCounted: true });
        Assert.Empty(recordings.Findings(0));
    }
}
