using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.Detection;

/// <summary>Whose value it is that a key names: the phone's, a thing's, a place's, a company's. Faults that the corpus showed.</summary>
public sealed class KeyOwnerTests
{
    private static string[] Sent(string json) => [.. Classify.Counted(SomeField.Request.Json(json)).Select(f => $"{f.Item} {f.Strength} {f.Location.Path}")];

    private static string[] Answered(string json) => [.. Classify.Counted(SomeField.Response.Json(json)).Select(f => $"{f.Item} {f.Strength} {f.Location.Path}")];

    [Theory]
    [InlineData("""{"model":"SM-S901N"}""", "device_model E model")]
    [InlineData("""{"rooted":"0"}""", "root_emulator E rooted")]
    [InlineData("""{"carrier":"KT"}""", "carrier E carrier")]
    [InlineData("""{"model":"SM-S901N","brand":"samsung"}""", "device_model E model", "manufacturer E brand")]
    [InlineData("""{"os":{"version":"14"}}""", "os_version E os.version")]
    [InlineData("""{"contacts":"김가온:010"}""", "contacts E contacts")]
    [InlineData("""{"search_keyword":"무선 이어폰"}""", "search_query E search_keyword")]
    public void StateThatThePhoneSends_IsFoundByItsKey(string json, params string[] expected) => Assert.Equal(expected, Sent(json));

    [Theory]
    [InlineData("""{"model":"WM-2201","language":"ko","city":"부산","battery":"5000mAh"}""")]
    [InlineData("""{"os":{"build":"14"},"product_id":"123456789"}""")]
    public void SameKeysInAnAnswer_TellOfThings(string json) => Assert.Empty(Answered(json));

    [Fact]
    public void AnswerBelowAWordForThePhone_TellsOfThePhone() =>
        Assert.Equal(["device_model E devices[0].model"], Answered("""{"devices":[{"model":"SM-S901N"}]}"""));

    [Theory]
    [InlineData("""{"items":[{"model":"WM-2201","brand":"samsung"}]}""")]
    [InlineData("""{"search":{"city":"부산","brand":"samsung"}}""")]
    [InlineData("""{"brand":"samsung"}""")]
    [InlineData("""{"carrier":"한빛택배","invoiceNo":"123456789012"}""")]
    [InlineData("""{"video":{"resolution":"1080p"},"ticket":{"resolution":"fixed"}}""")]
    [InlineData("""{"photo":"Y","voice":"female1"}""")]
    [InlineData("""{"operator":"AND"}""")]
    public void ThingsAndChoicesInARequest_AreNoState(string json) => Assert.Empty(Sent(json));

    [Theory]
    [InlineData("""{"customerCenter":{"phone":"02-555-0100","email":"help@store.example"}}""")]
    [InlineData("""{"privacyOfficer":{"email":"privacy@store.example"}}""")]
    [InlineData("""{"place_name":"별별마켓","phone":"031-555-0100"}""")]
    [InlineData("""{"@type":"LocalBusiness","telephone":"02-555-0100","address":{"@type":"PostalAddress","streetAddress":"부산광역시 해운대구 센텀중앙로 79"}}""")]
    [InlineData("""{"juso":[{"roadAddr":"부산광역시 해운대구 센텀중앙로 79"}]}""")]
    public void PublishedContacts_AreNobodysData(string json) => Assert.Empty(Answered(json));

    [Theory]
    [InlineData("""{"shopCustomer":{"phone":"010-0000-1234"}}""", "phone D shopCustomer.phone")]
    [InlineData("""{"@type":"Person","telephone":"010-0000-1234"}""", "phone D telephone")]
    [InlineData("""{"receiverName":"김가온","phone":"010-0000-1234"}""", "name D receiverName", "phone D phone")]
    public void PersonsContacts_AreFound(string json, params string[] expected) => Assert.Equal(expected, Answered(json));

    [Fact]
    public void WhatARuleSays_IsMoreThanWhatTheKeySays()
    {
        var flow = Some.Flow(
            host: "app.adjust.com",
            request: Some.Message("POST /session HTTP/1.1\nHost: app.adjust.com\nContent-Type: application/x-www-form-urlencoded", "device_name=SM-S901N"));

        Assert.Equal(["device_model"], new Classifier(Persona.None).Classify(flow).Findings.Select(finding => finding.Item));
    }

    [Fact]
    public void StateOfAnEncodedValue_IsEncodedWhoeverFindsIt()
    {
        var flow = Some.Flow(request: Some.Message($"GET /?d={Convert.ToBase64String("""{"email":"gaon@example.org"}"""u8)} HTTP/1.1\nHost: api.shop.example"));

        Assert.Equal(FindingState.Encoded, Assert.Single(new Classifier(Persona.None).Classify(flow).Findings).State);
    }

    [Fact]
    public void FileUnderAKeyThatSaysWhatItShows_IsFound()
    {
        byte[] body = [.. "--b\r\nContent-Disposition: form-data; name=\"id_card_image\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"u8, 0xFF, 0xD8, 0xFF, .. new byte[200], .. "\r\n--b--\r\n"u8];
        var flow = Some.Flow(request: Some.Message("POST /kyc HTTP/1.1\nHost: api.shop.example\nContent-Type: multipart/form-data; boundary=b", body));

        Assert.Equal(("id_document_image", "id_card_image"), Assert.Single(new Classifier(Persona.None).Classify(flow).Findings) is var found ? (found.Item, found.Location.Path) : default);
    }
}
