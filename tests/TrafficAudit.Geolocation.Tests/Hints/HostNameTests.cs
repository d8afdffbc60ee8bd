using TrafficAudit.Geolocation.Hints;

namespace TrafficAudit.Geolocation.Tests.Hints;

public sealed class HostNameTests
{
    private static readonly HostNameRegions Embedded = HostNameRegions.Load(folder: null);

    [Theory]
    [InlineData("s3.ap-northeast-2.amazonaws.com", "AWS ap-northeast-2 KR")]
    [InlineData("S3.AP-NORTHEAST-2.AMAZONAWS.COM.", "AWS ap-northeast-2 KR")]
    [InlineData("bucket.s3.ap-northeast-2.amazonaws.com", "AWS ap-northeast-2 KR")]
    [InlineData("s3-ap-northeast-1.amazonaws.com", "AWS ap-northeast-1 JP")]
    [InlineData("bucket.s3-website-us-east-1.amazonaws.com", "AWS us-east-1 US")]
    [InlineData("ec2-192-0-2-1.ap-northeast-2.compute.amazonaws.com", "AWS ap-northeast-2 KR")]
    [InlineData("ec2-192-0-2-1.compute-1.amazonaws.com", "AWS compute-1 US")]
    [InlineData("shop-0123456789.ap-northeast-2.elb.amazonaws.com", "AWS ap-northeast-2 KR")]
    [InlineData("shop-0123456789abcdef.elb.ap-southeast-1.amazonaws.com", "AWS ap-southeast-1 SG")]
    [InlineData("db.0123456789ab.eu-central-1.rds.amazonaws.com", "AWS eu-central-1 DE")]
    [InlineData("0123456789.execute-api.us-west-2.amazonaws.com", "AWS us-west-2 US")]
    [InlineData("abcdefghij.lambda-url.ap-northeast-2.on.aws", "AWS ap-northeast-2 KR")]
    [InlineData("shop.auth.ap-northeast-2.amazoncognito.com", "AWS ap-northeast-2 KR")]
    [InlineData("bucket.s3.cn-north-1.amazonaws.com.cn", "AWS cn-north-1 CN")]
    [InlineData("asia-northeast3-shop-project.cloudfunctions.net", "Google Cloud asia-northeast3 KR")]
    [InlineData("europe-west12-shop.cloudfunctions.net", "Google Cloud europe-west12 IT")]
    [InlineData("shop-0123456789.asia-northeast3.run.app", "Google Cloud asia-northeast3 KR")]
    [InlineData("shop-rtdb.asia-southeast1.firebasedatabase.app", "Google Cloud asia-southeast1 SG")]
    [InlineData("us-central1-aiplatform.googleapis.com", "Google Cloud us-central1 US")]
    [InlineData("foo.koreacentral.cloudapp.azure.com", "Microsoft Azure koreacentral KR")]
    [InlineData("foo-abcdefgh.koreacentral-01.azurewebsites.net", "Microsoft Azure koreacentral KR")]
    [InlineData("koreacentral-1.in.applicationinsights.azure.com", "Microsoft Azure koreacentral KR")]
    [InlineData("bucket.oss-ap-southeast-1.aliyuncs.com", "Alibaba Cloud ap-southeast-1 SG")]
    [InlineData("oss-cn-hangzhou-internal.aliyuncs.com", "Alibaba Cloud cn-hangzhou CN")]
    [InlineData("project.cn-hongkong.log.aliyuncs.com", "Alibaba Cloud cn-hongkong HK")]
    [InlineData("bucket-1250000000.cos.ap-seoul.myqcloud.com", "Tencent Cloud ap-seoul KR")]
    [InlineData("bucket.obs.la-south-2.myhuaweicloud.com", "Huawei Cloud la-south-2 CL")]
    [InlineData("objectstorage.ap-chuncheon-1.oraclecloud.com", "Oracle Cloud ap-chuncheon-1 KR")]
    [InlineData("kr.object.ncloudstorage.com", "NAVER Cloud kr KR")]
    [InlineData("objectstorage.kr-central-2.kakaocloud.com", "Kakao Cloud kr-central-2 KR")]
    [InlineData("kr1-api-object-storage.nhncloudservice.com", "NHN Cloud kr1 KR")]
    [InlineData("s3.jp-tok.cloud-object-storage.appdomain.cloud", "IBM Cloud jp-tok JP")]
    [InlineData("bucket.sgp1.digitaloceanspaces.com", "DigitalOcean sgp1 SG")]
    [InlineData("bucket.tos-cn-beijing.volces.com", "Volcano Engine cn-beijing CN")]
    public void ProvidersName_HasItsRegion(string host, string expected) => Assert.Equal(expected, Show.Hints(Embedded.Read(host)));

    [Theory]
    [InlineData("s3.ap-southeast-3.amazonaws.com", "ID")]
    [InlineData("oss-ap-southeast-3.aliyuncs.com", "MY")]
    [InlineData("obs.ap-southeast-3.myhuaweicloud.com", "SG")]
    [InlineData("s3.ap-southeast-1.amazonaws.com", "SG")]
    [InlineData("obs.ap-southeast-1.myhuaweicloud.com", "HK")]
    [InlineData("tos-ap-southeast-1.volces.com", "MY")]
    [InlineData("s3.ap-southeast-2.amazonaws.com", "AU")]
    [InlineData("obs.ap-southeast-2.myhuaweicloud.com", "TH")]
    [InlineData("s3.eu-west-1.amazonaws.com", "IE")]
    [InlineData("oss-eu-west-1.aliyuncs.com", "GB")]
    [InlineData("s3.eu-west-1.wasabisys.com", "GB")]
    [InlineData("s3.me-central-1.amazonaws.com", "AE")]
    [InlineData("oss-me-central-1.aliyuncs.com", "SA")]
    [InlineData("oss-me-east-1.aliyuncs.com", "AE")]
    [InlineData("obs.me-east-1.myhuaweicloud.com", "SA")]
    [InlineData("s3.ap-northeast-2.amazonaws.com", "KR")]
    [InlineData("s3.ap-northeast-2.wasabisys.com", "JP")]
    [InlineData("s3.ap-south-1.amazonaws.com", "IN")]
    [InlineData("ap-south-1.linodeobjects.com", "SG")]
    [InlineData("s3.eu-central-1.amazonaws.com", "DE")]
    [InlineData("s3.eu-central-1.wasabisys.com", "NL")]
    public void SameCode_MeansEachProvidersOwnPlace(string host, string country) => Assert.Equal(country, Assert.Single(Embedded.Read(host)).Place.Country);

    [Theory]
    [InlineData("api22-normal-c-alisg.tiktokv.com", "TikTok alisg SG")]
    [InlineData("api16-normal-c-useast1a.tiktokv.com", "TikTok useast1a US")]
    [InlineData("api16-normal-useast5.us.tiktokv.com", "TikTok useast5 US, ? us US")]
    [InlineData("mon-sg.byteoversea.com", "TikTok sg SG")]
    [InlineData("scontent-icn2-1.xx.fbcdn.net", "Meta icn KR")]
    [InlineData("scontent-ssn1-1.cdninstagram.com", "Meta ssn KR")]
    [InlineData("scontent.ficn4-1.fna.fbcdn.net", "Meta icn KR")]
    [InlineData("scontent-hkt1-1.cdninstagram.com", "Meta hkt HK")] // not Phuket
    [InlineData("scontent-sit4-1.xx.fbcdn.net", "Meta sit SG")] // not Sitka
    [InlineData("scontent-kut2-2.xx.fbcdn.net", "Meta kut MY")] // not Kutaisi
    [InlineData("scontent-cdt1-1.xx.fbcdn.net", "Meta cdt FR")] // not Castellón
    [InlineData("ipv4-c001-icn001-ix.1.oca.nflxvideo.net", "Netflix icn KR")]
    [InlineData("ipv4-c004-ist001-example-isp.1.oca.nflxvideo.net", "Netflix ist TR")]
    [InlineData("nrt12s51-in-f14.1e100.net", "Google nrt JP")]
    [InlineData("server-192-0-2-1.icn57.r.cloudfront.net", "Amazon CloudFront icn KR")]
    [InlineData("krsel3-edge-lx-001.ts.apple.com", "Apple krsel KR")]
    [InlineData("o1.ingest.us.sentry.io", "Sentry us US")]
    [InlineData("api.eu.amplitude.com", "Amplitude eu DE")]
    [InlineData("api-eu.mixpanel.com", "Mixpanel eu NL")]
    [InlineData("app.tr.adjust.com", "Adjust tr TR")]
    public void OrganisationsName_HasItsCode(string host, string expected) => Assert.Equal(expected, Show.Hints(Embedded.Read(host)));

    [Theory]
    [InlineData("kr.example.com", "? kr KR")]
    [InlineData("api-kr.example.com", "? kr KR")]
    [InlineData("kr-api.example.com", "? kr KR")]
    [InlineData("api.sg.example.co.kr", "? sg SG")]
    [InlineData("log-us.example.com", "? us US")]
    [InlineData("seoul.example.com", "? seoul KR")]
    [InlineData("edge-icn.kr.example.com", "? icn KR, ? kr KR")]
    [InlineData("kr.kr.example.com", "? kr KR")]
    [InlineData("api.ap-northeast-1.example.com", "? ap-northeast-1 JP")]
    [InlineData("api.koreacentral.example.com", "? koreacentral KR")]
    public void WordInAnyName_IsShownWithoutProvider(string host, string expected) => Assert.Equal(expected, Show.Hints(Embedded.Read(host)));

    [Theory]
    [InlineData("usage.example.com")]
    [InlineData("status.example.com")]
    [InlineData("it.example.com")]
    [InlineData("in.example.com")]
    [InlineData("my.example.com")]
    [InlineData("id.example.com")]
    [InlineData("me-central.example.com")]
    [InlineData("at.example.com")]
    [InlineData("so-me.example.com")]
    [InlineData("cc.example.com")]
    [InlineData("about-us.example.com")]
    [InlineData("api-kr-test.example.com")]
    [InlineData("krypton.example.com")]
    [InlineData("www.example.co.kr")]
    [InlineData("example.kr")]
    [InlineData("shop.us")]
    [InlineData("kr")]
    [InlineData("kr-shop.com")]
    [InlineData("api.seoul.kr")]
    [InlineData("api.ap-northeast-2.example.com")]
    [InlineData("api.ap-southeast-3.example.com")]
    [InlineData("api.eu-west-1.example.com")]
    [InlineData("us-west-2-logs.s3.amazonaws.com")]
    [InlineData("koreacentral-shop.azurewebsites.net")]
    [InlineData("koreacentral-01.azurewebsites.net")]
    [InlineData("notamazonaws.com")]
    [InlineData("s3.ap-northeast-9.amazonaws.com")]
    [InlineData("s3.dualstack.amazonaws.com")]
    [InlineData("dm.aliyuncs.com")]
    [InlineData("oss-accelerate.aliyuncs.com")]
    [InlineData("scontent.xx.fbcdn.net")]
    [InlineData("ipv4-c001-example-isp.1.oca.nflxvideo.net")]
    [InlineData("lcboma-as-in-f14.1e100.net")]
    [InlineData("zzsel3-edge-lx-001.ts.apple.com")]
    [InlineData("192.0.2.1")]
    [InlineData("[2001:db8::1]")]
    [InlineData("")]
    [InlineData("not a host")]
    public void OtherName_SaysNothing(string host) => Assert.Empty(Embedded.Read(host));

    [Fact]
    public void LabelNearestToTheProvidersDomain_Counts() =>
        Assert.Equal("AWS ap-northeast-2 KR", Show.Hints(Embedded.Read("copy-ap-northeast-1.s3.ap-northeast-2.amazonaws.com")));

    [Fact]
    public void LongestName_CostsLittle()
    {
        var name = string.Join('.', Enumerable.Repeat("a", 118)) + ".tiktokv.com";

        for (var i = 0; i < 1000; i++)
        {
            Assert.Empty(Embedded.Read(name));
        }

        Assert.Empty(Embedded.Read(new string('-', 63) + ".tiktokv.com"));
        Assert.Empty(Embedded.Read(new string('a', 100_000)));
    }
}
