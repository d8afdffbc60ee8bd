using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Testing;

namespace TrafficAudit.Capture.Tests.Certificates;

public sealed class LeafCertificatesTests : IDisposable
{
    private static readonly string LongHost = string.Join('.', Enumerable.Repeat("abcdefghi", 12)) + ".example";

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly CertificateAuthority _authority;
    private readonly LeafCertificates _leaves;

    public LeafCertificatesTests()
    {
        _authority = CertificateAuthority.LoadOrCreate(_folder.Path, _clock);
        _leaves = new LeafCertificates(_authority, _clock);
    }

    public void Dispose()
    {
        _leaves.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("api.shop.example", "DNS:api.shop.example", "-verify_hostname")]
    [InlineData("쇼핑.example", "DNS:xn--hp4bo76a.example", null)]
    [InlineData("my_host.example", "DNS:my_host.example", null)]
    [InlineData("192.0.2.7", "IP Address:192.0.2.7", "-verify_ip")]
    [InlineData("2001:db8::7", "IP Address:2001:DB8:0:0:0:0:0:7", "-verify_ip")]
    public async Task OpenSsl_AcceptsTheLeafForItsName(string host, string alternativeName, string? check)
    {
        var (ca, leaf) = await Write(host);
        string[] nameCheck = check is null ? [] : [check, host];
        string[] verify = ["verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", ca, .. nameCheck, leaf];

        Assert.Contains("OK", await OpenSsl.Run(verify), StringComparison.Ordinal);
        var text = await OpenSsl.Run("x509", "-in", leaf, "-noout", "-text");
        Assert.Contains(alternativeName + "\n", text, StringComparison.Ordinal);
        Assert.Contains("TLS Web Server Authentication", text, StringComparison.Ordinal);
        Assert.Contains("Digital Signature", text, StringComparison.Ordinal);
        Assert.Contains("Subject Key Identifier", text, StringComparison.Ordinal);
        Assert.Contains("Authority Key Identifier", text, StringComparison.Ordinal);
        Assert.DoesNotContain("CA:TRUE", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostOver64Characters_HasNoCommonNameAndStillVerifies()
    {
        var (ca, leaf) = await Write(LongHost);

        var verdict = await OpenSsl.Run("verify", "-x509_strict", "-CAfile", ca, "-verify_hostname", LongHost, leaf);
        Assert.Contains("OK", verdict, StringComparison.Ordinal);
        Assert.Equal("O=TrafficAudit", _leaves.For(LongHost)!.TargetCertificate.Subject);
    }

    [Fact]
    public void Validity_IsWithinWhatPhonesAccept()
    {
        var leaf = Leaf("shop.example");

        Assert.Equal(_clock.GetUtcNow().AddDays(-2), new DateTimeOffset(leaf.NotBefore), TimeSpan.FromSeconds(1));
        Assert.InRange((leaf.NotAfter - leaf.NotBefore).TotalDays, 365, 397);
    }

    [Fact]
    public void Validity_NeverGoesBeyondTheAuthority()
    {
        _clock.Advance(_authority.NotAfter - _clock.GetUtcNow() - TimeSpan.FromDays(10));
        var leaf = Leaf("shop.example");

        Assert.Equal(_authority.NotAfter, new DateTimeOffset(leaf.NotAfter));
        Assert.Same(leaf, Leaf("shop.example"));
        _clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(_authority.NotAfter, new DateTimeOffset(Leaf("late.example").NotAfter));
    }

    [Fact]
    public void SerialNumbers_ArePositiveSixteenBytesAndNeverTheSame()
    {
        var serials = Enumerable.Range(0, 50).Select(i => Leaf($"h{i}.example").SerialNumberBytes.ToArray()).ToList();

        Assert.All(serials, s => Assert.True(s.Length == 16 && s[0] is > 0 and < 0x80));
        Assert.Equal(50, serials.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void SameHostInAnotherSpelling_IsTheSameCertificate()
    {
        Assert.Same(_leaves.For("shop.example"), _leaves.For("SHOP.example."));
        Assert.Same(_leaves.For("[2001:db8::7]"), _leaves.For("2001:db8:0::7"));
        Assert.Equal(2, _leaves.Count);
    }

    [Theory]
    [MemberData(nameof(ServerNameTests.Unfit), MemberType = typeof(ServerNameTests))]
    public void UnfitName_GetsNoneAndIsNotKept(string? sent)
    {
        Assert.Null(_leaves.For(sent));
        Assert.Equal(0, _leaves.Count);
    }

    [Fact]
    public void FullCache_ForgetsTheLeastRecentlyUsed()
    {
        using var small = new LeafCertificates(_authority, _clock, capacity: 3);
        var a = small.For("a.example");
        var b = small.For("b.example");
        small.For("c.example");
        Assert.Same(a, small.For("a.example"));
        small.For("d.example");

        Assert.Equal(3, small.Count);
        Assert.Same(a, small.For("a.example"));
        Assert.NotSame(b, small.For("b.example"));
        Assert.Equal(3, small.Count);
    }

    [Fact]
    public void ThousandsOfHosts_StayWithinTheBound()
    {
        using var small = new LeafCertificates(_authority, _clock, capacity: 20);

        for (var i = 0; i < 300; i++)
        {
            Assert.NotNull(small.For($"h{i}.example"));
        }

        Assert.Equal(20, small.Count);
    }

    [Fact]
    public void BeforeItEnds_TheCertificateIsMadeAnew()
    {
        var first = _leaves.For("shop.example");
        _clock.Advance(TimeSpan.FromDays(334));
        Assert.Same(first, _leaves.For("shop.example"));
        _clock.Advance(TimeSpan.FromDays(2));

        var second = _leaves.For("shop.example");
        Assert.NotSame(first, second);
        Assert.True(second!.TargetCertificate.NotAfter > first!.TargetCertificate.NotAfter);
        Assert.Equal(1, _leaves.Count);
    }

    [Fact]
    public async Task ConcurrentFirstUse_MakesOneCertificateAHost()
    {
        const int threads = 8;
        using var barrier = new Barrier(threads);
        var seen = await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait(TestContext.Current.CancellationToken);
                return Enumerable.Range(0, 20).Select(i => _leaves.For($"h{i}.example")!).ToList();
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        for (var host = 0; host < 20; host++)
        {
            Assert.Single(seen.Select(s => s[host]).Distinct<SslStreamCertificateContext>(ReferenceEqualityComparer.Instance));
        }
    }

    [Fact]
    public void WindowsRoundTrip_KeepsCertificateAndKey()
    {
        var leaf = Leaf("shop.example");
        using var stored = LeafMint.ForWindows(leaf);

        Assert.Equal(leaf.RawData, stored.RawData);
        using var key = stored.GetECDsaPrivateKey();
        Assert.NotNull(key);
    }

    [Fact]
    public void ChainThatIsSent_HoldsTheLeafOnly() => Assert.Empty(_leaves.For("shop.example")!.IntermediateCertificates);

    private X509Certificate2 Leaf(string host) => _leaves.For(host)!.TargetCertificate;

    private async Task<(string Ca, string Leaf)> Write(string host)
    {
        var (ca, leaf) = (_folder.File("ca.pem"), _folder.File("leaf.pem"));
        await File.WriteAllTextAsync(ca, _authority.Pem, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(leaf, Leaf(host).ExportCertificatePem(), TestContext.Current.CancellationToken);
        return (ca, leaf);
    }
}
