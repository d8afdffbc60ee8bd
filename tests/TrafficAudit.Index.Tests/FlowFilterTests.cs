using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Index.Tests;

public sealed class FlowFilterTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Day = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private LiteDbCaseIndex _index = null!;

    public async ValueTask InitializeAsync()
    {
        _index = await _folder.OpenAsync();
        await _index.AddAllAsync(
            Build.Flow(Build.Summary(1, "us.img.temu.com") with { Time = Day, Phase = "before_consent", Recipient = "Whaleco", Country = "US" }, Build.Finding()),
            Build.Flow(Build.Summary(2, "temu.com") with { Time = Day.AddHours(14), Address = "192.0.2.77", BytesSent = 1 << 20, Phase = null, Method = "get", Status = 404, Recipient = "Whaleco", Country = "SG" }),
            Build.Flow(
                Build.Summary(3, "graph.facebook.com") with { Time = Day.AddHours(14).AddMinutes(20), Address = "2001:db8::1", BytesReceived = 500, Recipient = "Meta Platforms", Status = 500, Device = "Galaxy A", Path = "/v9/Activities" },
                Build.Finding("email") with { Detector = Detector.Correlation },
                Build.Finding("phone", Strength.F)),
            Build.Flow(Build.Summary(4, "") with
            {
                Time = Day.AddDays(1).AddMilliseconds(-1), Address = null, Scheme = "tls", Kind = FlowKind.Opaque, Method = "", Path = "", Status = null, Country = null, Failure = FlowFailure.UpstreamTimeout, Session = null, Device = null,
            }),
            Build.Flow(Build.Summary(5, "a,b.example") with { Time = Day.AddDays(1), Kind = FlowKind.WebSocket, Status = 101, Path = "/x*y(z)", Recipient = "A, B \"x\" GmbH" }));
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
    [InlineData("country:US or country:SG", "1 2")]
    [InlineData("country:US OR status:500 and host:graph*", "1 3")]
    [InlineData("(country:US or status:500) and host:graph*", "3")]
    [InlineData("host:graph* status:500 or country:US", "1 3")]
    [InlineData("not country:US", "2 3 4 5")]
    [InlineData("Not not country:US", "1")]
    [InlineData("not -country:US", "1")]
    [InlineData("not country:US or status:200", "1 2 3 4 5")]
    [InlineData("not (country:US or status:500)", "2 4 5")]
    [InlineData("-(country:US or status:500) -kind:opaque", "2 5")]
    [InlineData("not(country:US) and(status:500)", "3")]
    [InlineData("-(-(country:US))", "1")]
    [InlineData("  ( country:US  or\tcountry:SG )  ", "1 2")]
    [InlineData("((country:US) or ((temu -img)))", "1 2")]
    [InlineData("\"and\" or \"not\"", "")]
    [InlineData("andr or orange", "")]
    [InlineData("grade:located country_grade:located", "1 2 3 4 5")]
    [InlineData("confidence:certain", "1 3")]
    [InlineData("confidence:possible", "")]
    [InlineData("state:clear", "1 3")]
    [InlineData("-state:clear", "2 4 5")]
    [InlineData("state:hashed", "")]
    [InlineData("read:unread,failed", "4")]
    [InlineData("read:read", "1 2 3 5")]
    [InlineData("flow:2..4", "2 3 4")]
    [InlineData("flow:#2,4..", "2 4 5")]
    [InlineData("flow:..2,5", "1 2 5")]
    [InlineData("flow:>=4", "4 5")]
    [InlineData("flow:0", "")]
    [InlineData("status:400..499,500..", "2 3")]
    [InlineData("status:..199", "5")]
    [InlineData("size:4216", "1 4 5")]
    [InlineData("size:>4.2kb size:<5KB", "1 4 5")]
    [InlineData("size:>1MB", "2")]
    [InlineData("size:1000000..1MiB", "")]
    [InlineData("sent:1MiB", "2")]
    [InlineData("sent:>=120B received:<4KiB", "3")]
    [InlineData("received:4kib", "1 2 4 5")]
    [InlineData("path:/v9/*", "3")]
    [InlineData("path:activities", "")]
    [InlineData("-path:/v1/*", "3 4 5")]
    [InlineData("scheme:https", "1 2 3 5")]
    [InlineData("scheme:TLS", "4")]
    [InlineData("address:192.0.2.10", "1 5")]
    [InlineData("address:192.0.2.0/24", "1 2 5")]
    [InlineData("address:192.0.2.9/24", "1 2 5")]
    [InlineData("address:0.0.0.0/0", "1 2 5")]
    [InlineData("address:::/0", "3")]
    [InlineData("address:::ffff:192.0.2.10", "1 5")]
    [InlineData("address:2001:db8::/32,192.0.2.77", "2 3")]
    [InlineData("address:2001:DB8:0::1", "3")]
    [InlineData("address:*", "1 2 3 5")]
    [InlineData("-address:*", "4")]
    public void Filter_LetsThrough(string filter, string expected) => Assert.Equal(expected, string.Join(' ', _index.Numbers(filter)));

    [Theory]
    [InlineData("time:..", "1 2 3 4 5")]
    [InlineData("time:*", "1 2 3 4 5")]
    [InlineData("time:2026-11-23", "1 2 3 4")]
    [InlineData("time:2026-11-23T23:59", "4")]
    [InlineData("time:2026-11-23T14:00..", "2 3 4 5")]
    [InlineData("time:..2026-11-23T14:20Z", "1 2")]
    [InlineData("time:2026-11-23T23:00+09:00..2026-11-23T14:20:00.001", "2 3")]
    [InlineData("time:2026-11-23..2026-11-24", "1 2 3 4")]
    [InlineData("time:14:00..14:20", "2")]
    [InlineData("time:14:00..14:20:01", "2 3")]
    [InlineData("time:14:20", "3")]
    [InlineData("time:14:20:00", "3")]
    [InlineData("time:14:20:00.5", "")]
    [InlineData("time:23:00..", "4")]
    [InlineData("time:..14:00", "1 5")]
    [InlineData("time:23:50..00:10", "1 4 5")]
    [InlineData("time:14:20,2026-11-24", "3 5")]
    [InlineData("-time:2026-11-23", "5")]
    public void Time_LetsThrough(string filter, string expected) => Assert.Equal(expected, string.Join(' ', _index.Numbers(filter)));

    [Theory]
    [InlineData("party:first", "1 2")]
    [InlineData("-party:first", "3 4 5")]
    [InlineData("party:third", "3 5")]
    [InlineData("party:first,third", "1 2 3 5")]
    [InlineData("party:*", "1 2 3 5")]
    [InlineData("party:third or party:first host:us*", "1 3 5")]
    public void Party_IsOfTheCasesDomains(string filter, string expected)
    {
        var context = new FilterContext { FirstPartyDomains = ["shop.example", ".Temu.com.", "book.com"] };
        Assert.Equal(expected, string.Join(' ', _index.Ascending(FlowFilter.Parse(filter, context)).Select(f => f.Number)));
    }

    [Theory]
    [InlineData("marked:yes", "2 4")]
    [InlineData("marked:no", "1 3 5")]
    [InlineData("-marked:yes host:*temu*", "1")]
    [InlineData("saved:shop", "1 2")]
    [InlineData("-saved:SHOP", "3 4 5")]
    [InlineData("saved:\"two of them\" marked:yes", "4")]
    [InlineData("saved:shop,\"two of them\"", "1 2 4 5")]
    [InlineData("saved:nothing", "1 2 3 4 5")]
    public void MarksAndKeptFilters_AreOfTheCase(string filter, string expected)
    {
        var kept = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["shop"] = "host:temu.com or host:us*", ["two of them"] = "flow:4..5", ["nothing"] = "", ["broken"] = "status:abc", ["another"] = "saved:shop", ["content"] = "body:x",
        };
        var context = new FilterContext { IsMarked = number => number is 2 or 4, Saved = kept.GetValueOrDefault };

        Assert.Equal(expected, string.Join(' ', _index.Ascending(FlowFilter.Parse(filter, context)).Select(f => f.Number)));
        Assert.True(FlowFilter.Parse("saved:content", context).LooksIntoContent);
        Assert.Contains("three digits", Fault("a saved:broken", 9), StringComparison.Ordinal);
        Assert.Contains("can't be used here", Fault("saved:another", 7), StringComparison.Ordinal);
        Assert.Contains("keeps no filter", Fault("saved:none", 7), StringComparison.Ordinal);

        string Fault(string text, int position)
        {
            var fault = Assert.Throws<FlowFilterException>(() => FlowFilter.Parse(text, context));
            Assert.Equal(position, fault.Position);
            return fault.Message;
        }
    }

    [Theory]
    [InlineData("device:\"Kim*\"", "")]
    [InlineData("device:\"Spare phone\"", "1 2 5")]
    [InlineData("device:galaxy*", "1 2 3 5")]
    [InlineData("device:phone-1", "1 2 5")]
    [InlineData("-device:*", "4")]
    public void Device_IsKnownByIdAndNames(string filter, string expected)
    {
        var context = new FilterContext
        {
            DeviceNames = () => new[] { ("phone-1", "Galaxy B"), ("phone-1", "Spare phone"), ("other", "Galaxy C") }.ToLookup(d => d.Item1, d => d.Item2),
        };
        Assert.Equal(expected, string.Join(' ', _index.Ascending(FlowFilter.Parse(filter, context)).Select(f => f.Number)));
    }

    [Theory]
    [InlineData("hots:a", 1, "address, assigned, body, carrier, cloaks, confidence, consent, country, country_grade, decision, detector, device, failure, field, flow, group_country, host, item, kind, marked, method, party, path, phase, read, received, recipient, recipient_country, saved, scheme, sent, session, size, state, status, tag, time")]
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
    [InlineData("(a", 1, "closes this one is missing")]
    [InlineData("a or (b (c)", 6, "closes this one is missing")]
    [InlineData("host:a)", 7, "closes nothing")]
    [InlineData("(a))", 4, "closes nothing")]
    [InlineData("()", 2, "a word or a term is missing")]
    [InlineData("(host:)", 7, "value is missing")]
    [InlineData("a(b)", 2, "a ( must not stand here")]
    [InlineData("(a)b", 4, "after a closing parenthesis")]
    [InlineData("(a)(b)", 4, "after a closing parenthesis")]
    [InlineData("a and", 6, "a word or a term is missing")]
    [InlineData("a or ", 6, "a word or a term is missing")]
    [InlineData("not", 4, "a word or a term is missing")]
    [InlineData("or a", 1, "missing before this word")]
    [InlineData("a and OR b", 7, "missing before this word")]
    [InlineData("(and)", 2, "missing before this word")]
    [InlineData("-and", 2, "after - comes")]
    [InlineData("-not a", 2, "after - comes")]
    [InlineData("not:a", 1, "no such term")]
    [InlineData("or,a", 3, "comma")]
    [InlineData("country_grade:sure", 15, "unknown, confirmed, located, disputed, edge")]
    [InlineData("party:second", 7, "first, third")]
    [InlineData("a party:first", 9, "first_party_domains")]
    [InlineData("state:open", 7, "clear, hashed, encoded, masked, zeroed, encrypted")]
    [InlineData("confidence:sure", 12, "certain, likely, possible")]
    [InlineData("read:partly", 6, "read, unread, failed")]
    [InlineData("status:499..400", 8, "the lower first")]
    [InlineData("status:1..5", 8, "three digits")]
    [InlineData("flow:x", 6, "a flow's number")]
    [InlineData("flow:1,##2", 8, "a flow's number")]
    [InlineData("flow:99999999999999999999", 6, "a flow's number")]
    [InlineData("size:>1TB", 6, "1.5MB")]
    [InlineData("sent:-1", 6, "a number of bytes")]
    [InlineData("received:1e5", 10, "a number of bytes")]
    [InlineData("size:99999999999GB", 6, "a number of bytes")]
    [InlineData("size:MB", 6, "a number of bytes")]
    [InlineData("time:25:00", 6, "14:00..14:20")]
    [InlineData("time:14:00..2026-11-26", 6, "two alike")]
    [InlineData("time:2026-02-30", 6, "a date")]
    [InlineData("time:14:00..14:00", 6, "no time between")]
    [InlineData("time:2026-11-27..2026-11-26", 6, "no time between")]
    [InlineData("time:a..", 6, "a date")]
    [InlineData("address:1", 9, "IP address")]
    [InlineData("address:192.0.2.0/33", 9, "a network such as")]
    [InlineData("address:192.0.2.*", 9, "IP address")]
    [InlineData("decided:open", 1, "no such term")]
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
        const string Alphabet = "a:,\"-*()<>=4 \n\tx\u0000가";
        string[] pieces = ["host:", "status:", "item:", "time:", "size:", "flow:", "address:", "party:", "and ", " or ", "not", "..", "14:00", "2026-11-26T", "1.5MB", "192.0.2.0/24", "::/0"];
        var random = new Random(7);
        for (var i = 0; i < 100_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12))
                .Select(_ => random.Next(3) == 0 ? pieces[random.Next(pieces.Length)] : Alphabet[random.Next(Alphabet.Length)].ToString()));
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

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("-(")]
    [InlineData("not ")]
    [InlineData("(not -")]
    [InlineData("a or ")]
    [InlineData("\"")]
    public void LongHostileText_IsAFault(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 4096 / piece.Length));
        Assert.InRange(Assert.Throws<FlowFilterException>(() => FlowFilter.Parse(text)).Position, 1, 4097);
    }

    [Fact]
    public void DeepFilter_IsReadUpToItsBound()
    {
        static string Nested(int depth) => $"{string.Concat(Enumerable.Repeat("-(a or ", depth))}host:temu.com{new string(')', depth)}";
        Assert.NotEmpty(_index.Numbers(Nested(64)));
        var fault = Assert.Throws<FlowFilterException>(() => FlowFilter.Parse(Nested(65)));
        Assert.Equal((64 * 7) + 2, fault.Position);
        Assert.NotEmpty(_index.Numbers(string.Concat(Enumerable.Repeat("not ", 1000)) + "host:temu.com"));
    }

    [Theory]
    [InlineData("host:a item:b device:c time:14:00 address:192.0.2.1 flow:1 party:third state:clear size:>1 phase:d", false)]
    [InlineData("host:a (country:CN or not (item:b c))", true)]
    [InlineData("-word", true)]
    [InlineData("path:/users/*", true)]
    [InlineData("host:a or -path:/users/*", true)]
    public void FilterThatLooksIntoPaths_SaysSo(string filter, bool expected) =>
        Assert.Equal(expected, FlowFilter.Parse(filter, new FilterContext { FirstPartyDomains = ["a.example"] }).LooksIntoPaths);

    [Fact]
    public void ManyWildcards_TakeNoTime()
    {
        var pattern = TextPattern.Wildcard(string.Concat(Enumerable.Repeat("a*", 500)) + "b");
        Assert.False(pattern.Matches(new string('a', 20_000)));
    }

    [Fact]
    public void Text_IsKept() => Assert.Equal("host:a  b", FlowFilter.Parse("host:a  b").ToString());
}
