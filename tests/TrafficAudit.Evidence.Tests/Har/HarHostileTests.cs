using System.Text;
using TrafficAudit.Evidence.Har;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Tests.Har;

public sealed class HarHostileTests
{
    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    [Fact]
    public async Task DeepJunkOutsideTheEntries_IsPassedOver()
    {
        var (result, flows) = await HarText.ImportAsync(
            $$$"""{"junk":{{{Nested(1_000_000)}}},"log":{"junk":{{{Nested(1_000_000)}}},"entries":[{{{HarText.Entry()}}}]}}""");

        Assert.Null(result.Fault);
        Assert.Single(flows);
    }

    [Fact]
    public async Task DeepJunkInAnEntry_IsPassedOverUpToTheBound()
    {
        var (result, flows) = await HarText.ImportAsync(HarText.File(
            HarText.Entry(more: $"\"_junk\":{Nested(9_000)}"), HarText.Entry(more: $"\"_junk\":{Nested(1_000_000)}"), HarText.Entry()));

        Assert.Equal(2, flows.Count);
        Assert.Equal("entries[1]", Assert.Single(result.Skipped).Place);
        Assert.StartsWith("the entry is nested deeper than 10000", result.Skipped[0].Text);
    }

    [Fact]
    public async Task DuplicateKeys_TheLastCounts()
    {
        var flow = await HarText.FlowAsync(HarText.Entry(
            HarText.Get + ",\"url\":\"https://last.example/\",\"headers\":[{\"name\":\"A\",\"value\":\"0\",\"value\":\"1\"}]",
            HarText.Ok + ",\"content\":{\"text\":\"last\",\"size\":4}",
            "\"time\":1,\"time\":7"));

        Assert.Equal("last.example", flow.Metadata.Host);
        Assert.Equal("GET / HTTP/1.1\r\nHost: last.example\r\nA: 1\r\n\r\n", flow.Request.Head());
        Assert.Equal("last", flow.Response.BodyText());
        Assert.Equal(TimeSpan.FromMilliseconds(7), flow.Metadata.Duration);
    }

    [Theory]
    [InlineData("\"request\":[]")]
    [InlineData("\"request\":null")]
    [InlineData("\"request\":\"x\"")]
    [InlineData("\"request\":{\"url\":{\"a\":[1]},\"headers\":{}}")]
    public async Task RequestOfAnotherType_SkipsTheEntry(string member)
    {
        Assert.Equal("request.url is missing", await HarText.SkipReasonAsync($$"""{"startedDateTime":"2026-01-02T03:04:05Z",{{member}}}"""));
    }

    [Fact]
    public async Task ValuesOfOtherTypes_AreTakenAsMissing()
    {
        var flow = await HarText.FlowAsync(
            """
            {"startedDateTime":"2026-01-02T03:04:05Z","time":{},"timings":[],"serverIPAddress":{"a":1},"_webSocketMessages":{},"_error":[],"_fromCache":null,
             "request":{"method":"GET","url":"https://a.example/","httpVersion":[],"headers":"none","bodySize":"x","postData":[1],"_content":7},
             "response":{"status":"200","statusText":null,"headers":null,"content":{"text":17,"size":[],"encoding":{}},"_error":{}}}
            """);

        Assert.Equal("HTTP/1.1 200 \r\n\r\n", flow.Response.Head());
        Assert.Equal("17", flow.Response.BodyText());
        Assert.Null(flow.Metadata.Upstream);
    }

    [Fact]
    public async Task TooManyFields_SkipTheEntry()
    {
        var headers = string.Join(',', Enumerable.Repeat("{}", 10_001));
        var parameters = string.Join(',', Enumerable.Repeat("{}", 100_001));

        Assert.Equal(
            "headers: more than 10000 fields in one message",
            await HarText.SkipReasonAsync(HarText.Entry(HarText.Get.Replace("\"headers\":[]", $"\"headers\":[{headers}]"))));
        Assert.Equal(
            "request.postData.params: more than 100000 of them",
            await HarText.SkipReasonAsync(HarText.Entry(HarText.Post($$"""{"params":[{{parameters}}]}"""))));
    }

    [Fact]
    public async Task HeadOverTheBound_SkipsTheEntry()
    {
        var headers = string.Join(',', Enumerable.Repeat(HarText.Header("A", new string('x', 1_000_000)), 9));

        Assert.Equal(
            "headers: a message's head is longer than 8388608 characters",
            await HarText.SkipReasonAsync(HarText.Entry(HarText.Get.Replace("\"headers\":[]", $"\"headers\":[{headers}]"))));
    }

    [Fact]
    public async Task LongKeys_ArePassedOver()
    {
        var key = new string('k', 500_000);

        var (result, flows) = await HarText.ImportAsync($$"""{"{{key}}":{"log":1},"log":{"{{key}}":"\"","entries":[{{HarText.Entry(more: $"\"{key}\":1")}}],"a":1} }""");

        Assert.Null(result.Fault);
        Assert.Single(flows);
    }

    [Fact]
    public async Task Reasons_HoldNoCapturedValue()
    {
        const string Secret = "someone@example.com";
        var (result, _) = await HarText.ImportAsync(HarText.File(
            HarText.Entry(HarText.Get.Replace("https://shop.example", $"data:{Secret}")),
            HarText.Entry(HarText.Get.Replace("https://shop.example", $"{Secret}:")),
            HarText.Entry(HarText.Get.Replace("GET", Secret)),
            HarText.Entry(more: $"\"startedDateTime\":\"{Secret}\""),
            HarText.Entry(response: HarText.Ok.Replace("\"ok\"", $"\"{Secret}\",\"encoding\":\"base64\"")),
            $$"""{"{{Secret}}": tru}""",
            HarText.Entry(HarText.Get.Replace("[]", $$"""[{"name":"{{Secret}} ","value":"1"}]"""))));

        Assert.Equal(6, result.SkippedCount);
        Assert.Equal(1, result.NoteCount);
        Assert.All(result.Skipped.Concat(result.Notes), r => Assert.DoesNotContain(Secret, r.Text));
    }

    [Fact]
    public async Task RandomDamage_NeverThrowsAnythingButARefusal()
    {
        var random = new Random(4711);
        var whole = Encoding.UTF8.GetBytes(HarText.File(
            HarText.Entry(),
            HarText.Entry(HarText.Post("""{"mimeType":"multipart/form-data","params":[{"name":"a","value":"\ud83d\ude00"}]}""")),
            HarText.Entry(response: HarText.Ok.Replace("\"ok\"", "\"AAECAw==\",\"encoding\":\"base64\""))));
        var outcomes = new Dictionary<string, int> { ["whole"] = 0, ["fault"] = 0, ["refused"] = 0 };
        for (var round = 0; round < 4_000; round++)
        {
            var damaged = (byte[])whole.Clone();
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                damaged[random.Next(damaged.Length)] = (byte)(random.Next(2) == 0 ? random.Next(256) : "\"\\{}[],:0u"u8[random.Next(10)]);
            }

            try
            {
                var (result, flows) = await HarText.ImportAsync(new PiecewiseStream(damaged, random.Next(1, 2_000)));
                Assert.All(flows, AssertSound);
                outcomes[result.Fault is null ? "whole" : "fault"]++;
            }
            catch (ImportException exception)
            {
                Assert.DoesNotContain('\n', exception.Message);
                outcomes["refused"]++;
            }
        }

        Assert.All(outcomes, o => Assert.NotEqual(0, o.Value));
    }

    private static void AssertSound(FlowRecord flow)
    {
        Assert.InRange(flow.Metadata.Port, 1, 65535);
        Assert.NotEmpty(flow.Metadata.Host);
        foreach (var message in new[] { flow.Request, flow.Response }.OfType<Message>())
        {
            var head = message.Head();
            Assert.EndsWith("\r\n\r\n", head);
            Assert.Equal(head.Length - 4, head.IndexOf("\r\n\r\n", StringComparison.Ordinal));
            Assert.DoesNotContain('\0', head);
            Assert.DoesNotContain('\n', head.Replace("\r\n", ""));
        }
    }
}
