using TrafficAudit.Classification.Tests.Corpus.Values;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Apps;

/// <summary>Files that are personal data themselves, and what browsers keep.</summary>
internal static class Uploads
{
    private static readonly (string Key, string Item)[] Files =
    [
        ("id_card_image", "id_document_image"), ("신분증사본", "id_document_image"), ("face_image", "face_image"), ("faceTemplate", "biometric_template"), ("fingerprint_template", "biometric_template"),
        ("profile_photo", "photos_media"), ("voice_record", "audio"),
    ];

    public static LabelledMessage Pictures(Chance chance, Subject person)
    {
        var boundary = "x" + chance.Hex(14);
        var (key, item) = chance.Of(Files);
        return Traffic.Post("verify.seller.example", "/upload").Body(MultipartFormat.TypeOf(boundary), Tree.Object(
            Tree.Leaf("ticket", chance.Hex(16)), Tree.Leaf(key, Subject.State(item, Jpeg(chance)))).ToMultipart(boundary)).Build("upload");
    }

    public static LabelledMessage PicturesInJson(Chance chance, Subject person)
    {
        var (key, item) = chance.Of(Files);
        return Traffic.Post("verify.seller.example", "/v2/kyc").Json(Tree.Object(Tree.Leaf("step", chance.Digits(1)), Tree.Leaf(key, Subject.State(item, Jpeg(chance)).Base64()))).Build("upload in JSON");
    }

    public static LabelledMessage WebIdentifiers(Chance chance, Subject person) => Traffic.Get("m.mall.example", "/main")
        .Cookie("_ga", Subject.State("web_id_cookie", $"GA1.1.{chance.Digits(9)}.{chance.Seconds()}")).Cookie("_fbp", Subject.State("web_id_cookie", $"fb.1.{chance.Milliseconds()}.{chance.Digits(9)}"))
        .Cookie("cna", Subject.State("web_id_cookie", chance.Letters(24, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"))).Build("web identifiers");

    public static LabelledMessage Tokens(Chance chance, Subject person)
    {
        var token = Tree.Json($$"""{"iss":"https://id.app-e.example","iat":{{chance.Seconds()}},"scope":"read","jti":"{{chance.Hex(12)}}"}""").ToToken(chance);
        return Traffic.Post("id.app-e.example", "/token").Cookie("remember_token", Subject.State("cookie_token", chance.Base64(60))).Cookie("login_token", Subject.State("cookie_token", "E100" + chance.Letters(60, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")))
            .Json(Tree.Object(Tree.Leaf("id_token", Subject.State("jwt", token.Text)), Tree.Leaf("seq", chance.Digits(5)))).Build("tokens");
    }

    private static byte[] Jpeg(Chance chance) => [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0, .. chance.Bytes(chance.Between(300, 1500)), 0xFF, 0xD9];
}
