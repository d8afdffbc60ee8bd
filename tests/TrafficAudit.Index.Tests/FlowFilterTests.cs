using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Index.Tests;

public sealed class FlowFilterTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private LiteDbCaseIndex _index = null!;

    public async ValueTask InitializeAsync()
    {
        _index = await _folder.OpenAsync();
        await _index.AddAllAsync(
            Build.Flow(Build.Summary(1, "us.img.temu.com") with { Phase = "before_consent", Recipient = "Whaleco", Country = "US" }, Build.Finding()),
            Build.Flow(Build.Summary(2, "temu.com") with { Phase = null, Method = "get", Status = 404, Recipient = "Whaleco", Country = "SG" }),
            Build.Flow(
                Build.Summary(3, "graph.facebook.com") with { Recipient = "Meta Platforms", Status = 500, Device = "Galaxy A", Path = "/v9/Activities" },
                Build.Finding("email") with { Detector = Detector.Correlation },
                Build.Finding("phone", Strength.F)),
            Build.Flow(Build.Summary(4, "") with
            {
                Kind = FlowKind.Opaque, Method = "", Path = "", Status = null, Country = null, Failure = FlowFailure.UpstreamTimeout, Session = null, Device = null,
            }),
            Build.Flow(Build.Summary(5, "a,b.example") with { Kind = FlowKind.WebSocket, Status = 101, Path = "/x*y(z)", Recipient = "A, B \"x\" GmbH" }));
    }

    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("", "1 2 3 4 5")]
    [InlineData("  \t ", "1 2 3 4 5")]
    [InlineData("host:*.temu.com", "1")]
    [InlineData("host:*temu.com", "1 2")]
    [InlineData("host:TEMU.com", "2")]
    [InlineData("HOST:temu.com", "2")]
    [InlineData("host:us.*.com", "1")]
    [InlineData("host:*.*.*", "1 3")]
    [InlineData("host:temu*temu.com", "")]
    [InlineData("item:phone", "1")]
    [InlineData("item:*", "1 3")]
    [InlineData("-item:*", "2 4 5")]
    [InlineData("item:phone,email", "1 3")]
    [InlineData("item:phone item:email", "")]
    [InlineData("detector:persona", "1")]
    [InlineData("detector:persona,correlation", "1 3")]
    [InlineData("-detector:correlation", "1 2 4 5")]
    [InlineData("country:CN,SG", "2 3 5")]
    [InlineData("country:us", "1")]
    [InlineData("-country:*", "4")]
    [InlineData("status:>=400", "2 3")]
    [InlineData("status:>404", "3")]
    [InlineData("status:<=200", "1 5")]
    [InlineData("status:<200", "5")]
    [InlineData("status:=200", "1")]
    [InlineData("status:404,>=500", "2 3")]
    [InlineData("status:*", "1 2 3 5")]
    [InlineData("-status:200", "2 3 4 5")]
    [InlineData("method:POST", "1 3 5")]
    [InlineData("method:GET", "2")]
    [InlineData("phase:before_consent", "1")]
    [InlineData("-phase:*", "2")]
    [InlineData("recipient:\"Meta Platforms\"", "3")]
    [InlineData("recipient:\"meta platforms\",whaleco", "1 2 3")]
    [InlineData("recipient:Meta*", "3")]
    [InlineData("recipient:\"Meta*\"", "")]
    [InlineData("device:\"Galaxy A\"", "3")]
    [InlineData("session:s1 kind:http", "1 2 3")]
    [InlineData("-session:s1", "4")]
    [InlineData("failure:upstream_timeout", "4")]
    [InlineData("failure:upstream_*", "4")]
    [InlineData("failure:*", "4")]
    [InlineData("-failure:*", "1 2 3 5")]
    [InlineData("kind:opaque,web_socket", "4 5")]
    [InlineData("temu", "1 2")]
    [InlineData("TEMU -img", "2")]
    [InlineData("activities", "3")]
    [InlineData("v9*ties", "3")]
    [InlineData("\"*y(z)\"", "5")]
    [InlineData("\"a,b\"", "5")]
    [InlineData("-\"a,b\"", "1 2 3 4")]
    [InlineData("\"or\"", "")]
    [InlineData("host:*.com status:200 item:phone", "1")]
    public void Filter_LetsThrough(string filter, string expected) => Assert.Equal(expected, string.Join(' ', _index.Numbers(filter)));

    [Theory]
    [InlineData("hots:a", 1, "carrier, cloaks, country, detector, device, failure, grade, group_country, host, item, kind, method, phase, recipient, recipient_country, session, status")]
    [InlineData("temu -hots:a", 7, "no such term")]
    [InlineData("http://a.example", 1, "quotes")]
    [InlineData("status:abc", 8, "three digits")]
    [InlineData("status:200,4xx", 12, "three digits")]
    [InlineData("status:=>400", 8, "three digits")]
    [InlineData("status:99999999999", 8, "three digits")]
    [InlineData("kind:tcp", 6, "http, web_socket, opaque")]
    [InlineData("detector:guess", 10, "persona, rule, pattern, key, correlation")]
    [InlineData("failure:upstream_timeout,nope", 26, "client_rejected_certificate")]
    [InlineData("host:", 6, "value is missing")]
    [InlineData("host:a,", 8, "value is missing")]
    [InlineData("host:,a", 6, "value is missing")]
    [InlineData("host: a", 6, "value is missing")]
    [InlineData(":a", 1, "missing")]
    [InlineData("a -", 4, "missing")]
    [InlineData("- a", 2, "missing")]
    [InlineData("--a:b", 2, "no such term")]
    [InlineData("a,b", 2, "comma")]
    [InlineData("\"a\",b", 4, "missing")]
    [InlineData("recipient:\"Meta", 11, "closing quote")]
    [InlineData("recipient:\"\"", 11, "nothing between")]
    [InlineData("recipient:\"a\"b", 14, "after a closing quote")]
    [InlineData("recipient:a\"b\"", 12, "must not stand here")]
    [InlineData("(a", 1, "must not stand here")]
    [InlineData("host:a)", 7, "must not stand here")]
    [InlineData("a or b", 3, "all hold")]
    [InlineData("NOT b", 1, "all hold")]
    [InlineData("-and", 2, "all hold")]
    public void Fault_MessageIsOneLineWithPositionAndWhatIsAllowed(string filter, int position, string says)
    {
        var fault = Assert.Throws<FlowFilterException>(() => FlowFilter.Parse(filter));
        Assert.Equal(position, fault.Position);
        Assert.StartsWith($"filter, position {position}: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void TooLong_IsRefused() => Assert.Throws<FlowFilterException>(() => FlowFilter.Parse(new string('a', 5000)));

    [Fact]
    public void AnyText_IsAFilterOrAFilterFault()
    {
        const string Alphabet = "a:,\"-*()<>=4 \n\tx\u0000가host:status:item:";
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            try
            {
                _index.Numbers(text);
            }
            catch (FlowFilterException fault)
            {
                Assert.InRange(fault.Position, 1, text.Length + 1);
                Assert.DoesNotContain('\n', fault.Message);
            }
        }
    }

    [Fact]
    public void ManyWildcards_TakeNoTime()
    {
        var pattern = TextPattern.Wildcard(string.Concat(Enumerable.Repeat("a*", 500)) + "b");
        Assert.False(pattern.Matches(new string('a', 20_000)));
    }

    [Fact]
    public void Text_IsKept() => Assert.Equal("host:a  b", FlowFilter.Parse("host:a  b").ToString());
}
