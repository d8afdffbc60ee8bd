using System.Text;
using TrafficAudit.Model;
using TrafficAudit.Terminal;
using TrafficAudit.Testing;

namespace TrafficAudit.Tests.Terminal;

public sealed class LiveLinesTests
{
    [Fact]
    public void CompleteFlow_SaysWhatWentWhere() => Assert.Equal(
        "#7 03:04:05 200 POST https://api.shop.example/order 1.5 kB↑ 12 B↓ Shop CN (located)  ◆ email phone",
        LiveLines.Line(Flow(s => s, Finding("phone"), Finding("email"), Finding("phone"), Finding("card", Strength.F))));

    [Fact]
    public void FailedFlow_ShowsItsToken() => Assert.Equal(
        "#7 03:04:05 upstream_refused POST https://api.shop.example/order 1.5 kB↑ 12 B↓ Shop ?",
        LiveLines.Line(Flow(s => s with { Failure = FlowFailure.UpstreamRefused, Country = null })));

    [Fact]
    public void FlowWithoutAnswer_ShowsADash() =>
        Assert.StartsWith("#7 03:04:05 - POST ", LiveLines.Line(Flow(s => s with { Status = null })), StringComparison.Ordinal);

    [Fact]
    public void OpaqueFlow_ShowsHostAndPort() => Assert.StartsWith(
        "#7 03:04:05 client_rejected_certificate tls api.shop.example:443 ",
        LiveLines.Line(Flow(s => s with { Kind = FlowKind.Opaque, Scheme = "tls", Failure = FlowFailure.ClientRejectedCertificate })),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(FlowFailure.ClientRejectedCertificate, "  ✗ not read: the app refused the proxy's certificate")]
    [InlineData(FlowFailure.Bypassed, "  ✗ not read: left alone as asked (--bypass)")]
    [InlineData(FlowFailure.UpstreamRefused, "  ✗ nothing passed: the server refused the connection")]
    public void OpaqueFlow_SaysWhyItCouldNotBeRead(FlowFailure failure, string end) => Assert.EndsWith(
        end,
        LiveLines.Line(Flow(s => s with { Kind = FlowKind.Opaque, Scheme = "tls", Failure = failure })),
        StringComparison.Ordinal);

    [Fact]
    public void EveryFailure_IsSaidInPlainWords() => Assert.All(
        Enum.GetValues<FlowFailure>(),
        f => Assert.DoesNotContain(Token.Of(f), LiveLines.Line(Flow(s => s with { Kind = FlowKind.Opaque, Failure = f })).Split('✗')[1], StringComparison.Ordinal));

    [Fact]
    public void TerminalEscape_IsShownAndNotSent() =>
        Assert.DoesNotContain('\u001b', LiveLines.Line(Flow(s => s with { Path = "/\u001b]0;owned\u0007", Recipient = "\u001b[2J" })));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1 kB")]
    [InlineData(1_250_000, "1.3 MB")]
    [InlineData(5_000_000_000, "5 GB")]
    public void Size_IsShort(long bytes, string shown) =>
        Assert.Contains($" {shown}↑ ", LiveLines.Line(Flow(s => s with { BytesSent = bytes })), StringComparison.Ordinal);

    [Fact]
    public void LongPath_IsShortened()
    {
        var line = LiveLines.Line(Flow(s => s with { Path = "/" + new string('x', 400) }));

        Assert.Contains("x… 1.5 kB↑", line, StringComparison.Ordinal);
        Assert.True(line.Length < 200, line);
    }

    [Fact]
    public async Task SlowTerminal_HoldsUpNobodyAndIsToldWhatItMissed()
    {
        const int flows = 5000;
        using var terminal = new StuckWriter();
        await using (var lines = new LiveLines(terminal))
        {
            lines.Show(Flow(s => s));
            await terminal.Entered;
            for (var i = 1; i < flows; i++)
            {
                lines.Show(Flow(s => s));
            }

            terminal.Release();
        }

        var shown = terminal.Lines.Count(l => l.StartsWith('#'));
        var missed = Assert.Single(terminal.Lines, l => l.StartsWith('…'));
        Assert.Equal(1025, shown);
        Assert.Equal($"… {flows - shown} more flows were recorded than this terminal could show", missed);
    }

    private static AnalyzedFlow Flow(Func<FlowSummary, FlowSummary> change, params Finding[] findings) => new(
        change(new FlowSummary
        {
            Number = 7, Kind = FlowKind.Http, Time = Some.Time, Method = "POST", Scheme = "https", Host = "api.shop.example", Port = 443, Path = "/order",
            Status = 200, BytesSent = 1500, BytesReceived = 12, Country = "CN", CountryGrade = CountryGrade.Located, Recipient = "Shop",
        }),
        findings);

    private static Finding Finding(string item, Strength strength = Strength.A) => new()
    {
        Item = item, Detector = Detector.Persona, Strength = strength, Reason = "test", Value = "x",
        Location = new FindingLocation(MessageKind.Request, MessagePart.Body, "a", []), Direction = Direction.Collected,
    };

    /// <summary>A terminal that takes nothing until it is let go.</summary>
    private sealed class StuckWriter : TextWriter
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Encoding Encoding => Encoding.UTF8;

        public List<string> Lines { get; } = [];

        public Task Entered => _entered.Task;

        public void Release() => _released.SetResult();

        public override async Task WriteLineAsync(string? value)
        {
            _entered.TrySetResult();
            await _released.Task;
            Lines.Add(value!);
        }
    }
}
