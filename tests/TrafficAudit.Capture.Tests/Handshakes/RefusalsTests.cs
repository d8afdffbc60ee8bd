using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Capture.Handshakes;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Tests.Handshakes;

public sealed class RefusalsTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
    private readonly SetupChecks _checks = new();
    private readonly List<Exemption> _journal = [];

    [Fact]
    public async Task Alert_OfAClientThatTrustsTheAuthority_ExemptsItForTenMinutes()
    {
        var refusals = Trusted();

        Assert.Equal(RefusalVerdict.Exempted, await refusals.AlertedAsync("phone", "pinned.example", "unknown ca"));
        Assert.True(refusals.IsExempt("phone", "pinned.example"));
        Assert.False(refusals.IsExempt("phone", "other.example"));
        Assert.False(refusals.IsExempt("other phone", "pinned.example"));

        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.False(refusals.IsExempt("phone", "pinned.example"));
        var entry = Assert.Single(_journal);
        Assert.Equal(("phone", "pinned.example", "unknown ca", TimeSpan.FromMinutes(10)), (entry.Client, entry.Host, entry.Reason, entry.Until - entry.From));
    }

    [Fact]
    public async Task Alert_BeforeTheAuthorityIsKnownToBeTrusted_ExemptsNobody()
    {
        var refusals = Create(OnRefusal.Relay);

        Assert.Equal(RefusalVerdict.Refused, await refusals.AlertedAsync("phone", "pinned.example", "unknown ca"));
        Assert.False(refusals.IsExempt("phone", "pinned.example"));
        Assert.Empty(_journal);
    }

    [Fact]
    public async Task Alert_ForAHostThatWasDecryptedBefore_ExemptsNobody()
    {
        var refusals = Trusted();
        refusals.Decrypted("phone", "api.example");

        Assert.Equal(RefusalVerdict.Refused, await refusals.AlertedAsync("phone", "api.example", "unknown ca"));
        Assert.False(refusals.IsExempt("phone", "api.example"));
    }

    [Fact]
    public async Task SecondCloseInARow_IsARefusal()
    {
        var refusals = Trusted();

        Assert.Equal(RefusalVerdict.None, await refusals.ClosedAsync("phone", "pinned.example", TimeSpan.FromMilliseconds(50)));
        Assert.Equal(RefusalVerdict.Exempted, await refusals.ClosedAsync("phone", "pinned.example", TimeSpan.FromMilliseconds(50)));
    }

    [Fact]
    public async Task ClosesThatAreNotInARow_OrLate_AreNone()
    {
        var refusals = Trusted();

        await refusals.ClosedAsync("phone", "a.example", TimeSpan.FromMilliseconds(50));
        refusals.Decrypted("phone", "a.example");
        Assert.Equal(RefusalVerdict.None, await refusals.ClosedAsync("phone", "a.example", TimeSpan.FromMilliseconds(50)));

        Assert.Equal(RefusalVerdict.None, await refusals.ClosedAsync("phone", "b.example", TimeSpan.FromSeconds(60)));
        Assert.Equal(RefusalVerdict.None, await refusals.ClosedAsync("phone", "b.example", TimeSpan.FromSeconds(60)));
        Assert.Empty(_journal);
    }

    [Fact]
    public async Task OnRefusalFail_ExemptsNobody()
    {
        var refusals = Create(OnRefusal.Fail);
        _checks.Pass("phone", SetupCheck.CaTrusted);

        Assert.Equal(RefusalVerdict.Refused, await refusals.AlertedAsync("phone", "pinned.example", "unknown ca"));
        Assert.False(refusals.IsExempt("phone", "pinned.example"));
    }

    [Fact]
    public async Task RefusalsAtTheSameTime_AreJournalledOnce()
    {
        var refusals = Trusted();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => refusals.AlertedAsync("phone", "pinned.example", "unknown ca"))));

        Assert.Single(_journal);
    }

    [Fact]
    public async Task ManyInventedHosts_MakeNothingForgotten()
    {
        var refusals = Trusted();
        refusals.Decrypted("phone", "read.example");
        await refusals.AlertedAsync("phone", "pinned.example", "unknown ca");

        for (var i = 0; i < 20_010; i++)
        {
            await refusals.ClosedAsync("phone", $"n{i}.invented.example", TimeSpan.Zero);
        }

        Assert.True(refusals.IsExempt("phone", "pinned.example"));
        Assert.Equal(RefusalVerdict.Refused, await refusals.AlertedAsync("phone", "read.example", "unknown ca"));
        Assert.Equal(RefusalVerdict.Refused, await refusals.AlertedAsync("phone", "late.example", "unknown ca"));
    }

    [Fact]
    public async Task ExemptionThatCantBeJournalled_IsNone()
    {
        _checks.Pass("phone", SetupCheck.CaTrusted);
        var refusals = new Refusals(OnRefusal.Relay, _checks, _ => throw new IOException("the disk is full"), _time);

        Assert.Equal(RefusalVerdict.Refused, await refusals.AlertedAsync("phone", "pinned.example", "unknown ca"));
        Assert.False(refusals.IsExempt("phone", "pinned.example"));
    }

    private Refusals Trusted()
    {
        _checks.Pass("phone", SetupCheck.CaTrusted);
        return Create(OnRefusal.Relay);
    }

    private Refusals Create(OnRefusal onRefusal) => new(
        onRefusal,
        _checks,
        exemption =>
        {
            lock (_journal)
            {
                _journal.Add(exemption);
            }

            return Task.CompletedTask;
        },
        _time);
}
