using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Carriers;

/// <summary>What stands around a value: times, versions, signatures, paging; nothing about a person or a phone.</summary>
internal static class Surroundings
{
    private static readonly string[] Hosts = ["api.shop.example", "log.market.example", "m.mall.example", "gw.store-a.example", "collect.stats.example", "edge.app-b.example"];
    private static readonly string[] Paths = ["/v1/collect", "/api/v2/report", "/gw/call", "/svc/sync", "/track", "/m/api/push", "/batch"];

    public static string Host(Chance chance) => chance.Of(Hosts);

    public static string Path(Chance chance) => chance.Of(Paths);

    public static Traffic Post(Chance chance) => Traffic.Post(Host(chance), Path(chance));

    public static Traffic Get(Chance chance) => Traffic.Get(Host(chance), Path(chance));

    /// <summary>A flat document with the value somewhere in it.</summary>
    public static Tree Flat(Chance chance, string key, Value value)
    {
        var others = new[] { Tree.Leaf("ts", $"{chance.Milliseconds()}"), Tree.Leaf("sign", chance.Hex(32)), Tree.Leaf("v", $"{chance.Between(1, 9)}.{chance.Between(0, 30)}"), Tree.Leaf("seq", Number(chance.Between(1, 999))) };
        var at = chance.Between(0, others.Length + 1);
        return Tree.Object([.. others[..at], Tree.Leaf(key, value), .. others[at..]]);
    }

    /// <summary>The value one or two objects deep.</summary>
    public static Tree Deep(Chance chance, string key, Value value)
    {
        var inner = Tree.Object(Tree.Leaf("kind", chance.Pick("a", "b", "init")), Tree.Leaf(key, value));
        var rest = Tree.Leaf("nonce", chance.Hex(16));
        return chance.Flip()
            ? Tree.Object(Tree.Leaf("ret", "SUCCESS"), inner.As("data"), rest)
            : Tree.Object(Tree.Leaf("code", Number(0)), Tree.Object(Tree.Leaf("count", Number(chance.Between(1, 50))), inner.As("body")).As("result"), rest);
    }

    public static Value Number(decimal number) => new(number, []);
}
