using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TrafficAudit.Geolocation.Recipients;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Geolocation.Tests.Recipients;

public sealed class CertificateTests
{
    private const string Host = "api.shop.example";

    private static readonly RecipientDirectory Embedded = RecipientDirectory.Load(folder: null);

    [Fact]
    public void Organisation_ComesBeforeTheDomain() =>
        Assert.Equal(new Recipient("Example Shop GmbH", null, "certificate"), Find(Certificate("CN=x, O=Example Shop GmbH, C=DE", Host)));

    [Fact]
    public void Wildcard_Counts() => Assert.Equal("certificate", Find(Certificate("O=Example Shop GmbH", "*.shop.example")).Basis);

    [Theory]
    [InlineData("CN=api.shop.example", Host)]
    [InlineData("O=\"Meta Platforms, Inc.\"", "facebook.com")]
    [InlineData("O=Internet Widgits Pty Ltd", Host)]
    [InlineData("O=\"Cloudflare, Inc.\"", Host)]
    [InlineData("O=\"fastly, inc.\"", Host)]
    [InlineData("O=\"Amazon Web Services, Inc.\"", Host)]
    public void NoOrganisationForAnothersNameOrACarriers_TheDomainStands(string subject, string name) =>
        Assert.Equal(new Recipient("shop.example", null, "domain"), Find(Certificate(subject, name)));

    [Fact]
    public void KnownHost_IsNotRenamedByACertificate()
    {
        var metadata = Metadata("graph.facebook.com", Certificate("O=Example Shop GmbH", "graph.facebook.com"));

        Assert.Equal("Meta Platforms", Embedded.Find("graph.facebook.com", metadata, lookup: null).Name);
    }

    [Fact]
    public void ControlCharacters_DoNotReachTheName() =>
        Assert.Equal("Example[31mShop", Find(Certificate("O=\"Example\u001b[31mShop\"", Host)).Name);

    [Fact]
    public void BytesThatAreNoCertificate_AreNoName()
    {
        Assert.Equal("domain", Find([]).Basis);
        Assert.Equal("domain", Find([0x30, 0x82, 0xFF, 0xFF]).Basis);
    }

    [Theory]
    [InlineData("a_b.shop.example")]
    [InlineData("-a.shop.example")]
    [InlineData("a-.shop.example")]
    [InlineData("_")]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1")]
    [InlineData("")]
    [InlineData("not a host")]
    public void OddHost_DoesNotThrow(string host)
    {
        var recipient = Embedded.Find(host, Metadata(host, Certificate("O=Example Shop GmbH", "other.example")), lookup: null);

        Assert.NotEqual("certificate", recipient.Basis);
    }

    [Fact]
    public void EveryTruncation_IsNoName()
    {
        var der = Certificate("O=Example Shop GmbH", Host);
        for (var length = 0; length < der.Length; length += 5)
        {
            Assert.Equal("domain", Find(der[..length]).Basis);
        }
    }

    [Fact]
    public void LaterFlowWithACertificate_IsNotBoundByAnEarlierOneWithout()
    {
        Assert.Equal("domain", Embedded.Find("late.shop.example", metadata: null, lookup: null).Basis);
        var metadata = Metadata("late.shop.example", Certificate("O=Example Shop GmbH", "late.shop.example"));
        Assert.Equal("certificate", Embedded.Find("late.shop.example", metadata, lookup: null).Basis);
    }

    private static Recipient Find(byte[] der) => Embedded.Find(Host, Metadata(Host, der), lookup: null);

    private static FlowMetadata Metadata(string host, byte[] der)
    {
        var metadata = Some.Flow(host: host).Metadata;
        return metadata with { Upstream = metadata.Upstream! with { Tls = metadata.Upstream.Tls! with { Certificates = [der] } } };
    }

    private static byte[] Certificate(string subject, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(Some.Time, Some.Time.AddDays(1));
        return certificate.RawData;
    }
}
