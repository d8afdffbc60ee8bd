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

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new(Some.Time);
    private readonly FixedRandom random = new();
    private readonly RecordingLogger log = new();
    private readonly Pairing pairing;

    public PairingTests() => pairing = Open();

    public void Dispose()
    {
        pairing.Dispose();
        random.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Secret_Has128BitsInUrlSafeCharacters()
    {
        Assert.Matches("^[A-Za-z0-9_-]{22}$", pairing.Current.Value);
        Assert.Equal(Some.Time.AddMinutes(10), pairing.Current.Expires);
        Assert.Equal($"/pair?s={pairing.Current.Value}", pairing.Current.PathAndQuery);
        Assert.DoesNotContain(pairing.Current.Value, pairing.Current.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void RightSecret_PairsTheAddress()
    {
        var outcome = pairing.TryPair(pairing.Current.Value, Phone, "Test phone 1");

        Assert.Equal(PairResult.Paired, outcome.Result);
        Assert.Equal("Test phone 1", outcome.Device!.Name);
        Assert.Matches("^device-[0-9a-f]{12}$", outcome.Device.Id);
        Assert.Equal(Some.Time, outcome.Device.PairedAt);
        Assert.Matches("^[A-Za-z0-9_-]{43}$", outcome.Cookie);
        Assert.Same(outcome.Device, pairing.DeviceOf(Phone));
        Assert.Null(pairing.DeviceOf(OtherPhone));
    }

    [Fact]
    public void MappedAddress_IsTheSamePhone()
    {
        Pair(IPAddress.Parse("::ffff:192.0.2.10"));

        Assert.NotNull(pairing.DeviceOf(Phone));
        Assert.Equal([Phone], pairing.Devices.Single().Addresses);
    }

    [Fact]
    public void InterfaceNumber_IsNoPartOfThePhone()
    {
        Pair(IPAddress.Parse("fe80::7%2"));

        Assert.NotNull(pairing.DeviceOf(IPAddress.Parse("fe80::7%3")));
    }

    [Fact]
    public void UsedSecret_PairsNobodyElseAndIsFollowedByANewOne()
    {
        var used = pairing.Current.Value;
        pairing.TryPair(used, Phone, "first");

        Assert.NotEqual(used, pairing.Current.Value);
        Assert.Equal(PairResult.WrongSecret, pairing.TryPair(used, OtherPhone, "second").Result);
        Assert.Null(pairing.DeviceOf(OtherPhone));
        Assert.Equal(PairResult.Paired, pairing.TryPair(pairing.Current.Value, OtherPhone, "second").Result);
    }

    [Fact]
    public void ExpiredSecret_IsReplacedAndNoLongerGood()
    {
        var first = pairing.Current.Value;
        clock.Advance(TimeSpan.FromMinutes(9.9));
        Assert.Equal(first, pairing.Current.Value);
        clock.Advance(TimeSpan.FromMinutes(0.2));

        Assert.NotEqual(first, pairing.Current.Value);
        Assert.Equal(PairResult.WrongSecret, pairing.TryPair(first, Phone, "late").Result);
        Assert.Empty(pairing.Devices);
    }

    [Fact]
    public void LifeOfASecret_StartsAnewWithEachOne()
    {
        clock.Advance(TimeSpan.FromMinutes(8));
        Pair(Phone);
        var second = pairing.Current.Value;

        clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(second, pairing.Current.Value);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotEqual(second, pairing.Current.Value);
    }

    [Fact]
    public void EverySecret_IsAnnouncedOnceAndOutsideTheLock()
    {
        var shown = new List<string>();
        pairing.SecretChanged += (_, _) =>
        {
            shown.Add(pairing.Current.Value);

            // A lock that was still held would stop this thread.
            var other = new Thread(() => _ = pairing.Devices);
            other.Start();
            Assert.True(other.Join(TimeSpan.FromSeconds(5)));
        };

        pairing.TryPair("wrong", Phone, "x");
        Pair(Phone);
        clock.Advance(TimeSpan.FromMinutes(10));
        clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(3, shown.Count);
        Assert.Equal(3, shown.Distinct().Count());
        Assert.Equal(pairing.Current.Value, shown[^1]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("\0")]
    [InlineData("\ud800")]
    public void WrongSecret_PairsNobody(string? secret) => Assert.Equal(PairResult.WrongSecret, pairing.TryPair(secret, Phone, "x").Result);

    [Fact]
    public void SecretWithMoreOrLessBehindIt_IsWrong()
    {
        var secret = pairing.Current.Value;

        Assert.Equal(PairResult.WrongSecret, pairing.TryPair(secret[..^1], Phone, "x").Result);
        Assert.Equal(PairResult.WrongSecret, pairing.TryPair(secret + "A", Phone, "x").Result);
        Assert.Equal(PairResult.WrongSecret, pairing.TryPair(secret + new string('A', 100_000), Phone, "x").Result);
        Assert.Equal(PairResult.WrongSecret, pairing.TryPair(secret.ToUpperInvariant() + "x", Phone, "x").Result);
    }

    [Fact]
    public void FiveWrongSecrets_CloseTheAddressForTenMinutes()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(PairResult.WrongSecret, pairing.TryPair($"wrong{i}", Phone, "x").Result);
        }

        Assert.Equal(PairResult.TooManyGuesses, pairing.TryPair(pairing.Current.Value, Phone, "x").Result);
        Assert.Equal(PairResult.TooManyGuesses, pairing.TryPair(pairing.Current.Value, IPAddress.Parse("::ffff:192.0.2.10"), "x").Result);
        Assert.Equal(PairResult.Paired, pairing.TryPair(pairing.Current.Value, OtherPhone, "x").Result);
        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(PairResult.Paired, pairing.TryPair(pairing.Current.Value, Phone, "x").Result);
    }

    [Fact]
    public void CookieFromANewAddress_MovesTheDevice()
    {
        var outcome = Pair(Phone);

        var moved = pairing.TryPairAgain(outcome.Cookie, OtherPhone);

        Assert.Equal(outcome.Device!.Id, moved!.Id);
        Assert.Equal([OtherPhone, Phone], moved.Addresses);
        Assert.Same(moved, pairing.DeviceOf(OtherPhone));
        Assert.Same(moved, pairing.TryPairAgain(outcome.Cookie, OtherPhone));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("guess")]
    public void UnknownCookie_PairsNobody(string? cookie)
    {
        Pair(Phone);

        Assert.Null(pairing.TryPairAgain(cookie, OtherPhone));
        Assert.Null(pairing.DeviceOf(OtherPhone));
    }

    [Fact]
    public void AddressThatGoesToAnotherPhone_LeavesTheFirst()
    {
        var first = Pair(Phone);
        var second = Pair(Phone);

        Assert.Equal(second.Device!.Id, pairing.DeviceOf(Phone)!.Id);
        Assert.Empty(pairing.Devices.Single(d => d.Id == first.Device!.Id).Addresses);
    }

    [Fact]
    public void PhoneThatMovesOften_KeepsItsLastEightAddresses()
    {
        var outcome = Pair(Phone);
        for (var i = 100; i < 120; i++)
        {
            pairing.TryPairAgain(outcome.Cookie, IPAddress.Parse($"198.51.100.{i}"));
        }

        Assert.Equal(8, pairing.Devices.Single().Addresses.Length);
        Assert.NotNull(pairing.DeviceOf(IPAddress.Parse("198.51.100.119")));
        Assert.Null(pairing.DeviceOf(Phone));
    }

    [Fact]
    public void Rename_ChangesTheNameEverywhere()
    {
        var device = Pair(Phone).Device!;

        Assert.True(pairing.Rename(device.Id, "Blue phone\u0007"));
        Assert.Equal("Blue phone", pairing.DeviceOf(Phone)!.Name);
        Assert.False(pairing.Rename("device-000000000000", "x"));
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
        Assert.NotEqual(pairing.Current.Value, later.Current.Value);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public void Door_AdmitsPairedPhonesOrEverybody()
    {
        var device = Pair(Phone).Device;

        Assert.True(new Door(DoorPolicy.Paired, pairing).Admits(Phone, out var known));
        Assert.Same(device, known);
        Assert.False(new Door(DoorPolicy.Paired, pairing).Admits(OtherPhone, out var unknown));
        Assert.Null(unknown);
        Assert.True(new Door(DoorPolicy.All, pairing).Admits(OtherPhone, out unknown));
        Assert.Null(unknown);
        Assert.True(new Door(DoorPolicy.All, pairing).Admits(Phone, out known));
        Assert.Same(device, known);
    }

    [Fact]
    public void PolicyTokens_AreTheOptionsWords() => Assert.Equal(["paired", "all"], Token.All<DoorPolicy>());

    [Fact]
    public async Task ManyPhonesWithOneSecret_PairOnlyOne()
    {
        var secret = pairing.Current.Value;
        using var barrier = new Barrier(8);
        var results = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait(TestContext.Current.CancellationToken);
                return pairing.TryPair(secret, IPAddress.Parse($"198.51.100.{i}"), "x").Result;
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Single(results, r => r == PairResult.Paired);
        Assert.Single(pairing.Devices);
    }

    private Pairing Open() => new(folder.Path, clock, random, log);

    private PairOutcome Pair(IPAddress address)
    {
        var outcome = pairing.TryPair(pairing.Current.Value, address, "Test phone");
        Assert.Equal(PairResult.Paired, outcome.Result);
        return outcome;
    }
}
