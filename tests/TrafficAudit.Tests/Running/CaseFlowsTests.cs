using TrafficAudit.Model;
using TrafficAudit.Pipeline;
using TrafficAudit.Running;
using TrafficAudit.Testing;
using TrafficAudit.Tests.Pipeline;

namespace TrafficAudit.Tests.Running;

/// <summary>Single flows of a real case: found, proved, explained, with their neighbours and what else got the same values.</summary>
public sealed class CaseFlowsTests : IAsyncLifetime, IDisposable
{
    private readonly Lab _lab = new();
    private RecordingCase _recording = null!;
    private CaseFlows _flows = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        FlowRecord[] flows =
        [
            .. Enumerable.Range(1, 8).Select(n => OfDevice(Lab.Flow(n), n % 2 == 0 ? "even" : "odd")),
            OfDevice(Lab.Flow(9, email: "other.person.test@example.com", phone: "010-0000-9999"), "odd"),
        ];
        await _lab.RecordAsync(Lab.Persona, flows);
        _recording = await _lab.OpenAsync(Lab.Persona);
        _flows = new CaseFlows(_lab.Case, _recording.Index, _lab.Sources);
    }

    public ValueTask DisposeAsync() => _recording.DisposeAsync();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Find_GivesTheFlowWithItsFindingsAndPlace()
    {
        using var detail = await _flows.FindAsync(3, Cancellation);

        Assert.Equal(3, detail!.Record.Metadata.Number);
        Assert.Equal(["email", "phone"], detail.Analyzed.Findings.Select(finding => finding.Item).Order(StringComparer.Ordinal));
        Assert.Equal("CN", detail.Lookup!.Country);
        Assert.Null(await _flows.FindAsync(99, Cancellation));
    }

    [Fact]
    public void Neighbours_AreTheDevicesOwn()
    {
        var around = _flows.Neighbours(4, each: 1);

        Assert.Equal([2], around.Before.Select(flow => flow.Number));
        Assert.Equal([6], around.After.Select(flow => flow.Number));
        Assert.Empty(_flows.Neighbours(99, each: 5).Before);
    }

    [Fact]
    public async Task Proof_IsSoundAndTiedForEveryFlow()
    {
        foreach (var number in Enumerable.Range(1, 9))
        {
            var proof = await _flows.ProveAsync(number, Cancellation);

            Assert.True(proof!.IsSound);
            Assert.True(proof.IsTiedToBefore);
        }
    }

    [Fact]
    public async Task Explanation_NamesTheDetectorThatFoundIt()
    {
        using var detail = await _flows.FindAsync(3, Cancellation);
        var email = detail!.Analyzed.Findings.Single(finding => finding.Item == "email");

        var notes = await _flows.ExplainAsync(3, email.Location, Cancellation);

        Assert.Contains(notes, note => note is { Detector: Detector.Persona, Fired: true });
        Assert.All(notes, note => Assert.DoesNotContain(Lab.Email, note.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SameValues_AreThoseOfOtherFlowsWithThisValue()
    {
        var same = await _flows.SameValuesAsync(3, Cancellation);
        var other = await _flows.SameValuesAsync(9, Cancellation);

        Assert.Equal(["email", "phone"], same.Items.Select(row => row.Item).Order(StringComparer.Ordinal));
        Assert.All(same.Items, row => Assert.Equal(7, row.Count));
        Assert.Equal([8, 7, 6, 5, 4], same.Items[0].Flows);
        Assert.Empty(other.Items);
        Assert.False(same.IsBounded);
    }

    [Fact]
    public void Place_IsDrawnWhereTheCountryHasAnOutline()
    {
        Assert.StartsWith("<svg", _flows.DrawPlace("KR", CountryGrade.Located), StringComparison.Ordinal);
        Assert.Null(_flows.DrawPlace("<script>", CountryGrade.Located));
    }

    private static FlowRecord OfDevice(FlowRecord flow, string device) => flow with { Metadata = flow.Metadata with { Device = device } };
}
