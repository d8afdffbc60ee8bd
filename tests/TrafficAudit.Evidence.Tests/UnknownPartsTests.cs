using Microsoft.Extensions.Logging.Abstractions;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests;

/// <summary>Whatever of a flow is not known is left out of its metadata; the flow must be read back all the same.</summary>
public sealed class UnknownPartsTests
{
    [Fact]
    public async Task FlowOfWhichLittleIsKnown_IsReadBack()
    {
        using var captures = new TemporaryFolder();
        var folder = CaseFolder.Create(captures.Path, new CaseInfo { Name = "c", Created = Some.Time, ToolVersion = "0" });
        var full = Some.Flow();
        var bare = full with
        {
            Metadata = new FlowMetadata
            {
                Number = 1, Kind = FlowKind.Http, Started = Some.Time, Origin = "captured", Scheme = "https", Host = "a.example", Port = 443,
                Client = new Peer("198.51.100.7", 1), Upstream = new Peer("192.0.2.1", 443, Tls: new TlsSession("TLSv1.3", "TLS_AES_128_GCM_SHA256", [])),
                Request = full.Metadata.Request, Response = full.Metadata.Response,
            },
        };
        await using (var writer = await EvidenceWriter.OpenAsync(
            folder, new EvidenceOptions { Software = "test" }, (_, _) => ValueTask.CompletedTask, TimeProvider.System, NullLogger.Instance, CancellationToken.None))
        {
            await writer.RecordAsync(bare, CancellationToken.None);
        }

        var read = new EvidenceReader(folder).ReadAll().Select(e => e.Flow).OfType<StoredFlow>().Single().Flow.Metadata;

        Assert.Null(read.Upstream!.Tls!.Alpn);
        Assert.Null(read.Duration);
    }
}
