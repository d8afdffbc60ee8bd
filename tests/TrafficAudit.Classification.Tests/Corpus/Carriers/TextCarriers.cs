using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Carriers;

/// <summary>Heads, forms and text documents.</summary>
internal static class TextCarriers
{
    public static IReadOnlyList<Carrier> All { get; } =
    [
        new("query", (chance, key, value) => Surroundings.Get(chance).Query("v", $"{chance.Between(1, 9)}").Query(key, value).Query("ts", $"{chance.Milliseconds()}").Build("query")),
        new("form", (chance, key, value) => Surroundings.Post(chance).Body("application/x-www-form-urlencoded", Surroundings.Flat(chance, key, value).ToForm()).Build("form")),
        new("json", (chance, key, value) => Surroundings.Post(chance).Json(Surroundings.Flat(chance, key, value)).Build("json")),
        new("json-deep", (chance, key, value) => Surroundings.Post(chance).Json(Surroundings.Deep(chance, key, value)).Build("json-deep")),
        new("json-escaped", (chance, key, value) => Surroundings.Post(chance).Body("application/json", Surroundings.Flat(chance, key, value).ToEscapedJson()).Build("json-escaped")),
        new("json-gzip", (chance, key, value) => Surroundings.Post(chance).Body("application/json", Surroundings.Deep(chance, key, value).ToIndentedJson(), "gzip", Pack.Gzip).Build("json-gzip")),
        new("json-zstd", (chance, key, value) => Surroundings.Post(chance).Body("application/json", Surroundings.Deep(chance, key, value).ToJson(), "zstd", Pack.Zstd).Build("json-zstd")),
        new("json-response", (chance, key, value) => Traffic.Response(Surroundings.Host(chance), "/v2/init").Body("application/json;charset=UTF-8", Surroundings.Deep(chance, key, value).ToJson(), "br", Pack.Brotli).Build("json-response")),
        new("json-in-json", (chance, key, value) => Surroundings.Post(chance).Json(Tree.Object(Tree.Leaf("cmd", "call"), Tree.Leaf("payload", Surroundings.Flat(chance, key, value).ToJson()))).Build("json-in-json")),
        new("json-in-form", (chance, key, value) => Surroundings.Post(chance).Body(
            "application/x-www-form-urlencoded", Tree.Object(Tree.Leaf("appKey", chance.Digits(8)), Tree.Leaf("data", Surroundings.Deep(chance, key, value).ToJson())).ToForm()).Build("json-in-form")),
        new("json-in-query", (chance, key, value) => Surroundings.Get(chance).Query("appKey", chance.Digits(8)).Query("data", Surroundings.Flat(chance, key, value).ToJson()).Build("json-in-query")),
        new("json-lines", (chance, key, value) => Surroundings.Post(chance).Body(
            "application/x-ndjson", JsonFormat.ToJsonLines([Tree.Json($$"""{"e":"start","n":{{chance.Between(1, 99)}} }"""), Surroundings.Flat(chance, key, value)])).Build("json-lines")),
        new("multipart", (chance, key, value) => Multipart(chance, Surroundings.Flat(chance, key, value))),
        new("cookie", (chance, key, value) => Surroundings.Get(chance).Cookie("c_v", chance.Digits(2)).Cookie(key, value).Build("cookie"), CarriedKeys.Names),
        new("header", (chance, key, value) => Surroundings.Get(chance).Header(Header(key), value).Build("header"), CarriedKeys.Names),
        new("header-query", (chance, key, value) => Surroundings.Get(chance).Header("X-Ext-Queries", Tree.Object(Tree.Leaf("nv", chance.Digits(2)), Tree.Leaf(key, value)).ToForm()).Build("header-query"), CarriedKeys.Names),
        new("referer", (chance, key, value) => Surroundings.Get(chance).Header("X-Page", Link(chance, key, value)).Build("referer"), CarriedKeys.Names),
        new("xml", (chance, key, value) => Surroundings.Post(chance).Body("application/xml; charset=utf-8", Surroundings.Deep(chance, key, value).ToXml("req", chance.Flip())).Build("xml"), CarriedKeys.Names),
        new("graphql-variables", (chance, key, value) => Surroundings.Post(chance).Json(Surroundings.Flat(chance, key, value).ToGraphQlVariables("save" + chance.Digits(2))).Build("graphql-variables")),
        new("graphql-arguments", (chance, key, value) => Surroundings.Post(chance).Json(Tree.Object(Tree.Leaf(key, value)).ToGraphQlArguments("put" + chance.Digits(2))).Build("graphql-arguments"), CarriedKeys.Names),
        new("mtop", (chance, key, value) => Traffic.Get("gw.market.example", "/h5/mtop.example.call/1.0").Query("jsv", "2.7.2").Query("appKey", chance.Digits(8)).Query("t", $"{chance.Milliseconds()}")
            .Query("sign", chance.Hex(32)).Query("type", "originaljson").Query("data", Surroundings.Flat(chance, key, value).ToJson()).Build("mtop")),
        new("path", (chance, _, value) => Surroundings.Get(chance).Segment(value).Segment("summary").Build("path"), CarriedKeys.None),
        new("record", (chance, _, value) => Surroundings.Post(chance).Json(Tree.Object(Tree.Leaf("log", Record(chance, value)))).Build("record"), CarriedKeys.None),
        new("text", (chance, _, value) => Surroundings.Post(chance).Body("text/plain; charset=utf-8", value.Flat().With($"[{chance.Seconds()}] sync ok: {value.Text} ({chance.Between(1, 99)} ms)")).Build("text"), CarriedKeys.None),
    ];

    private static LabelledMessage Multipart(Chance chance, Tree tree)
    {
        var boundary = "----b" + chance.Hex(16);
        return Surroundings.Post(chance).Body(MultipartFormat.TypeOf(boundary), tree.ToMultipart(boundary)).Build("multipart");
    }

    private static Value Link(Chance chance, string key, Value value)
    {
        var pairs = Tree.Object(Tree.Leaf("p", chance.Digits(2)), Tree.Leaf(key, value)).ToForm();
        return pairs.With($"https://m.mall.example/event?{pairs.Text}");
    }

    private static Value Record(Chance chance, Value value)
    {
        string[] fields = ["-", chance.Digits(3), chance.Word(2), value.Text, "-", $"{chance.Milliseconds()}"];
        return new Value(string.Join("||", fields), [.. value.Places.Select(placed => placed.Under("[3]"))]);
    }

    private static string Header(string key) => "X-" + string.Join('-', key.Split('_').Select(word => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}
