using System.Text;
using System.Text.Json;
using TrafficAudit.Model;
using TrafficAudit.Results;
using TrafficAudit.Running;
using TrafficAudit.Testing;
using TrafficAudit.Tests.Pipeline;

namespace TrafficAudit.Tests.Results;

/// <summary>What <c>coverage</c> prints: the contract that scripts depend on, and the sentence for people.</summary>
public sealed class CoverageOutputTests : IDisposable
{
    private static readonly string[] Keys =
    [
        "connections_read", "connections_unread", "connections_failed", "read_percent", "exchanges_read", "exchanges_partly_read", "exchanges_failed",
        "exchanges_imported", "bytes_read_sent", "bytes_read_received", "bytes_unread_sent", "bytes_unread_received", "unread", "failed", "partly_read",
    ];

    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Json_HasEveryKeyOfTheContract()
    {
        await RecordAsync();
        using var json = JsonDocument.Parse(await WriteAsync("json"));

        var total = json.RootElement.GetProperty("total");
        Assert.Equal(Keys, total.EnumerateObject().Select(p => p.Name));
        Assert.Equal((1, 2, 1), (Number(total, "connections_read"), Number(total, "connections_unread"), Number(total, "connections_failed")));
        Assert.Equal((11, 60), (Number(total, "bytes_read_received"), Number(total, "bytes_unread_sent") + Number(total, "bytes_unread_received")));
        Assert.Equal(["bypassed", "client_rejected_certificate"], total.GetProperty("unread").EnumerateArray().Select(r => r.GetProperty("token").GetString()));
        var hosts = json.RootElement.GetProperty("hosts").EnumerateArray().ToList();
        Assert.Equal(4, hosts.Count);
        Assert.All(hosts, h => Assert.Equal(Keys, h.GetProperty("counts").EnumerateObject().Select(p => p.Name)));
        Assert.Equal(["bypassed.example", "pinned.example", "gone.example", "api.shop.example"], hosts.Select(h => h.GetProperty("host").GetString()));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(160)]
    public async Task Table_FitsTheTerminalAndBeginsWithTheTotals(int width)
    {
        await RecordAsync();
        var lines = (await WriteAsync("table", width)).Split('\n');

        Assert.StartsWith("Read 1 of 3 connections (33 %), 11 of 71 B; not read: 1 bypassed", lines[0], StringComparison.Ordinal);
        Assert.All(lines, l => Assert.True(l.Length <= width, l));

        // Narrow: the reasons stand below their host.
        var pinned = Array.FindIndex(lines, 1, l => l.StartsWith("  pinned.example ", StringComparison.Ordinal));
        Assert.Contains("1 client_rejected_certificate", lines[pinned + (width == 80 ? 1 : 0)], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_HasAllHostsTogetherAndEachAlone()
    {
        await RecordAsync();
        var lines = (await WriteAsync("csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(6, lines.Length);
        Assert.StartsWith("Host,Connections read,Connections unread,Connections failed,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("(all),1,2,1,33,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",bypassed=1 client_rejected_certificate=1,upstream_refused=1,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportedExchanges_AreSaidToHaveNoConnections()
    {
        await _lab.RecordAsync(null, Some.Flow(1), Some.Flow(2));

        Assert.StartsWith(
            "Read 2 exchanges, 22 B; 2 exchanges were imported: of connections, and of what else passed, the file says nothing.",
            await WriteAsync("table"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task CutBody_IsReadInPart()
    {
        var flow = Some.Flow(1);
        var response = flow.Metadata.Response! with { BodyLength = 1000 };
        await _lab.RecordAsync(null, flow with { Metadata = flow.Metadata with { Connection = 1, Response = response } });

        Assert.StartsWith(
            "Read 1 of 1 connections (100 %), 11 B of 1 kB; read in part: 1 capture_limit (api.shop.example).",
            await WriteAsync("table"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmptyCase_SaysThatThereIsNothing() => Assert.Equal("Nothing to show.", (await WriteAsync("table")).Trim());

    private static long Number(JsonElement counts, string name) => counts.GetProperty(name).GetInt64();

    private Task RecordAsync()
    {
        var read = Some.Flow(1);
        return _lab.RecordAsync(
            null,
            read with { Metadata = read.Metadata with { Connection = 1, Session = "s1" } },
            Opaque(2, "pinned.example", FlowFailure.ClientRejectedCertificate),
            Opaque(3, "bypassed.example", FlowFailure.Bypassed, 20, 40),
            Opaque(4, "gone.example", FlowFailure.UpstreamRefused));
    }

    private static FlowRecord Opaque(long number, string host, FlowFailure failure, long sent = 0, long received = 0) => new(
        new FlowMetadata
        {
            Number = number, Kind = FlowKind.Opaque, Started = Some.Time, Session = "s1", Origin = "captured", Scheme = "tls", Host = host, Port = 443,
            Connection = number, Failure = failure, BytesSent = sent, BytesReceived = received,
        },
        null,
        null);

    private async Task<string> WriteAsync(string format, int? width = null)
    {
        await using var recording = await _lab.OpenAsync();
        using var output = new MemoryStream();
        await RecordedCase.RendererOf(_lab.Case, recording.Index, _lab.Sources, recording.Correlation, recording.Books).WriteAsync(
            new ResultRequest("coverage", format) { Width = width }, output, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
