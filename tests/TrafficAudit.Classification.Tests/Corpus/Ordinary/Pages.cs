using System.Text;
using TrafficAudit.Classification.Tests.Corpus.Carriers;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Ordinary;

/// <summary>What browsers and web views load: pages, scripts, styles, fonts, pictures, films. Samples and tables in them are nobody's data.</summary>
internal static class Pages
{
    public static LabelledMessage Script(Chance chance) => Answer(chance, $"/static/{chance.Hex(8)}.js").Body(
        "application/javascript", $"!function(e,t){{var n={chance.Digits(5)};e.validate=function(r){{return/^01[016789]-?\\d{{3,4}}-?\\d{{4}}$/.test(r)||\"{Email(chance)}\"===r}},e.card=\"4111111111111111\",e.sample={{name:\"John Doe\",ssn:\"078-05-1120\",phone:\"010-1234-5678\"}},t.{chance.Word(2)}=\"{chance.Hex(20)}\"}}(window,document);")
        .Build("script");

    public static LabelledMessage Style(Chance chance) => Answer(chance, "/a.css").Body(
        "text/css", $"@media (max-width:{chance.Between(300, 900)}px){{.{chance.Word(2)}{{background:url(ic_{chance.Word(2)}@2x.png);color:#{chance.Hex(6)};width:{chance.Between(10, 99)}.5%}}}}").Build("style sheet");

    public static LabelledMessage Font(Chance chance) => Answer(chance, "/f.woff2").Body("font/woff2", new Value((byte[])[.. "wOF2"u8, .. chance.Bytes(chance.Between(300, 3000))], [])).Build("font");

    public static LabelledMessage Page(Chance chance) => Answer(chance, "/notice").Body("text/html; charset=utf-8",
        $"<!doctype html><html lang=\"ko\"><head><title>{chance.Pick("공지사항", "이용약관", "자주 묻는 질문")} {chance.Digits(4)}</title><meta name=\"viewport\" content=\"width=device-width\"></head><body><p>고객센터 {chance.Pick("1588", "1661")}-{chance.Digits(4)} (평일 9시~18시)</p><p>휴대폰 번호는 010-1234-5678 형식으로 입력합니다.</p><p>문의: help@{chance.Word(2)}.example &copy; {chance.Word(3)}</p></body></html>")
        .Build("page");

    public static LabelledMessage ChinesePage(Chance chance) => Answer(chance, "/help.htm").Body("text/html; charset=gbk",
        ((Value)$"<html><head><title>帮助中心{chance.Digits(4)}</title></head><body><p>如需修改收货地址,请在发货前联系卖家。客服热线400-{chance.Digits(3)}-{chance.Digits(4)}</p><p>{chance.Pick("七天无理由退货", "正品保障", "极速退款")}</p></body></html>").Gbk()).Build("page in Chinese");

    public static LabelledMessage KoreanLegacyPage(Chance chance) => Answer(chance, "/board.asp").Body("text/html; charset=euc-kr",
        ((Value)$"<html><body><h1>배송 안내 {chance.Digits(4)}</h1><p>주문 후 {chance.Between(1, 5)}일 안에 도착합니다. 서울 {chance.Between(2, 9)}천원, 제주 추가 요금</p></body></html>").EucKr()).Build("page in EUC-KR");

    public static LabelledMessage Picture(Chance chance) => Answer(chance, $"/img/{chance.Hex(12)}").Body(chance.Pick("image/jpeg", "image/webp"), new Value((byte[])[0xFF, 0xD8, 0xFF, 0xE0, .. chance.Bytes(chance.Between(400, 4000))], [])).Build("picture");

    public static LabelledMessage Pixel(Chance chance) => Answer(chance, $"/px/{chance.Hex(6)}.gif").Header("Cache-Control", $"max-age={chance.Between(60, 9000)}")
        .Body("image/gif", new Value((byte[])[.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, .. chance.Bytes(6), 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B], [])).Build("pixel");

    public static LabelledMessage Vector(Chance chance) => Answer(chance, "/i.svg").Body("image/svg+xml",
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {chance.Between(16, 64)} 24\"><path d=\"M{chance.Between(1, 20)}.{chance.Digits(4)} {chance.Between(1, 20)}.{chance.Digits(4)}l37.{chance.Digits(5)} 127.{chance.Digits(5)}z\"/></svg>").Build("vector");

    public static LabelledMessage Segment(Chance chance) => Answer(chance, $"/hls/{chance.Hex(8)}/{chance.Digits(4)}.ts").Body("video/mp2t", new Value((byte[])[0x47, 0x40, 0, 0x10, .. chance.Bytes(chance.Between(1000, 6000))], [])).Build("film segment");

    public static LabelledMessage PlayList(Chance chance) => Answer(chance, "/hls/master.m3u8").Body("application/vnd.apple.mpegurl",
        string.Concat("#EXTM3U\n#EXT-X-VERSION:6\n", string.Concat(Enumerable.Range(0, chance.Between(3, 9)).Select(i => $"#EXTINF:{chance.Between(2, 9)}.{chance.Digits(3)},\nseg_{chance.Digits(5)}_{i}.ts\n")))).Build("play list");

    public static LabelledMessage News(Chance chance) => Answer(chance, "/rss").Body("application/rss+xml",
        $"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{chance.Word(3)}</title><item><title>경기 결과로 {chance.Between(2, 9)}위</title><link>https://news.example/{chance.Digits(7)}</link><pubDate>Fri, 02 Jan 2026 0{chance.Between(1, 9)}:04:05 GMT</pubDate></item></channel></rss>").Build("news");

    private static Traffic Answer(Chance chance, string path) => Traffic.Response($"cdn{chance.Between(1, 30)}.example", path).Header("ETag", $"\"{chance.Hex(32)}\"").Header("Last-Modified", "Fri, 02 Jan 2026 03:04:05 GMT").Header("Age", $"{chance.Between(1, 90000)}");

    private static string Email(Chance chance) => new StringBuilder().Append(chance.Word(2)).Append("@example.com").ToString();
}
