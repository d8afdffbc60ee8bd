using TrafficAudit.Classification.EndpointRules.Packs;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.EndpointRules;

/// <summary>The pack of TrackHAR's adapters against the library.</summary>
public sealed class TrackharTests(TrackharRequests requests, ITestOutputHelper output) : IClassFixture<TrackharRequests>
{
    [Fact]
    public void WhatTheLibraryFinds_IsFoundAtTheSamePlace()
    {
        var missed = new List<string>();
        var count = 0;
        foreach (var request in requests.All)
        {
            using var flow = request.ToFlow();
            var findings = new Classifier(Persona.None).Classify(flow).Findings.Where(finding => finding.Detector == Detector.Rule).ToList();
            foreach (var find in request.Finds)
            {
                count++;
                missed.AddRange(find.Values.Where(value => !findings.Exists(finding => IsSame(finding, find, value, request.PartOf(find))))
                    .Select(value => $"{find.Adapter} {find.Property} {find.Context} {find.Path} {value} {request.Url}"));
            }
        }

        var places = requests.All.SelectMany(request => request.Finds).Select(find => (find.Adapter, find.Property, find.Context, find.Path)).Distinct().Count();
        output.WriteLine($"{requests.All.Count} requests, {count} finds at {places} places, {missed.Count} missed");
        output.WriteLine(string.Join('\n', missed.Take(200)));
        Assert.Equal(123, requests.All.Select(request => request.Adapter).Distinct().Count());
        Assert.InRange(places, 2_780, 2_791);
        Assert.Empty(missed);
    }

    [Fact]
    public void TheSameRequestsToAnotherHost_AreNoBusinessOfAnyRule()
    {
        Assert.All(requests.All, request =>
        {
            using var flow = request.ToFlow("collector.example");
            Assert.DoesNotContain(new Classifier(Persona.None).Classify(flow).Findings, finding => finding.Detector == Detector.Rule);
        });
    }

    [Fact]
    public void PlaceholdersInTheSameRequests_AreNoFindings()
    {
        Assert.Equal(requests.All.Count, requests.Unknown.Count);
        Assert.All(requests.Unknown, request =>
        {
            using var flow = request.ToFlow();
            Assert.DoesNotContain(
                new Classifier(Persona.None).Classify(flow).Findings, finding => finding is { Detector: Detector.Rule, Value: "unknown" });
        });
    }

    // Values are in a request once, so that the value is the place. Of a path it is the segment; what was found in a text that was decoded further is said
    // of where it lies in it.
    private static bool IsSame(Finding finding, TrackharFind find, string value, MessagePart part) =>
        (finding.Value == value.Trim() || (find.Context == "path" && value.Contains($"/{finding.Value}", StringComparison.Ordinal))
            || finding.Location.Path.StartsWith($"{find.Path}.", StringComparison.Ordinal))
        && finding.Location.Message == MessageKind.Request && finding.Location.Part == part
        && TrackharPack.Items[find.Property].Contains(finding.Item);
}
