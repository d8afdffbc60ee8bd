using System.Diagnostics;
using TrafficAudit.Geolocation.Hints;

namespace TrafficAudit.Geolocation.Tests.Hints;

/// <summary>Forms of real response headers, with invented identifiers.</summary>
public sealed class EdgeHeaderTests
{
    private static readonly EdgeHeaders Embedded = EdgeHeaders.Load(folder: null);

    [Theory]
    [InlineData("x-amz-cf-pop: ICN57-P1", "Amazon CloudFront KR ICN")]
    [InlineData("X-Amz-Cf-Pop: NRT20-P4", "Amazon CloudFront JP NRT")]
    [InlineData("X-AMZ-CF-POP: SIN52-C1", "Amazon CloudFront SG SIN")]
    [InlineData("x-amz-cf-pop: TXL50-P3", "Amazon CloudFront DE TXL")]
    [InlineData("x-amz-cf-pop: ICN50", "Amazon CloudFront KR ICN")]
    [InlineData("x-amz-cf-pop: IAD89-P2, ICN57-P1", "Amazon CloudFront KR ICN")]
    [InlineData("x-amz-cf-pop: IAD89-P2\nX-Amz-Cf-Pop: ICN57-P1", "Amazon CloudFront KR ICN")]
    [InlineData("server-timing: cdn-upstream-layer;desc=\"EDGE\",cdn-cache-miss,cdn-pop;desc=\"PHX50-C2\",cdn-rid;desc=\"AAAA==\"", "Amazon CloudFront US PHX")]
    [InlineData("Server-Timing: cdn-cache-hit\nServer-Timing: cdn-pop;desc=\"TPE53-P3\"", "Amazon CloudFront TW TPE")]
    [InlineData("x-amz-cf-id: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==", "Amazon CloudFront -")]
    [InlineData("via: 1.1 0123456789abcdef0123456789abcdef.cloudfront.net (CloudFront)", "Amazon CloudFront -")]
    [InlineData("x-cache: Hit from cloudfront", "Amazon CloudFront -")]
    [InlineData("X-Cache: RefreshHit from CloudFront", "Amazon CloudFront -")]
    [InlineData("server: CloudFront", "Amazon CloudFront -")]
    [InlineData("x-amz-bucket-region: us-east-1\nx-amz-id-2: Invented/AAAAAAAAAAAAAAAAAAAAAAAAAAA+zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz=", "AWS US us-east-1 (origin)")]
    [InlineData("Server: AmazonS3\nX-Amz-Id-2: Invented/zzzz\nX-Amz-Bucket-Region: ap-southeast-3", "AWS -, AWS ID ap-southeast-3 (origin)")]
    [InlineData("Server: AmazonS3", "AWS -")]
    [InlineData("server: awselb/2.0", "AWS -")]
    [InlineData("cf-ray: 0123456789abcdef-ICN", "Cloudflare KR ICN")]
    [InlineData("CF-RAY: 0123456789abcdef-SJC", "Cloudflare US SJC")]
    [InlineData("CF-Ray: 0123456789abcdef-HKG", "Cloudflare HK HKG")]
    [InlineData("cf-cache-status: DYNAMIC", "Cloudflare -")]
    [InlineData("Server: cloudflare", "Cloudflare -")]
    [InlineData("server: cloudflare-nginx", "Cloudflare -")]
    [InlineData("x-served-by: cache-icn1450030-ICN", "Fastly KR ICN")]
    [InlineData("X-Served-By: cache-jfk1041-JFK, cache-ord1720-ORD", "Fastly US ORD")]
    [InlineData("x-served-by: cache-iad-kcgs7200076-IAD, cache-icn1450039-ICN", "Fastly KR ICN")]
    [InlineData("X-Served-By: cache-fra-eddf8230071-FRA\nX-Served-By: cache-qpg1275-QPG", "Fastly SG QPG")]
    [InlineData("Fastly-Debug-Path: (D cache-lcy1128-LCY 1415969775) (F cache-lcy1130-LCY 1415969775) (D cache-sjc3132-SJC 1415969775)", "Fastly GB LCY")]
    [InlineData("x-fastly-request-id: 0123456789abcdef0123456789abcdef01234567", "Fastly -")]
    [InlineData("x-msedge-ref: Ref A: 00000000000000000000000000000000 Ref B: SEL31EDGE0207 Ref C: 2026-01-31T00:00:00Z", "Azure Front Door KR SEL")]
    [InlineData("X-MSEdge-Ref: Ref A: 00000000000000000000000000000000 Ref B: SLAEDGE0116 Ref C: 2026-01-31T00:00:00Z", "Azure Front Door KR SLA")]
    [InlineData("X-MSEdge-Ref: Ref A: 00000000000000000000000000000000 Ref B: HK2EDGE0420 Ref C: 2026-01-31T00:00:00Z", "Azure Front Door HK HK")]
    [InlineData("X-MSEdge-Ref: Ref A: 00000000000000000000000000000000 Ref B: PRAEDGE1110 Ref C: 2026-01-31T00:00:00Z", "Azure Front Door FR PRA")]
    [InlineData("x-azure-ref: 20260131T000000Z-0000000000000000hC1SELabcd0000000000000000000000", "Azure Front Door KR SEL")]
    [InlineData("x-azure-ref: 20260131T000000Z-r000000000000000hC1IST0abc0000000000000000000000", "Azure Front Door TR IST")]
    [InlineData("X-Azure-Ref: 20230131T000000Z-abcdefgh000000000000000000000000000000000000000", "Azure Front Door -")]
    [InlineData("X-Azure-Ref: 0zxV+XAAAAABKMMOjBv2NT4TY6SQVjC0zV1NURURHRTA2MTkANDM3YzgyY2QtMzYwYS00YTU0LTk0YzMtNWZmNzA3NjQ3Nzgz", "Azure Front Door US WST")]
    [InlineData("X-Azure-Ref: 0AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAU0VMMzFFREdFMDIwNwAwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA=", "Azure Front Door KR SEL")]
    [InlineData("x-ms-routing-request-id: KOREACENTRAL:20260131T000000Z:00000000-0000-0000-0000-000000000000", "Microsoft Azure KR koreacentral")]
    [InlineData("Server: Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0", "Microsoft Azure -")]
    [InlineData("X-Cache: TCP_HIT from a192-0-2-5.deploy.akamaitechnologies.com (AkamaiGHost/11.0.0-0) (-)", "Akamai -")]
    [InlineData("Server: AkamaiGHost", "Akamai -")]
    [InlineData("Akamai-GRN: 0.00000000.1700000000.0000000", "Akamai -")]
    [InlineData("server-timing: ak_p; desc=\"1700000000000_1_2_3\";dur=1", "Akamai -")]
    [InlineData("via: 1.1 google", "Google -")]
    [InlineData("server: sffe", "Google -")]
    [InlineData("x-dc: gcp-us-central1,gcp-us-central1,gcp-us-central1", "Google US us-central1 (origin)")]
    [InlineData("server-timing: processing;dur=55, edge;desc=\"SYD\", country;desc=\"AU\"", "Cloudflare AU SYD")]
    [InlineData("Server: deno/gcp-asia-northeast3", "Deno Deploy KR asia-northeast3")]
    [InlineData("via: cache7.l2kr1[0,0,200-0,H], cache2.l2kr1[1,0], cache4.kr5[0,0]", "Alibaba Cloud CDN KR kr")]
    [InlineData("Via: cache12.l2cm12[98,206-0,H], cache14.l2cm12[101,0], cache32.l2sg1[0,206-0,H], cache3.hk1[0,206-0,H], cache11.hk1[,0]", "Alibaba Cloud CDN HK hk")]
    [InlineData("via: ens-cache1.l2sg7[68,0,DP], ens-cache32.l2vn4[96,0,DP], ens-cache14.vn37[97,0]", "Alibaba Cloud CDN VN vn")]
    [InlineData("Via: cache6.l2na63-1[145,0], vcache11.cn2219[183,0]", "Alibaba Cloud CDN CN cn")]
    [InlineData("Via: cache7.l2kr1[0,0,200-0,H]", "Alibaba Cloud CDN KR kr")]
    [InlineData("EagleId: c000020117000000000000000e", "Alibaba Cloud CDN -")]
    [InlineData("x-cache: HIT TCP_MEM_HIT dirn:-2:-2", "Alibaba Cloud CDN -")]
    [InlineData("Server: AliyunOSS", "Alibaba Cloud -")]
    [InlineData("X-NWS-LOG-UUID: 00000000000000000000", "Tencent Cloud CDN -")]
    [InlineData("x-nws-log-uuid: 00000000-0000-0000-0000-000000000000 00000000000000000000000000000000", "Tencent Cloud CDN -")]
    [InlineData("Server: Lego Server", "Tencent Cloud CDN -")]
    [InlineData("EO-LOG-UUID: 00000000000000000000", "Tencent EdgeOne -")]
    [InlineData("server: yunjiasu-nginx", "Baidu AI Cloud CDN -")]
    [InlineData("X-Bdcdn-Cache-Status: TCP_MISS,TCP_MISS", "Volcano Engine CDN -")]
    [InlineData("X-Via: 1.1 PSgdzhdx7za20:30 (Cdn Cache Server V2.0)", "Wangsu (CDNetworks) -")]
    [InlineData("x-via: 1.1 fzh37:10 (Cdn Cache Server V2.0), 1.1 PSmgmamMIA2dr149:2 (Cdn Cache Server V2.0)", "Wangsu (CDNetworks) US MIA")]
    [InlineData("x-ws-request-id: 00000000_PSrbdbOSA1fs30_00001-00001", "Wangsu (CDNetworks) JP OSA")]
    [InlineData("X-Ws-Request-Id: 00000000_PS-CGO-01J5772_00001-0001", "Wangsu (CDNetworks) -")]
    [InlineData("X-Px: ht PSrbdbOSA1fs30KIX", "Wangsu (CDNetworks) JP KIX")]
    [InlineData("x-px: ms PSrbdbOSA1fs30KIX,ms PSrbdbOSA2sj134KIX,ms PShlamstdAMS1pu19AMS(origin)", "Wangsu (CDNetworks) JP KIX")]
    [InlineData("via: 1.1 PSrbdbOSA2sj134:1 (W), 1.1 PSmgmamMIA2dr149:6 (W)", "Wangsu (CDNetworks) US MIA")]
    [InlineData("Server: PWS/8.3.1.0.8", "Wangsu (CDNetworks) -")]
    [InlineData("via: http/1.1 krsel3-edge-lx-001.ts.apple.com (acdn/111.14403), https/1.1 krsel3-edge-bx-024.ts.apple.com (acdn/111.14403)", "Apple CDN KR KRSEL")]
    [InlineData("Via: https/1.1 usqas4-vp-vfe-005.ts.apple.com (acdn/1), http/1.1 jposa3-edge-lx-011.ts.apple.com (acdn/1)", "Apple CDN JP JPOSA")]
    [InlineData("Via: https/1.1 uklon5-edge-lx-011.ts.apple.com (acdn/1)", "Apple CDN GB UKLON")]
    [InlineData("Via: https/1.1 usqas4-vp-vfe-005.ts.apple.com (acdn/1)", "Apple CDN US USQAS")]
    [InlineData("x-vercel-id: icn1::abcde-1700000000000-0123456789ab", "Vercel KR ICN")]
    [InlineData("X-Vercel-Id: icn1::iad1::abcde-1700000000000-0123456789ab", "Vercel KR ICN, Vercel US IAD (origin)")]
    [InlineData("x-vercel-id: bom1:bom1:bom1::sin1::abcde-1700000000000-0123456789ab", "Vercel IN BOM, Vercel SG SIN (origin)")]
    [InlineData("server: Vercel", "Vercel -")]
    [InlineData("fly-request-id: 01J00000000000000000000000-nrt", "Fly.io JP NRT")]
    [InlineData("Fly-Request-Id: 01F00000000000000000000000", "Fly.io -")]
    [InlineData("x-77-pop: frankfurtDE", "CDN77 DE")]
    [InlineData("X-77-POP: losangelesUSCA", "CDN77 US")]
    [InlineData("server: BunnyCDN-SG1-945", "bunny.net SG SG")]
    [InlineData("Server: BunnyCDNE-HK1-1059", "bunny.net HK HK")]
    [InlineData("X-Edge-Location: chzh", "KeyCDN CH chzh")]
    [InlineData("x-cf1: 28637:fG.hkg1:co:1700000000:cacheN.hkg1-01:M", "CacheFly HK HKG")]
    [InlineData("X-CDN-Pop: rbx1", "OVHcloud CDN FR rbx")]
    [InlineData("x-id-fe: fr5-hw-edge-gc17", "Gcore -")]
    [InlineData("Server: ECAcc (laa/7B3C)", "Edgio -")]
    [InlineData("server: ECS (sed/58B5)", "Edgio -")]
    [InlineData("x-hw: 1700000000.dop001.se2.t,1700000000.cds001.se2.c", "StackPath -")]
    [InlineData("x-iinfo: 11-12345678-0 0NNN RT(1700000000000 0) q(0 -1 -1 1) r(0 -1)", "Imperva -")]
    [InlineData("X-CDN: Imperva", "Imperva -")]
    [InlineData("server: Netlify", "Netlify -")]
    public void KnownForm_NamesNetworkAndPlace(string lines, string expected)
    {
        Assert.Equal(expected, Show.Hints(Embedded.Read(Show.Head(lines))));
        Assert.Equal(expected, Show.Hints(Embedded.Read(Show.Head(lines, "HTTP/2 200"))));
    }

    [Theory]
    [InlineData("x-amz-cf-pop: QQQ57-P1", "Amazon CloudFront -")]
    [InlineData("cf-ray: 0123456789abcdef", "Cloudflare -")]
    [InlineData("cf-ray: 0123456789abcdef-QQQ", "Cloudflare -")]
    [InlineData("x-served-by: cache-icn1450030-QQQ", "Fastly -")]
    [InlineData("x-served-by: cache-icn1450030-ICN, cache-icn1450031-QQQ", "Fastly -")]
    [InlineData("X-MSEdge-Ref: Ref A: 00000000000000000000000000000000 Ref B: BY3EDGE0420 Ref C: 2026-01-31T00:00:00Z", "Azure Front Door -")]
    [InlineData("X-Amz-Bucket-Region: moon-west-1\nx-amz-id-2: Invented/zzzz", "AWS - (origin)")]
    [InlineData("via: cache12.l2cm12[98,206-0,H]", "Alibaba Cloud CDN -")]
    [InlineData("via: cache3.kr5[0,0], cache12.et15[98,0]", "Alibaba Cloud CDN -")]
    [InlineData("x-via: 1.1 PSmgmamMIA2dr149:2 (Cdn Cache Server V2.0), 1.1 fzh37:10 (Cdn Cache Server V2.0)", "Wangsu (CDNetworks) -")]
    [InlineData("X-Via: 1.1 PSbjsdBGPru29:1 (Cdn Cache Server V2.0)", "Wangsu (CDNetworks) -")]
    [InlineData("server: BunnyCDN-CA1-1155", "bunny.net -")]
    [InlineData("X-77-POP: ams", "CDN77 -")]
    [InlineData("X-Px: ms CS-000-01abcnone(origin)", "Wangsu (CDNetworks) -")]
    [InlineData("Via: http/1.1 zzsel3-edge-lx-001.ts.apple.com (acdn/1)", "Apple CDN -")]
    public void CodeInNoTable_LeavesThePlaceOpen(string lines, string expected) => Assert.Equal(expected, Show.Hints(Embedded.Read(Show.Head(lines))));

    [Theory]
    [InlineData("x-amz-bucket-region: us-east-1\nserver: MinIO\nx-amz-id-2: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("x-amz-bucket-region: us-east-1")]
    [InlineData("x-cache: MISS")]
    [InlineData("X-Cache: HIT, HIT")]
    [InlineData("x-served-by: web-1")]
    [InlineData("x-served-by: cache-1, cache-2")]
    [InlineData("via: 1.1 varnish")]
    [InlineData("via: 1.1 proxy.example (squid/5.7)")]
    [InlineData("via: 2 lcache1.example[1,0]")]
    [InlineData("server: nginx")]
    [InlineData("server: Tengine")]
    [InlineData("server: notcloudflare")]
    [InlineData("Server: my cloudflare proxy")]
    [InlineData("server-timing: total;dur=6")]
    [InlineData("server-timing: cdn-cache; desc=MISS, edge; dur=1, origin; dur=55")]
    [InlineData("server-timing: edge;desc=\"SYD\"")]
    [InlineData("server-timing: country;desc=\"AU\"")]
    [InlineData("x-edge-location: Los Angeles, US")]
    [InlineData("x-cf-ray: 0123456789abcdef-ICN")]
    [InlineData("x-frame-options: SAMEORIGIN")]
    [InlineData("x-edge-location: main")]
    [InlineData("x-edge-location: hnd")]
    [InlineData("x-cdn-pop: fra")]
    [InlineData("x-px: 1234")]
    [InlineData("x-px: no cache")]
    [InlineData("x-cf1: yes")]
    [InlineData("x-cdn: Served-By-Zenedge")]
    [InlineData("eagleid: 7")]
    [InlineData("x-vercel-id: Icn")]
    [InlineData("x-azure-ref: 0")]
    [InlineData("x-azure-ref: 0!!!!")]
    [InlineData("x-azure-ref: 0AAAA=AAAA")]
    [InlineData("cf-ray:")]
    [InlineData("")]
    public void OtherValue_SaysNothing(string lines) => Assert.Empty(Embedded.Read(Show.Head(lines)));

    [Fact]
    public void WholeResponse_GivesEachThingOnceInItsOrder()
    {
        var head = Show.Head("""
            content-type: application/json
            server: cloudflare
            x-cache: Hit from cloudfront
            via: 1.1 varnish, 1.1 0123456789abcdef.cloudfront.net (CloudFront)
            via: 1.1 fedcba9876543210.cloudfront.net (CloudFront)
            x-amz-cf-pop: ICN57-P1
            CF-RAY: 0123456789abcdef-ICN
            set-cookie: pop=NRT20-P4
            """);

        var hints = Embedded.Read(head);

        Assert.Equal(
            "Cloudflare -, Amazon CloudFront -, Amazon CloudFront -, Amazon CloudFront KR ICN, Cloudflare KR ICN",
            Show.Hints(hints));
        Assert.Equal(["server", "x-cache", "via", "x-amz-cf-pop", "cf-ray"], hints.Select(hint => hint.Header));
    }

    [Fact]
    public void Airport_BringsItsPosition()
    {
        var place = Assert.Single(Embedded.Read(Show.Head("cf-ray: 0123456789abcdef-ICN"))).Place;

        Assert.Equal("Seoul", place?.Name);
        Assert.InRange(place?.Position?.DistanceKm(new(37.46, 126.44)) ?? -1, 0, 5);
    }

    [Fact]
    public void CountryAlone_HasTheNetworksNameForTheCity() =>
        Assert.Equal(new Place("DE", "frankfurt", Code: null), Assert.Single(Embedded.Read(Show.Head("x-77-pop: frankfurtDE"))).Place);

    [Theory]
    [InlineData("via")]
    [InlineData("x-served-by")]
    [InlineData("x-px")]
    [InlineData("x-via")]
    [InlineData("x-azure-ref")]
    [InlineData("server-timing")]
    public void ForgedHeader_IsPassedOverAndCostsLittle(string header)
    {
        var forms = new[] { "cache1.kr5[0,0], ", "cache-icn1-ICN, ", "ms PSrbdbOSA1fs30KIX,", "1.1 PSaaaaaaaaaaaaaaaaaaaa, ", "0AAAA", "aaaaaaaa" };
        var heads = forms
            .Select(form => Show.Head($"{header}: {string.Concat(Enumerable.Repeat(form, 100_000 / form.Length))}"))
            .Append(Show.Head(string.Concat(Enumerable.Repeat($"{header}: x\r\n", 10_000))))
            .ToList();
        _ = Embedded.Read(heads[0]);

        var clock = Stopwatch.StartNew();
        Assert.All(heads, head => Assert.Empty(Embedded.Read(head)));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void LongestHeaderThatIsRead_CostsLittle()
    {
        var head = Show.Head($"via: {string.Concat(Enumerable.Repeat("1.1 PSaaaaaaaaaaaaa-cache1.kr5[", 250))}\r\nserver-timing: {new string('a', 8000)}");
        _ = Embedded.Read(head);

        var clock = Stopwatch.StartNew();
        _ = Embedded.Read(head);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMilliseconds(500));
    }
}
