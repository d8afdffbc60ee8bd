using System.Net;
using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Capture.Tests.Doors;

public sealed class PairingTests : IDisposable
{
    private static readonly IPAddress Phone = IPAddress.Parse("192.0.2.10");
    private static readonly IPAddress OtherPhone = IPAddress.Parse("192.0.2.11");

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(Some.Time);
    private readonly FixedRandom _random = new();
    private readonly RecordingLogger _log = new();
    private readonly Pairing _pairing;

    public PairingTests() => _pairing = Open();

    public void Dispose()
    {
        _pairing.Dispose();
        _random.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Secret_Has128BitsInUrlSafeCharacters()
    {
        Assert.Matches("^[A-Za-z0-9_-]{22}$", _pairing.Current.Value);
        Assert.Equal(Some.Time.AddMinutes(10), _pairing.Current.Expires);
        Assert.Equal($"/pair?s={_pairing.Current.Value}", _pairing.Current.PathAndQuery);
        Assert.DoesNotContain(_pairing.Current.Value, _pairing.Current.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void RightSecret_PairsTheAddress()
    {
        var outcome = _pairing.TryPair(_pairing.Current.Value, Phone, "Test phone 1");

        Assert.Equal(PairResult.Paired, outcome.Result);
        Assert.Equal("Test phone 1", outcome.Device!.Name);
        Assert.Matches("^device-[0-9a-f]{12}$", outcome.Device.Id);
        Assert.Equal(Some.Time, outcome.Device.PairedAt);
        Assert.Matches("^[A-Za-z0-9_-]{43}$", outcome.Cookie);
        Assert.Same(outcome.Device, _pairing.DeviceOf(Phone));
        Assert.Null(_pairing.DeviceOf(OtherPhone));
    }

    [Fact]
    public void MappedAddress_IsTheSamePhone()
    {
        Pair(IPAddress.Parse("::ffff:192.0.2.10"));

        Assert.NotNull(_pairing.DeviceOf(Phone));
        Assert.Equal([Phone], _pairing.Devices.Single().Addresses);
    }

    [Fact]
    public void InterfaceNumber_IsNoPartOfThePhone()
    {
        Pair(IPAddress.Parse("fe80::7%2"));

        Assert.NotNull(_pairing.DeviceOf(IPAddress.Parse("fe80::7%3")));
    }

    [Fact]
    public void UsedSecret_PairsNobodyElseAndIsFollowedByANewOne()
    {
        var used = _pairing.Current.Value;
        _pairing.TryPair(used, Phone, "first");

        Assert.NotEqual(used, _pairing.Current.Value);
        Assert.Equal(PairResult.WrongSecret, _pairing.TryPair(used, OtherPhone, "second").Result);
        Assert.Null(_pairing.DeviceOf(OtherPhone));
        Assert.Equal(PairResult.Paired, _pairing.TryPair(_pairing.Current.Value, OtherPhone, "second").Result);
    }

    [Fact]
    public void ExpiredSecret_IsReplacedAndNoLongerGood()
    {
        var first = _pairing.Current.Value;
        _clock.Advance(TimeSpan.FromMinutes(9.9));
        Assert.Equal(first, _pairing.Current.Value);
        _clock.Advance(TimeSpan.FromMinutes(0.2));

        Assert.NotEqual(first, _pairing.Current.Value);
        Assert.Equal(PairResult.WrongSecret, _pairing.TryPair(first, Phone, "late").Result);
        Assert.Empty(_pairing.Devices);
    }

    [Fact]
    public void LifeOfASecret_StartsAnewWithEachOne()
    {
        _clock.Advance(TimeSpan.FromMinutes(8));
        Pair(Phone);
        var second = _pairing.Current.Value;

        _clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(second, _pairing.Current.Value);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotEqual(second, _pairing.Current.Value);
    }

    [Fact]
    public void EverySecret_IsAnnouncedOnceAndOutsideTheLock()
    {
        var shown = new List<string>();
        _pairing.SecretChanged += (_, _) =>
        {
            shown.Add(_pairing.Current.Value);

            // A lock that was still held would stop this thread.
            var other = new Thread(() => _ = _pairing.Devices);
            other.Start();
            Assert.True(other.Join(TimeSpan.FromSeconds(5)));
        };

        _pairing.TryPair("wrong", Phone, "x");
        Pair(Phone);
        _clock.Advance(TimeSpan.FromMinutes(10));
        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(3, shown.Count);
        Assert.Equal(3, shown.Distinct().Count());
        Assert.Equal(_pairing.Current.Value, shown[^1]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("\0")]
    [InlineData("\ud800")]
    public void WrongSecret_PairsNobody(string? secret) => Assert.Equal(PairResult.WrongSecret, _pairing.TryPair(secret, Phone, "x").Result);

    [Fact]
    public void SecretWithMoreOrLessBehindIt_IsWrong()
    {
        var secret = _pairing.Current.Value;

        Assert.Equal(PairResult.WrongSecret, _pairing.TryPair(secret[..^1], Phone, "x").Result);
        Assert.Equal(PairResult.WrongSecret, _pairing.TryPair(secret + "A", Phone, "x").Result);
        Assert.Equal(PairResult.WrongSecret, _pairing.TryPair(secret + new string('A', 100_000), Phone, "x").Result);
        Assert.Equal(PairResult.WrongSecret, _pairing.TryPair(secret.ToUpperInvariant() + "x", Phone, "x").Result);
    }

    [Fact]
    public void FiveWrongSecrets_CloseTheAddressForTenMinutes()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(PairResult.WrongSecret, _pairing.TryPair($"wrong{i}", Phone, "x").Result);
        }

        Assert.Equal(PairResult.TooManyGuesses, _pairing.TryPair(_pairing.Current.Value, Phone, "x").Result);
        Assert.Equal(PairResult.TooManyGuesses, _pairing.TryPair(_pairing.Current.Value, IPAddress.Parse("::ffff:192.0.2.10"), "x").Result);
        Assert.Equal(PairResult.Paired, _pairing.TryPair(_pairing.Current.Value, OtherPhone, "x").Result);
        _clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(PairResult.Paired, _pairing.TryPair(_pairing.Current.Value, Phone, "x").Result);
    }

    [Fact]
    public void CookieFromANewAddress_MovesTheDevice()
    {
        var outcome = Pair(Phone);

        var moved = _pairing.TryPairAgain(outcome.Cookie, OtherPhone);

        Assert.Equal(outcome.Device!.Id, moved!.Id);
        Assert.Equal([OtherPhone, Phone], moved.Addresses);
        Assert.Same(moved, _pairing.DeviceOf(OtherPhone));
        Assert.Same(moved, _pairing.TryPairAgain(outcome.Cookie, OtherPhone));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("guess")]
    public void UnknownCookie_PairsNobody(string? cookie)
    {
        Pair(Phone);

        Assert.Null(_pairing.TryPairAgain(cookie, OtherPhone));
        Assert.Null(_pairing.DeviceOf(OtherPhone));
    }

    [Fact]
    public void AddressThatGoesToAnotherPhone_LeavesTheFirst()
    {
        var first = Pair(Phone);
        var second = Pair(Phone);

        Assert.Equal(second.Device!.Id, _pairing.DeviceOf(Phone)!.Id);
        Assert.Empty(_pairing.Devices.Single(d => d.Id == first.Device!.Id).Addresses);
    }

    [Fact]
    public void PhoneThatMovesOften_KeepsItsLastEightAddresses()
    {
        var outcome = Pair(Phone);
        for (var i = 100; i < 120; i++)
        {
            _pairing.TryPairAgain(outcome.Cookie, IPAddress.Parse($"198.51.100.{i}"));
        }

        Assert.Equal(8, _pairing.Devices.Single().Addresses.Length);
        Assert.NotNull(_pairing.DeviceOf(IPAddress.Parse("198.51.100.119")));
        Assert.Null(_pairing.DeviceOf(Phone));
    }

    [Fact]
    public void Rename_ChangesTheNameEverywhere()
    {
        var device = Pair(Phone).Device!;

        Assert.True(_pairing.Rename(device.Id, "Blue phone\u0007"));
        Assert.Equal("Blue phone", _pairing.DeviceOf(Phone)!.Name);
        Assert.False(_pairing.Rename("device-000000000000", "x"));
    }

    [Fact]
    public void Restart_KeepsDevicesAddressesAndCookies()
    {
        var outcome = Pair(Phone);

        using var later = Open();

        var kept = later.DeviceOf(Phone)!;
        Assert.Equal(outcome.Device! with { Addresses = [] }, kept with { Addresses = [] });
        Assert.Equal([Phone], kept.Addresses);
        Assert.Equal(kept.Id, later.TryPairAgain(outcome.Cookie, OtherPhone)!.Id);
        Assert.NotEqual(_pairing.Current.Value, later.Current.Value);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void Door_AdmitsPairedPhonesOrEverybody()
    {
        var device = Pair(Phone).Device;

        Assert.True(new Door(DoorPolicy.Paired, _pairing).Admits(Phone, out var known));
        Assert.Same(device, known);
        Assert.False(new Door(DoorPolicy.Paired, _pairing).Admits(OtherPhone, out var unknown));
        Assert.Null(unknown);
        Assert.True(new Door(DoorPolicy.All, _pairing).Admits(OtherPhone, out unknown));
        Assert.Null(unknown);
        Assert.True(new Door(DoorPolicy.All, _pairing).Admits(Phone, out known));
        Assert.Same(device, known);
    }

    [Fact]
    public void PolicyTokens_AreTheOptionsWords() => Assert.Equal(["paired", "all"], Token.All<DoorPolicy>());

    [Fact]
    public async Task ManyPhonesWithOneSecret_PairOnlyOne()
    {
        var secret = _pairing.Current.Value;
        using var barrier = new Barrier(8);
        var results = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait(TestContext.Current.CancellationToken);
                return _pairing.TryPair(secret, IPAddress.Parse($"198.51.100.{i}"), "x").Result;
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Single(results, r => r == PairResult.Paired);
        Assert.Single(_pairing.Devices);
    }

    private Pairing Open() => new(_folder.Path, _clock, _random, _log);

    private PairOutcome Pair(IPAddress address)
    {
        var outcome = _pairing.TryPair(_pairing.Current.Value, address, "Test phone");
        Assert.Equal(PairResult.Paired, outcome.Result);
        return outcome;
    }
}
