using TrafficAudit.Classification.Tests.Corpus.Values;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Apps;

/// <summary>What a phone says of itself: one of many invented ones.</summary>
internal sealed class Handset
{
    private static readonly (string Model, string Brand, string Resolution)[] Known =
    [
        ("SM-S901N", "samsung", "1080x2340"), ("SM-A546S", "samsung", "1080x2408"), ("iPhone14,5", "Apple", "1170x2532"), ("23049PCD8G", "Xiaomi", "1080x2400"),
        ("SM-F731N", "samsung", "1080x2640"), ("LM-V510N", "LGE", "1080x2340"), ("iPhone16,1", "Apple", "1179x2556"), ("NOH-AN00", "HUAWEI", "1344x2772"),
    ];

    public Handset(Chance chance)
    {
        var (model, brand, resolution) = chance.Of(Known);
        Model = Subject.State("device_model", model);
        Brand = Subject.State("manufacturer", brand);
        Resolution = Subject.State("screen", resolution);
        Os = Subject.State("os_version", chance.Pick("12", "13", "14", "15", "16.7.8", "17.5.1"));
        Carrier = Subject.State("carrier", chance.Pick("SKTelecom", "KT", "LG U+", "SKT", "olleh"));
        Network = Subject.State("network_type", chance.Pick("wifi", "LTE", "5G", "4G"));
        Language = Subject.State("locale", chance.Pick("ko-KR", "ko", "en-US", "zh-CN", "ko_KR"));
        TimeZone = Subject.State("timezone", chance.Pick("Asia/Seoul", "Asia/Shanghai"));
        UserAgent = Subject.State("user_agent", $"Mozilla/5.0 (Linux; Android {chance.Between(11, 16)}; {model} Build/UP1A.{chance.Digits(6)}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{chance.Between(100, 131)}.0.{chance.Digits(4)}.{chance.Digits(2)} Mobile Safari/537.36");
    }

    public Value Model { get; }

    public Value Brand { get; }

    public Value Resolution { get; }

    public Value Os { get; }

    public Value Carrier { get; }

    public Value Network { get; }

    public Value Language { get; }

    public Value TimeZone { get; }

    public Value UserAgent { get; }
}
