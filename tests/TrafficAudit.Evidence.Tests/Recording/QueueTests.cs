using System.Text.Json;
using System.Text.Json.Nodes;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Recording;

public sealed class QueueTests : IDisposable
{
    private readonly TestCase _case = new();
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _case.Dispose();

    [Fact]
    public async Task QueueFullByCount_SenderWaitsUntilFlowsAreTakenOn()
    {
        await using var writer = await OpenGatedAsync(TestCase.Options with { WaitingFlows = 2 });
        await Send(writer, Some.Flow(2));
        await Send(writer, Some.Flow(3));
        var third = Send(writer, Some.Flow(4));

        Assert.False(third.IsCompleted);
        _gate.SetResult();
        await third;
        await writer.FlushAsync(default);

        Assert.Equal([1, 2, 3, 4], _case.Flows().Select(f => f.Metadata.Number));
    }

    [Fact]
    public async Task QueueFullByBytes_SenderWaitsUntilFlowsAreTakenOn()
    {
        await using var writer = await OpenGatedAsync(TestCase.Options with { WaitingBytes = 100_000 });
        await Send(writer, TestCase.Large(2, 60_000));
        var second = Send(writer, TestCase.Large(3, 60_000));

        Assert.False(second.IsCompleted);
        _gate.SetResult();
        await second;
    }

    [Fact]
    public async Task FlowLargerThanTheBound_IsTakenAlone()
    {
        await using (var writer = await _case.OpenAsync(TestCase.Options with { WaitingBytes = 1 }))
        {
            await Send(writer, TestCase.Large(1, 500_000));
            await Send(writer, TestCase.Large(2, 500_000));
        }

        Assert.Equal(2, _case.Flows().Count);
    }

    [Fact]
    public async Task CancelledSender_LeavesTheQueueAsItWas()
    {
        await using var writer = await OpenGatedAsync(TestCase.Options with { WaitingFlows = 1, WaitingBytes = 20_000 });
        await Send(writer, TestCase.Large(2, 1));
        using var byCount = new CancellationTokenSource();
        using var byBytes = new CancellationTokenSource();
        var first = writer.RecordAsync(Some.Flow(3), byCount.Token).AsTask();
        var second = writer.RecordAsync(TestCase.Large(4, 20_000), byBytes.Token).AsTask();
        await byCount.CancelAsync();
        await byBytes.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        _gate.SetResult();
        await Send(writer, TestCase.Large(5, 20_000));
        await writer.FlushAsync(default);
        Assert.Equal([1, 2, 5], _case.Flows().Select(f => f.Metadata.Number));
    }

    [Fact]
    public async Task ManySenders_EachFlowIsKeptOnce()
    {
        var options = TestCase.Options with { WaitingFlows = 8, WaitingBytes = 50_000, SegmentFlows = 400 };
        await using (var writer = await _case.OpenAsync(options))
        {
            await Task.WhenAll(Enumerable.Range(0, 16).Select(t => Task.Run(async () =>
            {
                for (var i = 0; i < 60; i++)
                {
                    await writer.RecordAsync(i % 20 == 0 ? TestCase.Large(writer.TakeNumber(), 30_000) : Some.Flow(writer.TakeNumber()), default);
                    if (i % 30 == 7)
                    {
                        await writer.RecordAsync(JournalKinds.Phase, new JsonObject { ["thread"] = t }, default);
                    }
                }
            })));
        }

        Assert.Equal(Enumerable.Range(1, 960).Select(n => (long)n), _case.Flows().Select(f => f.Metadata.Number).Order());
        Assert.Equal(_case.Flows().Select(f => f.Metadata.Number), _case.Committed.Select(s => s.Flow.Metadata.Number));
        Assert.Equal(32, _case.Journal(JournalKinds.Phase).Count);
        WarcCheck.AssertSound(_case.Folder.Segments.Select(_case.Folder.SegmentPath));
    }

    [Fact]
    public async Task Dispose_WritesWhatIsQueuedAndAnswersWhoWaits()
    {
        var writer = await OpenGatedAsync(TestCase.Options with { WaitingFlows = 1, WaitingBytes = 20_000 });
        var queued = Send(writer, Some.Flow(2));
        var waitsForCount = Send(writer, Some.Flow(3));
        var waitsForBytes = Send(writer, TestCase.Large(4, 20_000));
        var journal = writer.RecordAsync(JournalKinds.Phase, new JsonObject(), default);
        var disposing = writer.DisposeAsync();
        _gate.SetResult();
        await disposing;

        await queued;
        await Assert.ThrowsAsync<IOException>(() => waitsForCount);
        await Assert.ThrowsAsync<IOException>(() => waitsForBytes);
        await Assert.ThrowsAsync<IOException>(() => journal);
        Assert.Equal([1, 2], _case.Flows().Select(f => f.Metadata.Number));
    }

    [Fact]
    public async Task AfterDispose_EverythingIsAnIOException()
    {
        var writer = await _case.OpenAsync();
        await writer.DisposeAsync();
        await writer.DisposeAsync();

        await Assert.ThrowsAsync<IOException>(() => Send(writer, Some.Flow()));
        await Assert.ThrowsAsync<IOException>(() => writer.RecordAsync(JournalKinds.Phase, new JsonObject(), default));
        await Assert.ThrowsAsync<IOException>(() => writer.FlushAsync(default));
        await using var next = await _case.OpenAsync();
    }

    [Fact]
    public async Task CommittedThrows_WriterIsAtFaultAndSaysWhy()
    {
        var log = new KeptLog();
        var writer = await _case.OpenAsync(committed: (_, _) => throw new InvalidOperationException("secret 010-0000-0000"), logger: log);
        await Send(writer, Some.Flow(1));

        var fault = await Assert.ThrowsAsync<IOException>(() => writer.FlushAsync(default));

        Assert.Equal("What was recorded of case lab can't be worked on (InvalidOperationException); it is kept, start again", fault.Message);
        Assert.Equal(fault.Message, (await Assert.ThrowsAsync<IOException>(() => Send(writer, Some.Flow(2)))).Message);
        Assert.Contains(log.Lines, l => l.EndsWith(fault.Message, StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, l => l.Contains("010", StringComparison.Ordinal));
        await writer.DisposeAsync();
        await using var next = await _case.OpenAsync();
        Assert.Single(_case.Flows());
    }

    [Fact]
    public async Task CommittedThrowsWhileSendersWait_EachIsAnswered()
    {
        var writer = await _case.OpenAsync(TestCase.Options with { WaitingFlows = 1, WaitingBytes = 20_000 }, async (_, _) =>
        {
            _entered.TrySetResult();
            await _gate.Task;
            throw new OperationCanceledException();
        });
        await Send(writer, Some.Flow(1));
        await _entered.Task;
        var queued = writer.FlushAsync(default);
        Task[] waiting =
        [
            queued, Send(writer, Some.Flow(3)), Send(writer, TestCase.Large(4, 20_000)), writer.FlushAsync(default),
            writer.RecordAsync(JournalKinds.Phase, new JsonObject(), default),
        ];
        _gate.SetResult();

        foreach (var task in waiting)
        {
            await Assert.ThrowsAsync<IOException>(() => task);
        }

        await writer.DisposeAsync();
    }

    [Fact]
    public async Task FlowThatCannotBeWrittenAtAll_FaultsTheWriterAndNobodyHangs()
    {
        var writer = await _case.OpenAsync();
        var metadata = Some.Flow().Metadata;
        var upstream = metadata.Upstream! with { Tls = metadata.Upstream.Tls! with { Certificates = default } };
        await Send(writer, Some.Flow() with { Metadata = metadata with { Upstream = upstream } });

        await Assert.ThrowsAsync<IOException>(() => writer.FlushAsync(default));

        await writer.DisposeAsync();
        await _case.RecordAsync(1);
        Assert.Single(_case.Flows());
        Assert.Empty(_case.Journal(JournalKinds.Recovered));
    }

    [Fact]
    public async Task JournalEntryWithoutContent_IsRefusedAtOnce()
    {
        await using var writer = await _case.OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => writer.RecordAsync(new JournalEntry(JournalKinds.Phase, Some.Time, default), default));
        await writer.RecordAsync(new JournalEntry(JournalKinds.Phase, Some.Time, JsonSerializer.SerializeToElement(1)), default);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(700)]
    public async Task BodysFileLostBytes_CostsThatBodyAlone(int left)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("spooled");
        await File.WriteAllBytesAsync(path, new byte[Math.Max(0, left)], TestContext.Current.CancellationToken);
        var given = Some.Flow(1);
        var facts = given.Metadata.Request! with { BodyLength = 5_000, BodyCaptured = 5_000 };
        var request = new Message(given.Request!.Head, new FileBody(path, 5_000));
        var flow = given with { Metadata = given.Metadata with { Request = facts }, Request = request };
        if (left < 0)
        {
            File.Delete(path);
        }

        var log = new KeptLog();
        await using (var writer = await _case.OpenAsync(logger: log))
        {
            await Send(writer, flow);
            await Send(writer, Some.Flow(2));
        }

        Assert.Equal([1, 2], _case.Flows().Select(f => f.Metadata.Number));
        var kept = _case.Flows()[0];
        Assert.Equal(Math.Max(0, left), kept.Request!.Body.Length);
        Assert.Equal(Math.Max(0, left), kept.Metadata.Request!.BodyCaptured);
        Assert.Equal(5_000, kept.Metadata.Request.BodyLength);
        Assert.Equal("length", WarcCheck.Read(_case.FirstSegment).First(r => r.Type == "request")["WARC-Truncated"]);
        Assert.Equal(Math.Max(0, left), _case.Committed.First().Flow.Request!.Body.ToMemory().Length);
        Assert.Single(log.Lines);
        WarcCheck.AssertSound([_case.FirstSegment]);
    }

    [Fact]
    public async Task BodysFileIsLongerThanTheBody_OnlyTheBodyIsKept()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("spooled"), "body and more", TestContext.Current.CancellationToken);

        await using (var writer = await _case.OpenAsync())
        {
            await Send(writer, Some.Flow(1) with { Request = new Message(Some.Flow().Request!.Head, new FileBody(folder.File("spooled"), 4)) });
            await Send(writer, Some.Flow(2));
        }

        Assert.Equal("body"u8.ToArray(), _case.Flows()[0].Request!.Body.ToMemory().ToArray());
        Assert.Equal(2, _case.Flows().Count);
    }

    [Fact]
    public async Task NoFlowMayWait_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _case.OpenAsync(TestCase.Options with { WaitingFlows = 0 }));

    [Fact]
    public async Task CancelledOpening_GivesTheLockBack()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => EvidenceWriter.OpenAsync(
            _case.Folder, TestCase.Options, (_, _) => ValueTask.CompletedTask, TimeProvider.System, new KeptLog(), cancelled.Token));
        CaseLock.Take(_case.Folder).Dispose();
    }

    private static Task Send(EvidenceWriter writer, FlowRecord flow) => writer.RecordAsync(flow, default).AsTask();

    /// <summary>A writer whose first flow is being handed on and waits for the gate.</summary>
    private async Task<EvidenceWriter> OpenGatedAsync(EvidenceOptions options)
    {
        var writer = await _case.OpenAsync(options, async (_, _) =>
        {
            _entered.TrySetResult();
            await _gate.Task;
        });
        await Send(writer, Some.Flow(1));
        await _entered.Task;
        return writer;
    }
}
