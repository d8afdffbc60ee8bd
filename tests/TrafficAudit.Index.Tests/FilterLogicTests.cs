using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Index.Tests;

/// <summary>What <c>and</c>, <c>or</c>, <c>not</c> and parentheses make of terms, for flows and for their findings.</summary>
public sealed class FilterLogicTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly AnalyzedFlow[] _flows =
    [
        .. Enumerable.Range(1, 60).Select(n =>
        {
            var flow = Build.Typical(n);
            return flow with
            {
                Summary = flow.Summary with { Phase = (n % 3) switch { 0 => "before consent", 1 => "browse", _ => null } },
                Findings = [.. flow.Findings.Select(f => n % 2 == 0 && f.Item == "email" ? f with { State = FindingState.Hashed, Detector = Detector.Key } : f)],
            };
        }),
    ];

    private LiteDbCaseIndex _index = null!;

    public async ValueTask InitializeAsync()
    {
        _index = await _folder.OpenAsync();
        await _index.AddAllAsync(_flows);
    }

    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void RandomFilters_LetThroughWhatTheyMean_AndObeyDeMorgan()
    {
        var random = new Random(11);
        var (all, none) = (0, 0);
        for (var i = 0; i < 3000; i++)
        {
            var (a, b) = (RandomFilter.Make(random, 4), RandomFilter.Make(random, 3));
            var expected = AssertMeans(a);
            (all, none) = (all + (expected.Length == _flows.Length ? 1 : 0), none + (expected.Length == 0 ? 1 : 0));
            Assert.Equal(_index.Numbers(a.Not(random).And(b.Not(random), random).Text), _index.Numbers($"-({a.Or(b).Text})"));
            Assert.Equal(_index.Numbers(a.Not(random).Or(b.Not(random)).Text), _index.Numbers($"not ({a.And(b, random).Text})"));
        }

        // Filters that let everything or nothing through would prove little.
        Assert.InRange(all + none, 0, 1500);
    }

    [Theory]
    [InlineData("item:phone", "phone")]
    [InlineData("item:phone item:email", "phone email")]
    [InlineData("item:phone or item:email", "phone email")]
    [InlineData("item:phone or country:*", "phone email")]
    [InlineData("item:phone or country:KR", "phone")]
    [InlineData("(item:phone or country:*) item:email", "phone email")]
    [InlineData("item:email detector:key", "email")]
    [InlineData("item:phone detector:key", "")]
    [InlineData("item:phone detector:persona or item:email detector:key", "phone email")]
    [InlineData("item:phone detector:key or item:email detector:persona", "")]
    [InlineData("item:phone state:hashed", "")]
    [InlineData("item:* state:hashed", "email")]
    [InlineData("state:clear", "phone")]
    [InlineData("confidence:likely", "email")]
    [InlineData("-item:postal_address", "phone email")]
    [InlineData("not -item:phone", "phone")]
    [InlineData("-(-item:phone or -detector:persona)", "phone")]
    [InlineData("-(item:postal_address or -item:email)", "email")]
    [InlineData("flow:6", "phone email")]
    public async Task FindingsAndTransfers_AreThoseThatTheFilterMeans(string filter, string expected)
    {
        var findings = await _index.AllFindingsAsync($"({filter}) flow:6");
        var transfers = _index.Transfers(FlowFilter.Parse($"flow:6 and ({filter})"));

        Assert.Equal(expected, string.Join(' ', findings.Select(f => f.Finding.Item)));
        var meant = FlowFilter.Parse(filter).Meant(_flows[5]).Select(f => f.Item);

        Assert.Equal(expected, string.Join(' ', meant));
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), transfers.Select(t => t.Item));
    }

    private long[] AssertMeans(RandomFilter filter)
    {
        long[] expected = [.. _flows.Where(filter.Holds).Select(f => f.Summary.Number)];
        var numbers = _index.Numbers(filter.Text);
        Assert.True(expected.AsSpan().SequenceEqual(numbers), $"{filter.Text}: {string.Join(' ', numbers)} instead of {string.Join(' ', expected)}");
        return expected;
    }
}
