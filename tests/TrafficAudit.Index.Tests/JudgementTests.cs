using System.Diagnostics;
using TrafficAudit.Index.Columns;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Index.Queries;
using TrafficAudit.Index.Storage;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Index.Tests;

/// <summary>Filters and transfers know what reviewers decided.</summary>
public sealed class JudgementTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly SomeJudgements _judgements = new();
    private LiteDbCaseIndex _index = null!;

    public async ValueTask InitializeAsync()
    {
        _index = await _folder.OpenAsync();
        await _index.AddAllAsync(
            Build.Flow(Build.Summary(1), Build.Finding(), Build.Finding("email")),
            Build.Flow(Build.Summary(2), Build.Finding("email")),
            Build.Flow(Build.Summary(3) with { Country = "US" }, Build.Finding()),
            Build.Flow(4));
        _judgements.Add(1, Build.Finding("email"), Rejected with { Tags = ["cdn", "old"] });
        _judgements.Add(3, Build.Finding(), Judgement.Open with { State = DecisionState.AwaitingSecond, Assignee = "Kim Invented" });
        _judgements.Transfers[("phone", "Shop Example", "US")] = Judgement.Open with { State = DecisionState.Confirmed };
    }

    private static Judgement Rejected => Judgement.Open with { State = DecisionState.Rejected, Reason = "false_positive" };

    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("decision:rejected", "1 email")]
    [InlineData("decision:open", "1 phone,2 email")]
    [InlineData("decision:open,awaiting_second", "1 phone,2 email,3 phone")]
    [InlineData("decision:*", "1 phone,1 email,2 email,3 phone")]
    [InlineData("item:email decision:open", "2 email")]
    [InlineData("-decision:rejected", "2 email,3 phone")]
    [InlineData("decision:confirmed", "")]
    [InlineData("assigned:kim*", "3 phone")]
    [InlineData("assigned:*", "3 phone")]
    [InlineData("tag:old", "1 email")]
    [InlineData("tag:new", "")]
    [InlineData("tag:cdn or assigned:*", "1 email,3 phone")]
    public async Task Findings_AreChosenByTheirOwnDecision(string filter, string expected)
    {
        var found = new List<string>();
        await foreach (var (flow, finding) in _index.FindingsAsync(Parse(filter), all: false, TestContext.Current.CancellationToken))
        {
            found.Add($"{flow.Number} {finding.Item}");
        }

        Assert.Equal(expected, string.Join(',', found));
    }

    [Theory]
    [InlineData("decision:confirmed", "phone US")]
    [InlineData("decision:open", "email CN,phone CN")]
    [InlineData("decision:rejected", "")]
    [InlineData("decision:confirmed or item:email", "email CN,phone US")]
    public void Transfers_AreChosenByTheirOwnDecision(string filter, string expected) =>
        Assert.Equal(expected, string.Join(',', _index.Transfers(Parse(filter)).Select(t => $"{t.Item} {t.Country}")));

    [Fact]
    public void Transfers_SayTheirDecisionAndCountRejectedFindings()
    {
        var transfers = _index.Transfers(Parse(""));

        Assert.Equal(["email CN open 1/2", "phone CN open 0/1", "phone US confirmed 0/1"], transfers.Select(
            t => $"{t.Item} {t.Country} {Token.Of(t.Judgement.State)} {t.RejectedFindings}/{t.Findings}"));
    }

    [Fact]
    public async Task Places_AreStillKnownAfterRestart()
    {
        await _index.DisposeAsync();
        _index = await _folder.OpenAsync();

        Assert.Equal([1L], _index.Ascending(Parse("decision:rejected")).Select(f => f.Number));
    }

    [Fact]
    public void UnknownDecision_IsAFaultThatNamesTheWords()
    {
        var fault = Assert.Throws<FlowFilterException>(() => Parse("decision:maybe"));

        Assert.Contains("open, awaiting_second, confirmed, rejected, contested", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Completion_OffersTheDecisions() =>
        Assert.Equal(["confirmed", "contested"], new FilterCompletion(_index).At("decision:con", 12).Select(s => s.Text).Order(StringComparer.Ordinal));

    [Fact]
    public void TwoHundredThousandFlows_AreFilteredByDecisionInTime()
    {
        const int Flows = 200_000;
        SegmentEntry[] entries = [new(1, "v1", new SegmentTable(), null), new(2, "v1", new SegmentTable(), null)];
        Finding[] findings = [Build.Finding(), Build.Finding("email"), Build.Finding("gaid")];
        var judgements = new SomeJudgements();
        for (var number = 1; number <= Flows; number++)
        {
            entries[number < 100_000 ? 0 : 1].Append(number, new AnalyzedFlow(Build.Typical(number).Summary, findings));
            if (number % 2 == 0)
            {
                judgements.Add(number, findings[number % 3], Rejected);
            }
        }

        var snapshot = new CaseSnapshot(entries);
        var context = new FilterContext { Judgements = judgements };
        var rejected = FlowFilter.Parse("decision:rejected", context);
        var contested = FlowFilter.Parse("decision:contested", context);
        snapshot.Page(contested, null, 200);

        var watch = Stopwatch.StartNew();
        Assert.Equal(200, snapshot.Page(rejected, null, 200).Flows.Count);
        var page = watch.ElapsedMilliseconds;
        watch.Restart();
        Assert.Empty(snapshot.Page(contested, null, 200).Flows);
        var whole = watch.ElapsedMilliseconds;
        watch.Restart();
        Assert.Equal(Flows / 2, snapshot.Transfers(FlowFilter.Parse("", context)).Sum(t => t.RejectedFindings));

        TestContext.Current.SendDiagnosticMessage(
            $"200,000 flows, 600,000 findings, 100,000 decisions: first page {page} ms, all of them {whole} ms, transfers {watch.ElapsedMilliseconds} ms");
        Assert.InRange(whole, 0, 5_000);
    }

    private FlowFilter Parse(string text) => FlowFilter.Parse(text, new FilterContext { Judgements = _judgements });

    private sealed class SomeJudgements : IJudgements
    {
        private readonly Dictionary<(long, PlaceDigest), Judgement> _findings = [];

        public Dictionary<(string, string, string?), Judgement> Transfers { get; } = [];

        public bool IsEmpty => false;

        public void Add(long flow, Finding finding, Judgement judgement) => _findings[(flow, PlaceDigest.Of(finding.Item, finding.Location))] = judgement;

        public Judgement OfFinding(long flow, PlaceDigest place) => _findings.GetValueOrDefault((flow, place), Judgement.Open);

        public Judgement OfTransfer(string item, string recipient, string? country) => Transfers.GetValueOrDefault((item, recipient, country), Judgement.Open);
    }
}
