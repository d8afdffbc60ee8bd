using TrafficAudit.Classification.Tests.Corpus.Values;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Apps;

/// <summary>Log-ins, orders and deliveries of Korean apps, by the keys that public code shows (reference, section 3).</summary>
internal static class KoreanShops
{
    public static LabelledMessage KakaoAccount(Chance chance, Subject person) => Traffic.Response("kapi.kakao.com", "/v2/user/me").Json(
        $$"""
        {"id":{{person.UserId.AtEndpoint()}},"connected_at":"2026-01-0{{chance.Between(1, 3)}}T0{{chance.Between(1, 9)}}:04:05Z","kakao_account":{"profile_needs_agreement":false,
         "profile":{"nickname":{{person.Nickname.AtEndpoint()}} },"has_email":true,"is_email_valid":true,"email":{{person.Email.AtEndpoint()}},"has_phone_number":true,
         "phone_number":{{person.InternationalPhone.AtEndpoint()}},"name":{{person.Name.AtEndpoint()}},"has_birthday":true,"gender":{{person.Gender.AtEndpoint()}} } }
        """).Build("kakao-account");

    public static LabelledMessage ElevenStreetOrder(Chance chance, Subject person) => Traffic.Post("m.11st.example", "/order/save.do").Form(
        $"rcvrNm={person.Name}&rcvrPrtblNo={person.Phone}&rcvrMailNo={person.Postcode}&rcvrBaseAddr={person.Address}&rcvrDtlsAddr={person.AddressDetail}&psnCscUniqNo={person.Pccc}&engNm={person.EnglishName}&ordTlphnNo={person.Phone}&ordQty={chance.Between(1, 9)}&selStatCd={chance.Digits(3)}&dlvMemo=문 앞에 놓아 주세요")
        .Build("11st-order");

    public static LabelledMessage CoupangOrder(Chance chance, Subject person) => Traffic.Post("mapi.market.example", "/api/v1/checkout").Json(
        $$"""
        {"checkoutId":"{{chance.Hex(12)}}","orderer":{"name":{{person.Name}},"email":{{person.Email}},"ordererPhoneNumber":{{person.Phone}} },
         "receiver":{"name":{{person.Name}},"safeNumber":{{Subject.State("safe_phone", $"0503-0000-{chance.Digits(4)}")}},"addr1":{{person.Address}},"addr2":{{person.AddressDetail}},"postCode":{{person.Postcode}} },
         "overseaShippingInfoDto":{"personalCustomsClearanceCode":{{person.Pccc}} },"vendorItems":[{"quantity":{{chance.Between(1, 5)}},"salesPrice":{{chance.Between(900, 90000)}} }]}
        """).Build("coupang-order");

    public static LabelledMessage SignUp(Chance chance, Subject person) => Traffic.Post("member.mall.example", "/api/join").Json(
        $$"""
        {"step":3,"userNm":{{person.Name}},"mbtlnum":{{person.Phone}},"eMail":{{person.Email}},"brthdy":{{person.BirthDate}},"sexdstn":{{person.Gender}},
         "주소":{{person.Address}},"상세주소":{{person.AddressDetail}},"우편번호":{{person.Postcode}},"terms":["A{{chance.Digits(2)}}","B{{chance.Digits(2)}}"]}
        """).Build("korean-sign-up");

    public static LabelledMessage Delivery(Chance chance, Subject person) => Traffic.Response("track.delivery.example", "/v1/parcels").Json(
        $$"""
        {"invoice_no":"{{chance.Digits(12)}}","courier":"한빛택배","steps":[{"at":"{{chance.Seconds()}}","state":"집하"},{"at":"{{chance.Seconds()}}","state":"배송출발"}],
         "수령인":{{person.Name}},"연락처":{{person.Phone}},"배송지":{{person.Address}},"기사":{"사번":"{{chance.Digits(5)}}"} }
        """).Build("delivery");

    public static LabelledMessage Payment(Chance chance, Subject person) => Traffic.Post("pay.gateway.example", "/v3/approve").Body("application/x-www-form-urlencoded", Tree.Pairs(
        $"mid=SHOP{chance.Digits(6)}&amt={chance.Between(1000, 900000)}&cardNo={person.Card}&validPd={Subject.State("card_expiry", $"{chance.Between(27, 33)}{chance.Between(1, 13):00}")}&buyerName={person.Name}&buyerTel={person.Phone}&buyerEmail={person.Email}&goodsCnt=1&ediDate={chance.Milliseconds()}").ToForm())
        .Build("payment");

    public static LabelledMessage IdentityCheck(Chance chance, Subject person) => Traffic.Post("cert.identity.example", "/confirm").Body("text/xml; charset=euc-kr", Tree.Json(
        $$"""{"reqNo":"{{chance.Digits(14)}}","성명":{{person.Name}},"주민등록번호":{{person.Rrn}},"휴대폰번호":{{person.Phone}},"txId":"{{chance.Hex(20)}}"}""").ToXml("인증").EucKr())
        .Build("identity-check");

    public static LabelledMessage ChatSupport(Chance chance, Subject person) => Socket.Sent("chat-support", "chat.mall.example",
        Tree.Json($$"""{"type":"join","room":"cs-{{chance.Digits(6)}}"}""").ToJson(),
        Tree.Json($$"""{"type":"msg","seq":{{chance.Between(1, 99)}},"text":"주문 취소해 주세요. {{Plain(person.Name)}} {{Plain(person.Phone)}} 입니다"}""").ToJson());

    /// <summary>In free text only a known value is found: somebody's telephone number is shown, but its key says nothing, and a name is any word.</summary>
    private static Value Plain(Value value) => value.Places[0].Mark.Evidence == Evidence.Known ? value : value.Text;
}
