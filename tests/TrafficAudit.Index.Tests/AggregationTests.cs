using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Index.Tests;

/// <summary>Sessions, sums and timelines, against counting the flows one by one.</summary>
public sealed class AggregationTests
{
    private const int Flows = 3_000;

    private static readonly string?[] Phases = [null, "before_consent", "consented", "checkout"];
    private static readonly string?[] Countries = ["CN", "SG", "US", null];
    private static readonly string[] Items = ["phone", "email", "gaid"];

    private static readonly AnalyzedFlow[] All = [.. Enumerable.Range(1, Flows).Select(Flow)];

    [Fact]
    public async Task Sessions_AddUpTheirFlows()
    {
        await using var index = await IndexAsync();

        var expected = All.GroupBy(f => f.Summary.Session!, StringComparer.Ordinal).OrderBy(g => g.Min(f => f.Summary.Time)).Select(g => new SessionExtent(
            g.Key, "phone-1", g.Count(), g.Sum(f => f.Findings.Count(x => x.IsCounted)), g.Min(f => f.Summary.Time), g.Max(f => f.Summary.Time),
            [.. g.Where(f => f.Summary.Phase is not null).GroupBy(f => f.Summary.Phase!, StringComparer.Ordinal)
                .Select(p => new SessionPhase(p.Key, p.Min(f => f.Summary.Time))).OrderBy(p => p.First)])).ToList();

        var sessions = index.Sessions();
        Assert.Equal(expected.Select(s => s with { Phases = [] }), sessions.Select(s => s with { Phases = [] }));
        Assert.Equal(expected.Select(s => s.Phases.AsEnumerable()), sessions.Select(s => s.Phases.AsEnumerable()));
    }

    [Theory]
    [InlineData(TransferGrouping.Country, "")]
    [InlineData(TransferGrouping.Country, "item:email -phase:*")]
    [InlineData(TransferGrouping.Recipient, "")]
    [InlineData(TransferGrouping.Recipient, "country:CN,SG")]
    public async Task Sums_CountEveryFlowOnce(TransferGrouping by, string text)
    {
        await using var index = await IndexAsync();
        var filter = FlowFilter.Parse(text);

        var transfers = index.Transfers(filter);
        var sums = index.TransferSums(filter, by);

        var numbers = All.ToDictionary(f => f.Summary.Number, f => f.Summary);
        var expected = transfers.GroupBy(t => by == TransferGrouping.Country ? t.Country : t.Recipient).Select(g =>
        {
            var flows = g.SelectMany(t => t.Flows).Distinct().Select(n => numbers[n]).ToList();
            return (
                Name: g.Key, Items: string.Join(' ', g.Select(t => t.Item).Distinct().Order(StringComparer.Ordinal)), Flows: (long)flows.Count,
                Sent: flows.Sum(f => f.BytesSent), First: flows.Min(f => f.Time), Last: flows.Max(f => f.Time));
        }).OrderByDescending(s => s.Flows).ThenBy(s => s.Name is null).ThenBy(s => s.Name, StringComparer.Ordinal);
        Assert.NotEmpty(sums);
        Assert.Equal(expected, sums.Select(s => (s.Name, string.Join(' ', s.Items), s.Flows, s.BytesSent, s.First, s.Last)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("item:email,phone country:CN")]
    public async Task Timeline_CountsEveryFlowOncePerGroupCountryAndSlice(string text)
    {
        await using var index = await IndexAsync();

        var timeline = index.Timeline("s1", FlowFilter.Parse(text), i => i == "gaid" ? "device_id" : "contact", 50)!;

        var wanted = All.Where(f => f.Summary.Session == "s1" && (text.Length == 0 || f.Summary.Country == "CN"));
        var expected = wanted
            .SelectMany(f => f.Findings.Where(x => x.IsCounted && (text.Length == 0 || x.Item != "gaid")).Select(x => (f.Summary, Group: x.Item == "gaid" ? "device_id" : "contact")).Distinct())
            .GroupBy(x => (Slice: (int)((x.Summary.Time - timeline.From) / timeline.Slice), x.Group, x.Summary.Country))
            .Select(g => (g.Key.Slice, g.Key.Group, g.Key.Country, Flows: (long)g.Count()))
            .OrderBy(m => m.Slice).ThenBy(m => m.Group, StringComparer.Ordinal).ThenBy(m => m.Country ?? "", StringComparer.Ordinal);
        Assert.Equal(expected, timeline.Marks.Select(m => (m.Slice, m.Group, m.Country, m.Flows)));
        Assert.InRange(timeline.Slices, 1, 50);
        Assert.All(timeline.Marks, m => Assert.InRange(m.Slice, 0, timeline.Slices - 1));
        Assert.Equal([null, "before_consent", "consented", "checkout"], timeline.Bands.Select(b => b.Phase));
        Assert.Equal(timeline.Bands.Skip(1).Select(b => b.From), timeline.Bands.SkipLast(1).Select(b => b.To));
    }

    [Fact]
    public async Task TimelineOfASessionWithoutFlows_IsNone()
    {
        await using var index = await IndexAsync();

        Assert.Null(index.Timeline("nobody's", FlowFilter.None, i => i, 50));
    }

    [Fact]
    public async Task Consent_IsToldByPhaseAndByTheFirstAnswerOfTheSession()
    {
        await using var index = LiteDbCaseIndex.OpenInMemory("test");
        (string? Session, string? Phase)[] flows =
            [("s1", null), ("s1", "browse"), ("s1", "before_consent"), ("s1", "refused"), ("s1", "browse"), ("s2", null), ("s2", "browse"), (null, "consented"), (null, null)];
        for (var i = 0; i < flows.Length; i++)
        {
            await index.AddAsync(
                1, i + 1, Build.Flow(Build.Summary(i + 1) with { Session = flows[i].Session, Phase = flows[i].Phase }), TestContext.Current.CancellationToken);
        }

        var context = new FilterContext
        {
            Answers = () => index.Sessions().Where(s => s.Answered is not null).ToDictionary(s => s.Session, s => s.Answered!.Value, StringComparer.Ordinal),
        };
        Assert.Equal([1, 2, 3], Numbers("consent:before"));
        Assert.Equal([4, 5, 8], Numbers("consent:after"));
        Assert.Equal([6, 7, 9], Numbers("-consent:before,after"));

        IEnumerable<long> Numbers(string text) => index.Ascending(FlowFilter.Parse(text, context)).Select(f => f.Number);
    }

    [Fact]
    public void ConsentWhereNobodyKnowsTheSessions_IsRefused()
    {
        var fault = Assert.Throws<FlowFilterException>(() => FlowFilter.Parse("consent:before"));

        Assert.Contains("phase:before_consent", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<ICaseIndex> IndexAsync()
    {
        var index = LiteDbCaseIndex.OpenInMemory("test");
        foreach (var flow in All)
        {
            await index.AddAsync(1 + (int)(flow.Summary.Number / 1_000), flow.Summary.Number, flow, TestContext.Current.CancellationToken);
        }

        return index;
    }

    /// <summary>Two sessions one after the other, each through all phases; two items in most flows, so that counting findings is not counting flows.</summary>
    private static AnalyzedFlow Flow(int number)
    {
        var place = (number - 1) % (Flows / 2);
        var summary = Build.Summary(number, $"h{number % 7}.example") with
        {
            Session = number <= Flows / 2 ? "s1" : "s2",
            Phase = Phases[place * Phases.Length / (Flows / 2)],
            Country = Countries[number % Countries.Length],
            Recipient = $"Company {number % 7}",
            BytesSent = 100 + number,
            Time = Some.Time.AddSeconds(number * 3),
            Failure = number % 11 == 0 ? FlowFailure.UpstreamRefused : null,
            Address = number % 11 == 0 ? null : "192.0.2.1",
        };
        Finding[] findings =
        [
            Build.Finding(Items[number % 3]), Build.Finding(Items[number % 2], state: number % 5 == 0 ? FindingState.Zeroed : FindingState.Clear),
            Build.Finding("cookie", Strength.F),
        ];
        return new AnalyzedFlow(summary, number % 4 == 0 ? [] : findings);
    }
}
