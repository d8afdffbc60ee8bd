using TrafficAudit.Classification.Tests.Corpus.Values;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Apps;

/// <summary>
/// What people write. A known value is found in it; a stranger's telephone number, e-mail address or street is personal data too, but only its format says
/// so, and that is shown and not counted: these labels measure what that costs.
/// </summary>
internal static class FreeText
{
    public static LabelledMessage Memo(Chance chance, Subject person) => Traffic.Post("m.mall.example", "/order/memo").Json(
        $$"""{"orderSeq":{{chance.Fraction(6)}},"text":"{{Spoken(person.Phone)}}로 연락 주세요. {{chance.Pick("부재시 경비실", "문 앞에", "배송 전에")}} 부탁드립니다."}""").Build("memo");

    public static LabelledMessage Question(Chance chance, Subject person) => Traffic.Post("api.shop.example", "/qna").Form(
        $"pno={chance.Digits(7)}&body=환불은 {Spoken(person.Email)} 로 안내해 주세요").Build("question");

    public static LabelledMessage Chat(Chance chance, Subject person) => Socket.Sent("chat", "chat.deal.example",
        Tree.Json($$"""{"t":"msg","seq":{{chance.Fraction(5)}},"c":"주소는 {{Spoken(person.Address)}} 입니다"}""").ToJson());

    public static LabelledMessage ChineseChat(Chance chance, Subject person) => Socket.Sent("chat in Chinese", "im.seller.example",
        Tree.Json($$"""{"t":1,"content":"请发到 {{Spoken(person.Email)}} 谢谢","n":{{chance.Fraction(5)}} }""").ToMessagePack());

    private static Value Spoken(Value value) => value.Places[0].Mark.Evidence == Evidence.Known ? value : value.By(Evidence.Format);
}
