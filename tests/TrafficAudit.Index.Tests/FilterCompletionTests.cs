using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Index.Tests;

public sealed class FilterCompletionTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private LiteDbCaseIndex _index = null!;

    public async ValueTask InitializeAsync()
    {
        _index = await _folder.OpenAsync();
        await _index.AddAllAsync(
            Build.Flow(Build.Summary(1, "api.shop.example"), Build.Finding(), Build.Finding()),
            Build.Flow(Build.Summary(2, "api.shop.example") with { Device = "Galaxy A" }, Build.Finding("email")),
            Build.Flow(Build.Summary(3, "api.shop.example"), Build.Finding("gaid", Strength.F)),
            Build.Flow(Build.Summary(4, "Ads.example") with { Recipient = "A, B \"x\" GmbH", Phase = null }, Build.Finding("email")),
            Build.Flow(Build.Summary(5, "ads.example") with { Recipient = "Ads (Inc.)", Country = null, Phase = "idle" }));

        // The flow with this number again: the older row is none any more.
        await _index.AddAllAsync(Build.Flow(Build.Summary(5, "ads.example") with { Recipient = "Ads (Inc.)", Country = "KR", Phase = "idle" }));
    }

    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("host:|", "[api.shop.example]3 [Ads.example]1 [ads.example]1")]
    [InlineData("host:a|", "[api.shop.example]3 [Ads.example]1 [ads.example]1")]
    [InlineData("host:AP|", "[api.shop.example]3")]
    [InlineData("host:*shop|", "[api.shop.example]3")]
    [InlineData("host:x|", "")]
    [InlineData("item:|", "[email]2 [phone]1")]
    [InlineData("-item:ph|", "[phone]1")]
    [InlineData("(a or not item:ph|)", "[phone]1")]
    [InlineData("item:phone,e|", "[email]2")]
    [InlineData("country:|", "[CN]4 [KR]1")]
    [InlineData("phase:|", "[browse]3 [idle]1")]
    [InlineData("device:|", "[phone-1]4 [\"Galaxy A\"]1")]
    [InlineData("device:\"gal|", "[\"Galaxy A\"]1")]
    [InlineData("recipient:|", "[\"Shop Example\"]3 [A**B**x**GmbH]1 [\"Ads (Inc.)\"]1")]
    [InlineData("method:p|", "[POST]5")]
    [InlineData("scheme:|", "[https]5")]
    [InlineData("address:|", "[192.0.2.10]5")]
    [InlineData("country_grade:|", "[unknown] [confirmed] [located] [disputed] [edge]")]
    [InlineData("grade:d|", "[disputed]")]
    [InlineData("party:|", "[first] [third]")]
    [InlineData("kind:|", "[http] [web_socket] [opaque]")]
    [InlineData("state:H|", "[hashed]")]
    [InlineData("confidence:l|", "[likely]")]
    [InlineData("detector:p|", "[persona] [pattern]")]
    [InlineData("failure:client_r|", "[client_rejected_certificate] [client_reset]")]
    [InlineData("read:u|", "[unread]")]
    [InlineData("status:4|", "")]
    [InlineData("time:14:00|", "")]
    [InlineData("path:/|", "")]
    [InlineData("nonsense:|", "")]
    [InlineData("ho|", "[host:]")]
    [InlineData("-co|", "[confidence:] [consent:] [country:] [country_grade:]")]
    [InlineData("host:a.example O|", "[or]")]
    [InlineData("(no|", "[not]")]
    [InlineData("\"ho|", "")]
    [InlineData("\"a or (\" s|", "[saved:] [scheme:] [sent:] [session:] [size:] [state:] [status:]")]
    public void Cursor_IsToldWhatMayStandThere(string typed, string expected)
    {
        var (text, position) = Cursor(typed);
        Assert.Equal(expected, string.Join(' ', At(text, position).Select(s => $"[{s.Text}]{s.Flows}")));
    }

    [Theory]
    [InlineData("host:api.sh| item:phone", "host:api.shop.example item:phone")]
    [InlineData("host:ap|i.shop.exa item:phone", "host:api.shop.example item:phone")]
    [InlineData("item:e|,phone", "item:email,phone")]
    [InlineData("(item:ph|)", "(item:phone)")]
    [InlineData("device:\"Gal|", "device:\"Galaxy A\"")]
    [InlineData("device:\"Gal|axy A\" a", "device:\"Galaxy A\" a")]
    [InlineData("device:gal|", "device:\"Galaxy A\"")]
    [InlineData("-hos|", "-host:")]
    [InlineData("hos|t:a.example", "host:a.example")]
    [InlineData("hos|p or x", "host: or x")]
    [InlineData("a O|", "a or")]
    public void Suggestion_ReplacesTheWordAtTheCursor(string typed, string expected)
    {
        var (text, position) = Cursor(typed);
        var suggestion = At(text, position)[0];
        Assert.Equal(expected, text.Remove(suggestion.Start, suggestion.Length).Insert(suggestion.Start, suggestion.Text));
    }

    [Fact]
    public void EverySuggestedValue_IsAFilterThatFindsItsFlows()
    {
        foreach (var name in FlowFilter.Names.Where(n => n is not ("party" or "consent")))
        {
            foreach (var value in At($"{name}:", name.Length + 1))
            {
                var numbers = _index.Numbers($"{name}:{value.Text}");
                Assert.True(value.Flows is null || numbers.Length >= value.Flows, $"{name}:{value.Text}");
            }
        }
    }

    [Fact]
    public void NothingTyped_OffersNamesAndKeywords() =>
        Assert.Equal([.. FlowFilter.Names.Select(n => $"{n}:"), "and", "or", "not"], At("", 0).Select(s => s.Text));

    [Fact]
    public async Task ManyValues_AreBounded()
    {
        for (var number = 10; number < 200; number++)
        {
            await _index.AddAllAsync(Build.Flow(Build.Summary(number, $"h{number}.example")));
        }

        Assert.Equal(FilterCompletion.Limit, At("host:", 5).Count);
        Assert.Equal("api.shop.example", At("host:", 5)[0].Text);
    }

    [Fact]
    public void AnyTextAndCursor_GivesRangesWithinTheText()
    {
        const string Alphabet = "ab:,\"-*() \t";
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(4) == 0 ? "host:" : Alphabet[random.Next(Alphabet.Length)].ToString()));
            var position = random.Next(text.Length + 1);
            Assert.All(At(text, position), s => Assert.True(s.Start >= 0 && s.Start <= position && s.Start + s.Length >= position && s.Start + s.Length <= text.Length));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => At("a", 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => At("a", -1));
    }

    private static (string Text, int Position) Cursor(string typed) => (typed.Replace("|", "", StringComparison.Ordinal), typed.IndexOf('|', StringComparison.Ordinal));

    private IReadOnlyList<FilterSuggestion> At(string text, int position) => new FilterCompletion(_index).At(text, position);
}
