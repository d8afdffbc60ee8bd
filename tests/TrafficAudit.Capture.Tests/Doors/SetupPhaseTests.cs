using System.Collections.Immutable;
using System.Net;
using TrafficAudit.Capture.Doors;

namespace TrafficAudit.Capture.Tests.Doors;

/// <summary>The tester's phases on a real Kestrel, set by a real client.</summary>
public sealed class SetupPhaseTests : IAsyncLifetime
{
    private readonly SetupSite _site = new();

    public ValueTask InitializeAsync() => _site.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task PairedPhone_SetsThePhaseOfItsOwnSession()
    {
        using var paired = await _site.Pair("Galaxy");
        Assert.Contains("No phase has been set yet.", (await _site.Get("/")).Text, StringComparison.Ordinal);

        using var answer = await SetAsync("before_consent");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal([(_site.Pairing.Devices[0].Id, "before_consent")], _site.Phases.Set);
        var page = (await _site.Get("/")).Text;
        Assert.Contains("Phase now: before consent.", page, StringComparison.Ordinal);
        Assert.Contains("현재 단계: 동의 전.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnLabel_IsShownAsText()
    {
        using var paired = await _site.Pair("Galaxy");

        using var answer = await SetAsync(" <b>at the till</b> ");

        Assert.Equal("<b>at the till</b>", _site.Phases.Set.Single().Phase);
        Assert.Contains("Phase now: &lt;b&gt;at the till&lt;/b&gt;.", (await _site.Get("/")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\nb")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task LabelThatIsNone_Refused(string label)
    {
        using var paired = await _site.Pair("Galaxy");

        using var answer = await SetAsync(label);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(_site.Phases.Set);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("http://site.example")]
    [InlineData("http://127.0.0.1:1")]
    public async Task FormOfAnotherSite_Refused(string? origin)
    {
        using var paired = await _site.Pair("Galaxy");

        using var answer = await SetAsync("consented", origin);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(_site.Phases.Set);
    }

    [Fact]
    public async Task PhoneThatIsNotPaired_NeitherOfferedNorServed()
    {
        Assert.DoesNotContain("action=\"/phase\"", (await _site.Get("/")).Text, StringComparison.Ordinal);

        using var answer = await SetAsync("consented");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(_site.Phases.Set);
    }

    [Fact]
    public async Task BlockedPhone_NeitherOfferedNorServed()
    {
        using var paired = await _site.Pair("Galaxy");
        _site.Pairing.Block(_site.Pairing.Devices[0].Id);
        Assert.DoesNotContain("action=\"/phase\"", (await _site.Get("/")).Text, StringComparison.Ordinal);

        using var answer = await SetAsync("consented");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(_site.Phases.Set);
    }

    [Fact]
    public async Task JournalThatCantBeWritten_IsSaid()
    {
        using var paired = await _site.Pair("Galaxy");
        _site.Phases.IsDiskFull = true;

        using var answer = await SetAsync("consented");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("not written into the evidence", await SetupSite.Text(answer), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> SetAsync(string label, string? origin = "own")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/phase", UriKind.Relative))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["phase"] = label }),
        };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin == "own" ? _site.Address.GetLeftPart(UriPartial.Authority) : origin);
        }

        return await _site.Phone.SendAsync(request, TestContext.Current.CancellationToken);
    }
}

/// <summary>Keeps the phases that testers set.</summary>
internal sealed class FakePhaseDesk : IPhaseDesk
{
    public ImmutableList<(string Device, string Phase)> Set { get; private set; } = [];

    /// <summary>Whether nothing can be written.</summary>
    public bool IsDiskFull { get; set; }

    public string? PhaseOf(Device device) => Set.FindLast(s => s.Device == device.Id).Phase;

    public Task SetPhaseAsync(Device device, string phase, CancellationToken cancellation)
    {
        Set = IsDiskFull ? throw new IOException("No space left on device") : Set.Add((device.Id, phase));
        return Task.CompletedTask;
    }
}
