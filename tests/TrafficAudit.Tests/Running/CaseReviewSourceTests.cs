using TrafficAudit.Model;
using TrafficAudit.Pipeline;
using TrafficAudit.Review;
using TrafficAudit.Review.Doors;
using TrafficAudit.Running;
using TrafficAudit.Testing;
using TrafficAudit.Tests.Pipeline;

namespace TrafficAudit.Tests.Running;

/// <summary>A case as the review UI pages through it: 1,200 flows, every tenth with an e-mail address and a phone number.</summary>
public sealed class CaseReviewSourceTests : IAsyncLifetime, IDisposable
{
    private const int Flows = 1200;

    private readonly Lab _lab = new();
    private RecordingCase _recording = null!;
    private CaseReviewSource _source = null!;

    public async ValueTask InitializeAsync()
    {
        await _lab.RecordAsync(Lab.Persona, [.. Enumerable.Range(1, Flows).Select(n => n % 10 == 0 ? Lab.Flow(n) : Some.Flow(n))]);
        _recording = await _lab.OpenAsync();
        var renderer = RecordedCase.RendererOf(_lab.Case, _recording.Index, _lab.Sources, _recording.Correlation, _recording.Books);
        _source = new CaseReviewSource(
            "test", _recording.Index, new CaseFlows(_lab.Case, _recording.Index, _lab.Sources), renderer, _lab.Sources.Databases, new SessionLabels(), TimeProvider.System);
    }

    public ValueTask DisposeAsync() => _recording.DisposeAsync();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task FindingsPageByPage_AreEachFlowOnceAndWhole()
    {
        var numbers = new List<long>();
        for (long? before = null; await _source.FindingsAsync("", 7, before, default) is { Count: > 0 } page; before = page[^1].Summary.Number)
        {
            var sizes = page.Select(f => f.Findings.Count).ToList();
            Assert.True(before is null || page[0].Summary.Number < before);
            Assert.True(sizes.Take(sizes.Count - 1).Sum() < 7, "a page ends with the flow that makes it full");
            Assert.All(page, f => Assert.All(f.Findings, x => Assert.True(x.IsCounted)));
            numbers.AddRange(page.Select(f => f.Summary.Number));
        }

        Assert.Equal(Enumerable.Range(1, Flows / 10).Select(n => n * 10L).Reverse(), numbers);
    }

    [Fact]
    public async Task FindingsOfALowFlow_AreFoundBehindManyWithoutAny()
    {
        var page = await _source.FindingsAsync("", 1, before: 20, default);

        Assert.Equal(10, Assert.Single(page).Summary.Number);
        Assert.Empty(await _source.FindingsAsync("", 10, before: 10, default));
    }

    [Fact]
    public void Flows_AreTheHighestNumbersWithTheirItems()
    {
        using var list = _source.FlowsOf("");

        var rows = list.Rows(0, 15);

        Assert.Equal(Flows, list.Count);
        Assert.Equal(Enumerable.Range(Flows - 14, 15).Select(n => (long)n).Reverse(), rows.Select(r => r.Flow.Number));
        Assert.Equal(["email", "phone"], rows[0].Items.Order(StringComparer.Ordinal));
        Assert.Empty(rows[1].Items);
        Assert.Equal([1], list.Rows(list.CountFrom(2), 15).Select(r => r.Flow.Number));
    }

    [Fact]
    public void FaultyFilter_IsRejectedWithItsPlace()
    {
        var fault = Assert.Throws<RejectedFilterException>(() => _source.FlowsOf("item:phone nonsense:x"));

        Assert.Equal(12, fault.Position);
        Assert.Contains(_source.CompletionsOf("ite", 3), c => c.Text == "item:");
    }

    [Fact]
    public async Task Counters_AndTransfers_AreTheCases()
    {
        Assert.Equal(Flows, _source.Counters.Flows);
        Assert.Equal(["email", "phone"], (await _source.TransfersAsync("", default)).Select(t => t.Item));
        Assert.NotNull(_source.CountryAttribution);
    }

    [Fact]
    public async Task ProfileThatIsNotThere_IsRejectedWithItsLine_AndKeepsNoTableFromBeingShown()
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["profile"] = "mars" };

        var fault = await Assert.ThrowsAsync<RejectedRequestException>(() => _source.WriteResultsAsync("transfers", options, Stream.Null, default));
        await _source.WriteResultsAsync("flows", options, Stream.Null, default);

        Assert.StartsWith("there is no profile mars", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongRequests_AreRejected()
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["filter"] = "nonsense:x" };

        await Assert.ThrowsAsync<RejectedRequestException>(() => _source.WriteResultsAsync("flows", options, Stream.Null, default));
        await Assert.ThrowsAsync<RejectedRequestException>(() => _source.WriteResultsAsync("show", new Dictionary<string, string>(StringComparer.Ordinal), Stream.Null, default));
        await Assert.ThrowsAsync<RejectedRequestException>(() => _source.SetPhaseAsync(new Person("kim", Role.Investigator), "browse", null, default));
    }
}
