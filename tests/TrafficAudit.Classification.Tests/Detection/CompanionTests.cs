using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Detection;

/// <summary>What travels together speaks for each other.</summary>
public sealed class CompanionTests
{
    private static Finding? Find(string json, string item) =>
        Classify.All(SomeField.Request.Json(json)).SingleOrDefault(f => f.Item == item);

    [Fact]
    public void CustomsCodeUnderAKeyThatSaysNothing_IsLikelyBesideNameAndPhone()
    {
        var finding = Find("""{"f7":"P240000000001","receiverName":"성춘향","phone":"010-0000-0000"}""", "pccc");

        Assert.Equal(Strength.D, finding?.Strength);
        Assert.Contains("beside name, phone number", finding!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void AllFourOfADelivery_AreLikely()
    {
        var json = """{"c":"P240000000001","receiverName":"Chunhyang Seong","phone":"010-0000-0000","addr":"서울특별시 중구 세종대로 110","zip":"04524"}""";

        Assert.All(
            ["pccc", "name", "phone", "postal_address", "postcode"],
            item => Assert.Equal((item, Strength.D), (item, Find(json, item)?.Strength)));
    }

    [Fact]
    public void CustomsCodeInAnOrder_IsLikelyToo() =>
        Assert.Equal(Strength.D, Find("""{"order":{"f7":"P240000000001","receiverName":"성춘향","phone":"010-0000-0000"}}""", "pccc")?.Strength);

    [Fact]
    public void FormPairs_StandBesideEachOther()
    {
        var request = SomeField.Request.Query("c", "P240000000001").Query("receiverName", "Chunhyang Seong").Query("phone", "010-0000-0000");

        Assert.Equal(["name", "pccc", "phone"], Classify.Counted(request).Where(f => f.Strength == Strength.D).Select(f => f.Item).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"f7":"P240000000001","phone":"010-0000-0000"}""")] // two are not enough
    [InlineData("""{"f7":"P240000000001","a":"010-0000-0000","b":"서울특별시 중구 세종대로 110"}""")] // nobody names anything
    [InlineData("""{"x":{"f7":"P240000000001"},"y":{"receiverName":"성춘향","phone":"010-0000-0000"}}""")] // apart
    public void WithoutCompanions_ItIsShownOnly(string json) => Assert.Equal(Strength.F, Find(json, "pccc")?.Strength);

    [Fact]
    public void SellersData_AreNotRaised() =>
        Assert.Empty(Classify.Counted(SomeField.Request.Json("""{"seller":{"name":"성춘향","phone":"02-123-4567","address":"서울특별시 중구 세종대로 110","zip":"04524"}}""")));

    [Fact]
    public void CardNumberBesideItsExpiry_IsLikely()
    {
        Assert.Equal(Strength.D, Find("""{"n":"4532000000000009","cardExpiry":"12/29"}""", "card_number")?.Strength);
        Assert.Equal(Strength.F, Find("""{"n":"4532000000000009","expiry":"12/29"}""", "card_number")?.Strength);
        Assert.Equal(Strength.F, Find("""{"n":"4111111111111111","cardExpiry":"12/29"}""", "card_number")?.Strength);
    }
}
