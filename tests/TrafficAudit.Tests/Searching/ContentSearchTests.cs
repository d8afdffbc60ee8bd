using System.IO.Compression;
using System.Text;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Pipeline;
using TrafficAudit.Review;
using TrafficAudit.Running;
using TrafficAudit.Searching;
using TrafficAudit.Testing;
using TrafficAudit.Tests.Pipeline;

namespace TrafficAudit.Tests.Searching;

/// <summary>A recorded case with values in plain sight and under every kind of cover, searched through the evidence.</summary>
public sealed class ContentSearchTests : IAsyncLifetime, IDisposable
{
    private readonly Lab _lab = new();
    private RecordingCase _recording = null!;
    private ContentSearch _search = null!;
    private CaseReviewSource _source = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _lab.RecordAsync(
            Lab.Persona,
            Lab.Flow(1),
            Post(2, "application/json\nContent-Encoding: gzip", Gzip("""{"note":"hidden in gzip"}""")),
            Post(3, "application/json", Encoding.UTF8.GetBytes($$"""{"d":"{{Convert.ToBase64String("""{"user":{"email":"deep@example.com","since":"2026-01-01"}}"""u8)}}"}""")),
            Post(4, "application/x-www-form-urlencoded", "text=hello%20world&kind=a"u8.ToArray()),
            Some.Flow(5),
            Post(6, "application/json", """{"name":"\ud64d\uae38\ub3d9","tags":["red","blue"]}"""u8.ToArray()),
            Post(7, "image/png", [0x89, 0x50, 0x4e, 0x47, 0, 0xff, .. "taken by example"u8, 0xfe]),
            Some.WebSocket(8, sent: 1) with { Messages = new MemoryConversation([Some.WebSocketMessage(0, """{"say":"over the socket"}""")]) });
        _recording = await _lab.OpenAsync(Lab.Persona);
        var renderer = RecordedCase.RendererOf(_lab.Case, _recording.Index, _lab.Sources, _recording.Correlation, _recording.Books);
        _search = renderer.Search;
        _source = new CaseReviewSource(
            "test", _recording.Index, new CaseFlows(_lab.Case, _recording.Index, _lab.Sources), renderer, _lab.Sources.Databases, new SessionLabels(), TimeProvider.System);
    }

    public ValueTask DisposeAsync() => _recording.DisposeAsync();

    public void Dispose()
    {
        _search.Dispose();
        _lab.Dispose();
    }

    [Theory]
    [InlineData("body:gildong.hong.test@example.com", "1")]
    [InlineData("body:\"hidden in gzip\"", "2")]
    [InlineData("body:\"HIDDEN in gzip\"", "2")]
    [InlineData("body:hid*gzip", "2")]
    [InlineData("body:\"hid*gzip\"", "")]
    [InlineData("body:deep@example.com", "3")]
    [InlineData("body:since", "3")]
    [InlineData("body:\"hello world\"", "4")]
    [InlineData("body:홍길동", "6")]
    [InlineData("body:\"taken by\"", "7")]
    [InlineData("body:\"over the socket\"", "8")]
    [InlineData("body:\"nowhere at all\"", "")]
    [InlineData("body:deep@example.com,홍길동", "6 3")]
    [InlineData("field:mail", "1")]
    [InlineData("field:mail=*@example.com", "1")]
    [InlineData("field:mail=nobody*", "")]
    [InlineData("field:user.email=deep@example.com", "3")]
    [InlineData("field:d.user.email", "3")]
    [InlineData("field:er.email", "")]
    [InlineData("field:tags=blue", "6")]
    [InlineData("field:tags[1]=blue", "6")]
    [InlineData("field:tags[0]=blue", "")]
    [InlineData("field:\"text=hello world\"", "4")]
    [InlineData("field:id=1", "5")]
    [InlineData("field:say", "8")]
    [InlineData("-body:ok", "8")]
    [InlineData("not body:ok", "8")]
    [InlineData("(flow:1 or flow:2) -body:gzip", "1")]
    [InlineData("flow:5 or body:gzip", "5 2")]
    [InlineData("not (flow:2 or body:ok)", "8")]
    [InlineData("not (flow:8 and not body:ok) flow:7..", "7")]
    [InlineData("body:ok -body:gzip -field:mail flow:..3", "3")]
    [InlineData("-(body:ok body:gzip) flow:1..3", "3 1")]
    public async Task Filter_LetsThroughTheFlowsOfWhichItIsTrue(string filter, string expected)
    {
        var answered = await _search.AnswerAsync(FlowFilter.Parse(filter), null, Cancellation);
        var listed = _recording.Index.Flows(answered, null, 100).Flows.Select(f => f.Number);
        using var list = _source.FlowsOf(filter);
        var progress = await EndAsync(list);

        Assert.Equal(expected, string.Join(' ', listed));
        Assert.Equal(expected, string.Join(' ', list.Rows(0, 100).Select(r => r.Flow.Number)));
        Assert.Equal((SearchState.Done, progress.Of, 0), (progress.State, progress.Looked, progress.Unread));
    }

    [Fact]
    public async Task CheapTerms_LeaveOnlyTheirFlowsToBeRead()
    {
        using var list = _source.FlowsOf("flow:2..4 body:gzip");

        Assert.Equal(3, (await EndAsync(list)).Of);
    }

    [Theory]
    [InlineData("field:mail item:phone", "phone")]
    [InlineData("(body:nowhere item:phone) or item:email flow:1", "email")]
    [InlineData("(-body:nowhere item:phone) or (body:nowhere item:email)", "phone")]
    [InlineData("body:nowhere", "")]
    public async Task FindingsAndTransfers_AreThoseThatTheFilterMeans(string filter, string expected)
    {
        var findings = await _source.FindingsAsync(filter, 100, null, Cancellation);
        var transfers = await _source.TransfersAsync(filter, Cancellation);

        Assert.Equal(expected, string.Join(' ', findings.SelectMany(f => f.Findings).Select(f => f.Item)));
        Assert.Equal(expected, string.Join(' ', transfers.Select(t => t.Item)));
    }

    [Fact]
    public async Task SearchThatIsCancelled_Ends()
    {
        using var cancelling = new CancellationTokenSource();
        await using var steps = _search.RunAsync(FlowFilter.Parse("body:x"), null, cancelling.Token).GetAsyncEnumerator(Cancellation);

        Assert.True(await steps.MoveNextAsync());
        Assert.Equal((0, 8, SearchState.Running), (steps.Current.Progress.Looked, steps.Current.Progress.Of, steps.Current.Progress.State));
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await steps.MoveNextAsync());
    }

    [Fact]
    public async Task FlowWhoseEvidenceIsGone_IsCountedAsUnread()
    {
        await _recording.Index.AddAsync(1, 123456789, new AnalyzedFlow((_recording.Index.Find(5) ?? throw new InvalidOperationException()) with { Number = 99 }, []), Cancellation);
        using var list = _source.FlowsOf("body:gzip");

        Assert.Equal(1, (await EndAsync(list)).Unread);
    }

    [Theory]
    [InlineData(3, "flow:..4 body:gzip")]
    [InlineData(2, "flow:..4 body:gzip")]
    public async Task SingleFlow_IsAnsweredAlone(long number, string filter) =>
        Assert.Equal(number == 2, await _search.FindAsync(number, FlowFilter.Parse(filter), Cancellation) is not null);

    [Theory]
    [InlineData("field:=x", 7)]
    [InlineData("body:", 6)]
    [InlineData("body:a body:b body:c body:d body:e body:f body:g body:h body:i", 62)]
    public void FaultyFilter_SaysWhere(string filter, int position) =>
        Assert.Equal(position, Assert.Throws<FlowFilterException>(() => FlowFilter.Parse(filter)).Position);

    [Fact]
    public void UnansweredFilter_IsNeverTakenForOneThatLetsNothingThrough() =>
        Assert.Throws<InvalidOperationException>(() => _recording.Index.Flows(FlowFilter.Parse("body:x"), null, 10));

    [Fact]
    public void TextAcrossWindowsOfALongBody_IsFound()
    {
        var question = Assert.IsType<BodyQuestion>(Assert.Single(FlowFilter.Parse("body:nee*dle").Questions));
        for (var at = 16_370; at < 16_400; at++)
        {
            Assert.True(question.IsIn(Encoding.UTF8.GetBytes(new string('가', at) + "NEE" + new string('x', 40_000) + "dle")));
            Assert.False(question.IsIn(Encoding.UTF8.GetBytes(new string('가', at) + "dle" + new string('x', 40_000) + "nee")));
        }
    }

    private static async Task<SearchProgress> EndAsync(IFlowList list)
    {
        await foreach (var _ in list.Search!.WatchAsync(Cancellation))
        {
            if (list.Search.Progress.State != SearchState.Running)
            {
                break;
            }
        }

        list.Update();
        return list.Search.Progress;
    }

    private static FlowRecord Post(long number, string type, byte[] body) =>
        Some.Flow(number, request: Some.Message($"POST /send HTTP/1.1\nHost: api.shop.example\nContent-Type: {type}", body));

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
