using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Carriers;

/// <summary>Texts in other character sets than UTF-8: EUC-KR for Korean, GBK for Chinese, UTF-16 for any.</summary>
internal static class CharsetCarriers
{
    public static IReadOnlyList<Carrier> Korean { get; } =
    [
        new("euc-kr query", (chance, key, value) => Surroundings.Get(chance).Query("v", chance.Digits(2)).Query(key, value.EucKr()).Build("euc-kr")),
        new("euc-kr xml", (chance, key, value) => Surroundings.Post(chance).Body("text/xml; charset=euc-kr", Surroundings.Flat(chance, key, value).ToXml("req").EucKr()).Build("euc-kr")),
        new("euc-kr json", (chance, key, value) => Surroundings.Post(chance).Body("application/json; charset=EUC-KR", Surroundings.Flat(chance, key, value).ToJson().EucKr()).Build("euc-kr")),
        new("euc-kr text", (chance, key, value) => Traffic.Response(Surroundings.Host(chance), "/list").Body("text/plain", value.With($"고객 안내 문서 {chance.Digits(4)}: {value.Text} 입니다").EucKr()).Build("euc-kr"), CarriedKeys.None),
    ];

    public static IReadOnlyList<Carrier> Chinese { get; } =
    [
        new("gbk query", (chance, key, value) => Surroundings.Get(chance).Query("v", chance.Digits(2)).Query(key, value.Gbk()).Build("gbk")),
        new("gbk json", (chance, key, value) => Surroundings.Post(chance).Body("application/json; charset=gbk", Surroundings.Flat(chance, key, value).ToJson().Gbk()).Build("gbk")),
    ];

    public static IReadOnlyList<Carrier> Any { get; } =
    [
        new("shift_jis json", (chance, key, value) => InCodePage(chance, Surroundings.Flat(chance, key, value), 932, "shift_jis", "お届け先")),
        new("latin-1 json", (chance, key, value) => InCodePage(chance, Surroundings.Flat(chance, key, value), 1252, "iso-8859-1", "Gruß")),
        new("big5 json", (chance, key, value) => InCodePage(chance, Surroundings.Flat(chance, key, value), 950, "big5", "收貨人")),
        new("quoted-printable", (chance, key, value) => QuotedPrintable(chance, key, value)),
        new("utf-16 json", (chance, key, value) => Surroundings.Post(chance).Body("application/json; charset=utf-16", Surroundings.Flat(chance, key, value).ToJson().Utf16()).Build("utf-16")),
        new("utf-16 xml", (chance, key, value) => Surroundings.Post(chance).Body("application/xml; charset=utf-16le", Surroundings.Flat(chance, key, value).ToXml("req").Utf16()).Build("utf-16")),
    ];

    private static LabelledMessage InCodePage(Chance chance, Tree tree, int codePage, string name, string word) => Surroundings.Post(chance)
        .Body($"application/json; charset={name}", Tree.Object([Tree.Leaf("title", word), .. tree.Children]).ToJson().InCodePage(codePage)).Build(name);

    private static LabelledMessage QuotedPrintable(Chance chance, string key, Value value)
    {
        var boundary = "b" + chance.Hex(12);
        var part = value.QuotedPrintable();
        return Surroundings.Post(chance).Body(
            MultipartFormat.TypeOf(boundary),
            new Value($"--{boundary}\r\nContent-Disposition: form-data; name=\"{key}\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{part.Text}\r\n--{boundary}--\r\n", [.. Tree.Object(Tree.Leaf(key, value)).Places]))
            .Build("quoted-printable");
    }
}
