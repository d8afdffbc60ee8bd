using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.Detection;

/// <summary>What is found in a text and in what it decodes to becomes one finding.</summary>
public sealed class MergedFindingsTests
{
    [Fact]
    public void NameInAnEncodedEmailAddress_IsTheAddressOnly()
    {
        var persona = SomePersona.Of(("name", "Gildong Hong"), ("email", "gildonghong@gmail.com"));
        var flow = Some.Flow(request: Some.Message("GET / HTTP/1.1\nHost: api.shop.example\nX-Queries: v=1&u=gildonghong%40gmail.com"));

        var finding = Assert.Single(new Classifier(persona).Classify(flow).Findings);

        Assert.Equal(("email", "X-Queries.u"), (finding.Item, finding.Location.Path));
    }

    [Fact]
    public void KnownValueWhereARuleLooksCloser_StaysKnown()
    {
        var persona = SomePersona.Of(("email", "hong.gildong@gmail.com"));
        var flow = Some.Flow(
            host: "www.google.com",
            request: Some.Message("POST /ccm/form-data/1?em=tv.1~em.jfc_LN8ZsRwG6kC8zEGhEnV1kD3hzb82sw_wIWN-6KU HTTP/1.1\nHost: www.google.com"));

        var finding = Assert.Single(new Classifier(persona).Classify(flow).Findings, finding => finding.Item == "email");

        Assert.Equal((Detector.Persona, FindingState.Hashed, "em[1]"), (finding.Detector, finding.State, finding.Location.Path));
    }
}
