using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Recording;

/// <summary>A new case in a folder of its own, and what its writers handed on.</summary>
internal sealed class TestCase : IDisposable
{
    private readonly TemporaryFolder _folder;

    public TestCase()
        : this(new TemporaryFolder(), null)
    {
    }

    /// <param name="folder">Deleted with the case.</param>
    /// <param name="captures">Where the case is created; null for in the folder.</param>
    public TestCase(TemporaryFolder folder, string? captures)
    {
        _folder = folder;
        Folder = CaseFolder.Create(captures ?? folder.Path, Info("lab"));
    }

    public static EvidenceOptions Options { get; } = new() { Software = "TrafficAudit test" };

    public CaseFolder Folder { get; }

    public EvidenceReader Reader => new(Folder);

    public ConcurrentQueue<StoredFlow> Committed { get; } = new();

    public string FirstSegment => Folder.SegmentPath(1);

    public static CaseInfo Info(string name) => new() { Name = name, Created = Some.Time, ToolVersion = "1.2.3" };

    public static Task<EvidenceWriter> OpenAsync(
        CaseFolder folder, EvidenceOptions? options = null, Func<StoredFlow, CancellationToken, ValueTask>? committed = null, ILogger? logger = null)
    {
        committed ??= (_, _) => ValueTask.CompletedTask;
        return EvidenceWriter.OpenAsync(folder, options ?? Options, committed, new FakeTimeProvider(Some.Time), logger ?? NullLogger.Instance, default);
    }

    public Task<EvidenceWriter> OpenAsync(
        EvidenceOptions? options = null, Func<StoredFlow, CancellationToken, ValueTask>? committed = null, ILogger? logger = null) =>
        OpenAsync(Folder, options, committed ?? Collect, logger);

    /// <summary>Records <paramref name="count"/> small flows by a writer of their own.</summary>
    public async Task RecordAsync(int count, EvidenceOptions? options = null)
    {
        await using var writer = await OpenAsync(options);
        for (var i = 0; i < count; i++)
        {
            await writer.RecordAsync(Some.Flow(writer.TakeNumber()), default);
        }
    }

    public List<FlowRecord> Flows() => [.. Reader.ReadAll().Where(e => e.Flow is not null).Select(e => e.Flow!.Flow)];

    public List<JournalEntry> Journal(string kind) => [.. Reader.ReadAll().Where(e => e.Entry?.Kind == kind).Select(e => e.Entry!)];

    /// <summary>A flow with a request of <paramref name="bytes"/> random bytes.</summary>
    public static FlowRecord Large(long number, int bytes) =>
        Some.Flow(number, request: Some.Message("POST /upload HTTP/1.1\nHost: api.shop.example", RandomNumberGenerator.GetBytes(bytes)));

    public static string HeadText(Message? message) => Encoding.Latin1.GetString(message!.Head.Span);

    public void Dispose() => _folder.Dispose();

    private ValueTask Collect(StoredFlow flow, CancellationToken cancellation)
    {
        Committed.Enqueue(flow);
        return ValueTask.CompletedTask;
    }
}
