using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Index.Tests;

public sealed class CoverageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadUnreadAndFailed_AreToldApartPerHostAndInAll()
    {
        var coverage = await CoverageAsync(
            Exchange(1, 1, "a.example"),
            Exchange(2, 1, "a.example"),
            Opaque(3, 2, "pinned.example", FlowFailure.ClientRejectedCertificate),
            Opaque(4, 3, "pinned.example", FlowFailure.ClientRejectedCertificate),
            Opaque(5, 4, "pinned.example", FlowFailure.Exempted, 1000, 9000),
            Opaque(6, 5, "raw.example", FlowFailure.NotHttp, 10, 20),
            Exchange(7, 6, "gone.example") with { Failure = FlowFailure.DnsFailed, Address = null });

        Assert.Equal((1, 4, 1), Connections(coverage.Total));
        Assert.Equal((2, 0, 1, 0), Exchanges(coverage.Total));
        Assert.Equal((240, 8192, 1010, 9020), Bytes(coverage.Total));
        Assert.Equal("2 client_rejected_certificate, 1 exempted, 1 not_http", Text(coverage.Total.Unread));
        Assert.Equal("1 dns_failed", Text(coverage.Total.Failed));
        Assert.Empty(coverage.Total.PartlyRead);
        Assert.Equal(20, coverage.Total.ReadPercent);
        Assert.Equal(["pinned.example", "raw.example", "gone.example", "a.example"], coverage.Hosts.Select(h => h.Host));
        Assert.Equal((0, 3, 0), Connections(coverage.Hosts[0].Counts));
        Assert.Equal((1, 0, 0), Connections(coverage.Hosts[3].Counts));
        Assert.Equal((0, 0, 0, 0), Bytes(coverage.Hosts[2].Counts));
    }

    [Fact]
    public async Task ConnectionWithSeveralHosts_CountsOnceAtEachAndOnceInAll()
    {
        var coverage = await CoverageAsync(Exchange(1, 1, "a.example"), Exchange(2, 1, "b.example"), Exchange(3, 1, "a.example"));

        Assert.Equal((1, 0, 0), Connections(coverage.Total));
        Assert.All(coverage.Hosts, h => Assert.Equal((1, 0, 0), Connections(h.Counts)));
    }

    [Fact]
    public async Task SameNumberInAnotherSession_IsAnotherConnection()
    {
        var coverage = await CoverageAsync(Exchange(1, 1, "a.example"), Exchange(2, 1, "a.example") with { Session = "s2" });

        Assert.Equal((2, 0, 0), Connections(coverage.Total));
        Assert.Equal((1, 0, 0), Connections(await FilteredAsync("session:s2")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UnreadFlowOnAConnectionThatWasRead_MakesItReadInPart(bool isUnreadFirst)
    {
        FlowSummary[] flows = [Exchange(isUnreadFirst ? 2 : 1, 1, "a.example"), Opaque(isUnreadFirst ? 1 : 2, 1, "a.example", FlowFailure.ClientProtocolError, 77)];
        var coverage = await CoverageAsync([.. flows.OrderBy(f => f.Number)]);

        Assert.Equal((1, 0, 0), Connections(coverage.Total));
        Assert.Equal("1 client_protocol_error", Text(coverage.Total.PartlyRead));
        Assert.Empty(coverage.Total.Unread);
        Assert.Equal(77, coverage.Total.BytesUnreadSent);
    }

    [Fact]
    public async Task CutBodiesAndUndecodedOnes_AreReadInPart()
    {
        var coverage = await CoverageAsync(
            Exchange(1, 1, "a.example") with { BytesReceived = 100, UnkeptReceived = 60, CaptureTruncated = true },
            Exchange(2, 1, "a.example") with { BytesSent = 50, UnkeptSent = 20, CaptureTruncated = true, DecodingTruncated = true },
            Exchange(3, 2, "a.example") with { Kind = FlowKind.WebSocket, MessagesUnreadable = true },
            Exchange(4, 2, "a.example") with { DecodingTruncated = true, Failure = FlowFailure.PolicyDenied });

        Assert.Equal((3, 3, 1, 0), Exchanges(coverage.Total));
        Assert.Equal((270, 8232, 20, 60), Bytes(coverage.Total));
        Assert.Equal("2 capture_limit, 1 decoding_truncated, 1 messages_unreadable", Text(coverage.Total.PartlyRead));
    }

    [Fact]
    public async Task ImportedExchanges_HaveNoConnections()
    {
        var imported = Exchange(1, 1, "a.example") with { Connection = null, Address = null };
        var coverage = await CoverageAsync(imported, imported with { Number = 2 }, imported with { Number = 3, Failure = FlowFailure.DnsFailed });

        Assert.Equal((0, 0, 0), Connections(coverage.Total));
        Assert.Equal((2, 0, 1, 3), Exchanges(coverage.Total));
        Assert.Null(coverage.Total.ReadPercent);
    }

    [Fact]
    public async Task OpaqueFlowsWithoutNumbers_AreAConnectionEach()
    {
        var opaque = Opaque(1, 1, "a.example", FlowFailure.NotHttp) with { Connection = null };

        Assert.Equal((0, 2, 0), Connections((await CoverageAsync(opaque, opaque with { Number = 2 })).Total));
    }

    [Fact]
    public async Task Filter_ChoosesFlows()
    {
        await CoverageAsync(Exchange(1, 1, "a.example"), Opaque(2, 2, "b.example", FlowFailure.Bypassed, 5));

        Assert.Equal((1, 0, 0), Connections(await FilteredAsync("host:a.example")));
        Assert.Equal((0, 1, 0), Connections(await FilteredAsync("failure:bypassed")));
        Assert.Equal((0, 0, 0), Connections(await FilteredAsync("host:c.example")));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("columns")]
    [InlineData("columns of an older layout")]
    public async Task SeveralSegmentsAndARestart_ChangeNothing(string lost)
    {
        Coverage before;
        await using (var index = await _folder.OpenAsync())
        {
            for (var number = 1; number <= 60; number++)
            {
                // Connections reach over the border of segments.
                var flow = number % 3 == 0 ? Opaque(number, 1 + (number / 4), $"h{number % 5}.example", FlowFailure.Bypassed, number, 1) : Exchange(number, 1 + (number / 4), $"h{number % 5}.example");
                await index.AddAsync(1 + (number / 31), number, Build.Flow(flow), TestContext.Current.CancellationToken);
            }

            before = index.Coverage(FlowFilter.None);
        }

        var columns = _folder.File("index/00001.columns");
        if (lost == "columns")
        {
            File.Delete(columns);
        }
        else if (lost != "none")
        {
            var bytes = await File.ReadAllBytesAsync(columns, TestContext.Current.CancellationToken);
            var version = bytes.AsSpan().IndexOf("columns-2"u8);
            bytes[version + 8] = (byte)'1';
            System.Security.Cryptography.SHA256.HashData(bytes.AsSpan(..^32)).CopyTo(bytes.AsSpan(^32..));
            await File.WriteAllBytesAsync(columns, bytes, TestContext.Current.CancellationToken);
        }

        await using var reopened = await _folder.OpenAsync();
        var after = reopened.Coverage(FlowFilter.None);
        Assert.Empty(reopened.Faults);
        Assert.Equal((15, 1, 0), Connections(after.Total));
        Assert.Equal(Describe(before), Describe(after));
    }

    private static FlowSummary Exchange(long number, long connection, string host) => Build.Summary(number, host) with { Connection = connection };

    private static FlowSummary Opaque(long number, long connection, string host, FlowFailure failure, long sent = 0, long received = 0) =>
        Exchange(number, connection, host) with
        {
            Kind = FlowKind.Opaque, Method = "", Path = "", Status = null, Scheme = "tls", BytesSent = sent, BytesReceived = received, Failure = failure,
        };

    private static (long Read, long Unread, long Failed) Connections(CoverageCounts c) => (c.ConnectionsRead, c.ConnectionsUnread, c.ConnectionsFailed);

    private static (long Read, long Partly, long Failed, long Imported) Exchanges(CoverageCounts c) =>
        (c.ExchangesRead, c.ExchangesPartlyRead, c.ExchangesFailed, c.ExchangesImported);

    private static (long Sent, long Received, long UnreadSent, long UnreadReceived) Bytes(CoverageCounts c) =>
        (c.BytesReadSent, c.BytesReadReceived, c.BytesUnreadSent, c.BytesUnreadReceived);

    private static string Text(IEnumerable<CoverageReason> reasons) => string.Join(", ", reasons.Select(r => $"{r.Count} {r.Token}"));

    private static string Describe(Coverage coverage) => string.Join('\n', coverage.Hosts.Select(h => (h.Host, h.Counts)).Prepend(("all", coverage.Total)).Select(
        h => $"{h.Item1} {Connections(h.Item2)} {Exchanges(h.Item2)} {Bytes(h.Item2)} {Text(h.Item2.Unread)} {Text(h.Item2.Failed)} {Text(h.Item2.PartlyRead)}"));

    private async Task<Coverage> CoverageAsync(params FlowSummary[] flows)
    {
        await using var index = await _folder.OpenAsync();
        await index.AddAllAsync([.. flows.Select(f => Build.Flow(f))]);
        return index.Coverage(FlowFilter.None);
    }

    private async Task<CoverageCounts> FilteredAsync(string filter)
    {
        await using var index = await _folder.OpenAsync();
        return index.Coverage(FlowFilter.Parse(filter)).Total;
    }
}
