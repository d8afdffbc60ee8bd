using TrafficAudit.Evidence.Tests.Imports;
using TrafficAudit.Evidence.WebArchives;
using TrafficAudit.Model;
using TrafficAudit.Testing;
using static TrafficAudit.Evidence.Tests.WebArchives.WarcText;

namespace TrafficAudit.Evidence.Tests.WebArchives;

/// <summary>Revisit records (ISO 28500, section 6.7) get the body they refer to.</summary>
public sealed class RevisitTests
{
    private const string Identical = "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n";
    private const string Digest = "WARC-Payload-Digest: sha1:AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHH\r\n";
    private const string Head = "HTTP/1.1 200 OK\r\nX-Second: 1\r\nContent-Length: 2\r\n\r\n";

    [Theory]
    [InlineData("WARC-Refers-To: <urn:uuid:first>\r\n")]
    [InlineData("WARC-Refers-To-Target-URI: https://shop.example/items?id=1\r\nWARC-Refers-To-Date: 2026-01-02T03:04:05.678901Z\r\n")]
    [InlineData(Digest)]
    public async Task Revisit_HasTheBodyItRefersTo(string reference)
    {
        using var folder = new TemporaryFolder();
        var (result, flows) = await new WarcFormat().ImportAsync(
            Members(
                Response("first", fields: Digest), Request("r", fields: ConcurrentTo("again")),
                Record("revisit", "again", Head, fields: Identical + reference)),
            folder.Path);

        var again = flows.Single(f => f.Response.Head().Contains("X-Second", StringComparison.Ordinal));
        Assert.Equal("ok", again.Response.BodyText());
        Assert.Equal((2, 2, true), (again.Metadata.Response!.BodyLength, again.Metadata.Response.BodyCaptured, again.Metadata.Response.Complete));
        Assert.Equal([FlowNote.RevisitResolved], again.Metadata.Notes!.Value);
        Assert.Equal(2, result.Imported);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task RevisitOfWhatIsNotThere_SaysThatItsBodyIsNotKnown()
    {
        var (_, flows) = await new WarcFormat().ImportAsync(Plain(
            Request("r"), Record("revisit", "again", Head, fields: Identical + "WARC-Refers-To: <urn:uuid:elsewhere>\r\n" + ConcurrentTo("r"))));

        var flow = Assert.Single(flows);
        Assert.Equal((2, 0, false), (flow.Metadata.Response!.BodyLength, flow.Metadata.Response.BodyCaptured, flow.Metadata.Response.Complete));
        Assert.Equal([FlowNote.RevisitUnresolved], flow.Metadata.Notes!.Value);
    }

    [Fact]
    public async Task NotModified_HasNoBody()
    {
        var (_, flows) = await new WarcFormat().ImportAsync(Plain(
            Response("first"), Request("r", fields: ConcurrentTo("again")),
            Record(
                "revisit", "again", "HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n",
                fields: "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/server-not-modified\r\nWARC-Refers-To: <urn:uuid:first>\r\n")));

        var again = flows.Single(f => f.Response.Head().Contains("304", StringComparison.Ordinal));
        Assert.Equal((0, true, null), (again.Metadata.Response!.BodyLength, again.Metadata.Response.Complete, again.Metadata.Notes));
    }
}
