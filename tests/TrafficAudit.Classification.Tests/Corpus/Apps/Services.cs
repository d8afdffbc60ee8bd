using TrafficAudit.Classification.Tests.Corpus.Values;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Apps;

/// <summary>Other kinds of service: payments, flights, hospitals, invitations, things' brokers, in keys as their developers choose them.</summary>
internal static class Services
{
    public static LabelledMessage CardRegistration(Chance chance, Subject person) => Traffic.Post("billing.app-i.example", "/v1/cards").Json(
        $$"""{"card":{"number":{{person.Card}},"expiryMonth":{{Subject.State("card_expiry", $"{chance.Between(1, 13):00}")}},"expiryYear":{{Subject.State("card_expiry", $"{chance.Between(27, 33)}")}} },"holderName":{{person.EnglishName}},"alias":"{{chance.Word(2)}}"}""")
        .Build("card registration");

    public static LabelledMessage Flight(Chance chance, Subject person) => Traffic.Post("book.airline.example", "/pnr").Json(
        $$"""
        {"flight":"KE{{chance.Digits(3)}}","passengers":[{"surname":{{Subject.State("name", chance.Pick("KIM", "LEE", "CHOI"))}},"givenName":{{Subject.State("name", chance.Word(3).ToUpperInvariant())}},"passportNumber":{{person.Passport}},
          "nationality":{{Subject.State("nationality", "KR")}},"dateOfBirth":{{person.BirthDate}},"sex":{{person.Gender}} }]}
        """).Build("flight");

    public static LabelledMessage Hospital(Chance chance, Subject person) => Traffic.Post("reserve.hospital.example", "/appointments").Json(
        $$"""{"patient":{"name":{{person.Name}},"mobile":{{person.Phone}},"birth":{{person.BirthDate}} },"symptom":{{Subject.State("race_religion_politics_health_sexlife", chance.Pick("두통", "허리 통증", "불면증", "기침"))}},"dept":"{{chance.Digits(3)}}"}""").Build("hospital");

    public static LabelledMessage Invitation(Chance chance, Subject person)
    {
        var friend = Subject.Stranger(chance);
        return Traffic.Post("api.party.example", "/invite").Json($$"""{"from":{"userId":{{person.UserId}} },"invitees":[{"name":{{friend.Name}},"phone":{{friend.Phone}} }],"event":"{{chance.Word(3)}}"}""").Build("invitation");
    }

    public static LabelledMessage ChineseRegistration(Chance chance, Subject person)
    {
        var somebody = new Somebody(chance);
        return Traffic.Post("zc.service.example", "/reg").Form(
            $"xm={Value.Of("name", somebody.ChineseName(), Evidence.Key)}&sfzh={Value.Of("foreign_national_id", somebody.ChineseIdentity(), Evidence.Checked)}&lxdh={Value.Of("phone", $"139{chance.Digits(8)}", Evidence.Key)}&zz={Value.Of("postal_address", somebody.ChineseAddress(), Evidence.Key)}&yzbm={Value.Of("postcode", chance.Between(100000, 699999).ToString(System.Globalization.CultureInfo.InvariantCulture), Evidence.Key)}&ly=app")
            .Build("registration in pinyin");
    }

    public static LabelledMessage AmericanAddress(Chance chance, Subject person) => Traffic.Post("shop.overseas.example", "/checkout/shipping").Json(
        $$"""
        {"shippingAddress":{"firstName":{{Subject.State("name", chance.Word(3))}},"lastName":{{Subject.State("name", chance.Word(2) + "son")}},"addressLine1":{{Subject.State("postal_address", $"{chance.Digits(4)} {chance.Word(3)} Street")}},
          "postalCode":{{Subject.State("postcode", $"9{chance.Digits(4)}")}},"phoneNumber":{{Subject.State("phone", $"+1 202-555-01{chance.Digits(2)}")}},"emailAddress":{{person.Email}} },"method":"express"}
        """).Build("American address");

    public static LabelledMessage HeadersOnly(Chance chance, Subject person) => Traffic.Get("edge.app-j.example", "/home").Header("X-Advertising-Id", person.Gaid).Header("X-User-Id", person.UserId)
        .Header("X-Device-Model", new Handset(chance).Model).Header("X-Device-Id", Subject.State("vendor_device_id", chance.Uuid())).Header("X-Request-Id", chance.Uuid()).Build("headers only");

    public static LabelledMessage KoreanCookies(Chance chance, Subject person) => Traffic.Get("www.mall-k.example", "/main").Cookie("PCID", Subject.State("web_id_cookie", chance.Digits(20)))
        .Cookie("memberNo", person.UserId).Cookie("JSESSIONID", Subject.State("session_token", chance.Hex(32).ToUpperInvariant())).Cookie("popup", "N").Build("Korean shop's cookies");

    public static LabelledMessage Broker(Chance chance, Subject person) => Socket.Sent("broker", "iot.home.example", Mqtt.Connect(Subject.State("vendor_device_id", $"android-{chance.Hex(16)}"), person.Email));

    public static LabelledMessage Profile(Chance chance, Subject person) => Traffic.Response("openapi.social.example", "/v1/me").Json(
        $$"""{"code":"00","response":{"email":{{person.Email}},"mobile":{{person.Phone}},"name":{{person.Name}},"birthday":{{Subject.State("dob", $"{chance.Between(1, 13):00}-{chance.Between(10, 29)}")}},"age":{{Subject.State("dob", "30-39")}},"nickname":{{person.Nickname}} },"t":{{chance.Fraction(6)}} }""").Build("profile");
}
