using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Testing;

namespace TrafficAudit.Capture.Tests.Certificates;

public sealed class CertificateAuthorityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(Some.Time);

    private string Home => _folder.File("home");

    private string KeyFile => Path.Combine(Home, CertificateAuthority.FileName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FirstUse_MakesAFolderAndAKeyFileForTheOwnerAlone()
    {
        using var authority = CertificateAuthority.LoadOrCreate(Home, _clock);

        Assert.Equal("700", UnixMode.Of(Home));
        Assert.Equal("600", UnixMode.Of(KeyFile));
        Assert.Equal([KeyFile], Directory.GetFiles(Home));
        Assert.False(authority.Certificate.HasPrivateKey);
    }

    [Fact]
    public void SecondUse_LoadsTheSame()
    {
        using var first = CertificateAuthority.LoadOrCreate(Home, _clock);
        using var second = CertificateAuthority.LoadOrCreate(Home, _clock);

        Assert.Equal(first.Sha256Fingerprint, second.Sha256Fingerprint);
    }

    [Fact]
    public void TwoInstallations_ShareNothing()
    {
        using var first = CertificateAuthority.LoadOrCreate(Home, _clock);
        using var second = CertificateAuthority.LoadOrCreate(_folder.File("other"), _clock);

        Assert.NotEqual(first.Certificate.GetPublicKeyString(), second.Certificate.GetPublicKeyString());
        Assert.NotEqual(first.Certificate.Subject, second.Certificate.Subject);
    }

    [Fact]
    public async Task StartedTogether_AllEndUpWithOneAuthority()
    {
        const int starts = 16;
        using var barrier = new Barrier(starts);

        var fingerprints = await Task.WhenAll(Enumerable.Range(0, starts).Select(_ => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait(TestContext.Current.CancellationToken);
                using var authority = CertificateAuthority.LoadOrCreate(Home, _clock);
                return authority.Sha256Fingerprint;
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Single(fingerprints.Distinct());
        Assert.Equal([KeyFile], Directory.GetFiles(Home));
    }

    [Fact]
    public void Certificate_IsThatOfAnAuthorityForLeavesOnly()
    {
        using var authority = CertificateAuthority.LoadOrCreate(Home, _clock);

        var constraints = authority.Certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single();
        Assert.True(constraints is { CertificateAuthority: true, HasPathLengthConstraint: true, PathLengthConstraint: 0, Critical: true });
        var usage = authority.Certificate.Extensions.OfType<X509KeyUsageExtension>().Single();
        Assert.Equal(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, usage.KeyUsages);
        Assert.Matches("CN=TrafficAudit CA [0-9a-f]{8}", authority.Certificate.Subject);
        Assert.Contains("test authority", authority.Certificate.Subject, StringComparison.Ordinal);
        Assert.Equal(WholeSeconds(Some.Time.AddDays(-2)), authority.NotBefore);
        Assert.Equal(WholeSeconds(Some.Time.AddYears(10)), authority.NotAfter);
    }

    [Fact]
    public void Exports_AreTheCertificateAndNeverTheKey()
    {
        using var authority = CertificateAuthority.LoadOrCreate(Home, _clock);

        using var fromPem = X509Certificate2.CreateFromPem(authority.Pem);
        using var fromDer = X509CertificateLoader.LoadCertificate(authority.Der.Span);
        Assert.Equal(fromDer.RawData, fromPem.RawData);
        Assert.DoesNotContain("PRIVATE", authority.Pem, StringComparison.Ordinal);
        var fingerprint = Convert.FromHexString(authority.Sha256Fingerprint.Replace(":", "", StringComparison.Ordinal));
        Assert.Equal(SHA256.HashData(authority.Der.Span), fingerprint);
        Assert.Equal((32 * 3) - 1, authority.Sha256Fingerprint.Length);
    }

    [Fact]
    public async Task OpenSsl_AcceptsTheAuthorityAndItsKeyFile()
    {
        using var authority = CertificateAuthority.LoadOrCreate(Home, TimeProvider.System);
        var exported = _folder.File("ca.pem");
        await File.WriteAllTextAsync(exported, authority.Pem, TestContext.Current.CancellationToken);

        Assert.Contains("OK", await OpenSsl.Run("verify", "-x509_strict", "-check_ss_sig", "-CAfile", exported, exported), StringComparison.Ordinal);
        var text = await OpenSsl.Run("x509", "-in", exported, "-noout", "-text");
        Assert.Contains("CA:TRUE, pathlen:0", text, StringComparison.Ordinal);
        Assert.Contains("Certificate Sign, CRL Sign", text, StringComparison.Ordinal);
        Assert.Contains("prime256v1", text, StringComparison.Ordinal);
        var fingerprint = await OpenSsl.Run("x509", "-in", exported, "-noout", "-fingerprint", "-sha256");
        Assert.Contains(authority.Sha256Fingerprint, fingerprint, StringComparison.Ordinal);
        Assert.Contains("valid", await OpenSsl.Run("pkey", "-in", KeyFile, "-noout", "-check"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void KeyFileOpenToOthers_IsRefusedWithTheRemedy(UnixFileMode open)
    {
        CertificateAuthority.LoadOrCreate(Home, _clock).Dispose();
        UnixMode.Add(KeyFile, open);

        var message = Refusal();
        Assert.Contains("chmod 600", message, StringComparison.Ordinal);
        Assert.Contains(KeyFile, message, StringComparison.Ordinal);
    }

    [Fact]
    public void FolderThatOthersMayWriteTo_IsRefused()
    {
        Directory.CreateDirectory(Home);
        UnixMode.Add(Home, UnixFileMode.OtherWrite);

        Assert.Contains("chmod 700", Refusal(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Home));
    }

    [Fact]
    public void DamagedFile_IsRefusedAndKept()
    {
        CertificateAuthority.LoadOrCreate(Home, _clock).Dispose();
        var whole = File.ReadAllText(KeyFile);
        var keyOnly = whole[..whole.IndexOf("-----BEGIN CERTIFICATE", StringComparison.Ordinal)];
        string[] damaged =
        [
            "", "not PEM", whole[..100], keyOnly, whole[keyOnly.Length..], whole.Replace("\nMI", "\nMJ", StringComparison.Ordinal), new('A', 70_000),
        ];

        foreach (var content in damaged)
        {
            File.WriteAllText(KeyFile, content);

            Assert.Contains("move it away", Refusal(), StringComparison.Ordinal);
            Assert.Equal(content, File.ReadAllText(KeyFile));
        }
    }

    [Fact]
    public void KeyOfAnotherCertificate_IsRefused()
    {
        CertificateAuthority.LoadOrCreate(Home, _clock).Dispose();
        using var other = CertificateAuthority.LoadOrCreate(_folder.File("other"), _clock);
        var own = File.ReadAllText(KeyFile);
        File.WriteAllText(KeyFile, own[..own.IndexOf("-----BEGIN CERTIFICATE", StringComparison.Ordinal)] + other.Pem);

        Assert.Contains("don't belong together", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void CertificateOfNoAuthority_IsRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=shop.example", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(Some.Time, Some.Time.AddYears(1));
        Directory.CreateDirectory(Home);
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem() + "\n" + certificate.ExportCertificatePem());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Assert.Contains("none of a P-256 authority", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void OutsideItsTime_IsRefused()
    {
        CertificateAuthority.LoadOrCreate(Home, _clock).Dispose();

        _clock.AdjustTime(Some.Time.AddDays(-3));
        Assert.Contains("clock", Refusal(), StringComparison.Ordinal);
        _clock.AdjustTime(Some.Time.AddYears(10).AddDays(1));
        Assert.Contains("expired on 2036-01-02", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void HomeThatCannotBeAFolder_IsRefused()
    {
        File.WriteAllText(Home, "a file");

        Assert.Contains(Home, Refusal(), StringComparison.Ordinal);
    }

    private string Refusal()
    {
        var message = Assert.Throws<CertificateAuthorityException>(() => CertificateAuthority.LoadOrCreate(Home, _clock)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
