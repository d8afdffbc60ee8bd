using TrafficAudit.Classification.Taxonomy;

namespace TrafficAudit.Classification.Tests.Taxonomy;

public sealed class ItemTaxonomyTests
{
    [Fact]
    public void Slugs_AreUniqueSnakeCaseWords()
    {
        Assert.True(ItemTaxonomy.All.Length > 80);
        Assert.Equal(ItemTaxonomy.All.Length, ItemTaxonomy.All.Select(item => item.Slug).Distinct().Count());
        Assert.All(ItemTaxonomy.All, item => Assert.Matches("^[a-z][a-z_]*$", item.Slug));
    }

    [Fact]
    public void EveryItem_HasBothNamesAndAKnownClass()
    {
        Assert.All(ItemTaxonomy.All, item =>
        {
            Assert.NotEmpty(item.English);
            Assert.Contains(item.Korean, c => c is >= '가' and <= '힣' || item.Slug == "jwt" || item.Slug == "card_cvc");
            Assert.NotEmpty(item.Group);
            Assert.Contains(item.PipaClass, (string[])["G", "U24", "R24-2", "S23"]);
        });
    }

    [Fact]
    public void EveryItemButSecrets_HasATypeInTheStores()
    {
        var without = ItemTaxonomy.All.Where(item => DeclaredType.Of(item.Slug) is not { Play.Length: > 0, Apple.Length: > 0 }).Select(item => item.Slug);

        Assert.Equal(["server_key", "password", "otp"], without);
    }

    [Theory]
    [InlineData("rrn", "R24-2", true)]
    [InlineData("passport_no", "U24", true)]
    [InlineData("biometric_template", "S23", true)]
    [InlineData("card_number", "G", true)]
    [InlineData("phone", "G", false)]
    public void LegalClass_IsTheActs(string slug, string pipaClass, bool storedEncrypted)
    {
        var item = ItemTaxonomy.Find(slug);

        Assert.Equal(pipaClass, item?.PipaClass);
        Assert.Equal(storedEncrypted, item?.StoredEncrypted);
    }

    /// <summary>They travel with personal data, and say of a person nothing by themselves.</summary>
    [Fact]
    public void WhatIsOfTheApp_IsNotPersonal() =>
        Assert.Equal(
            ["app_id", "app_version", "browser_trait", "property_id", "sdk_version", "server_key"],
            ItemTaxonomy.All.Where(item => !item.IsPersonal).Select(item => item.Slug).Order(StringComparer.Ordinal));

    [Fact]
    public void UnknownSlug_IsNotFound() => Assert.Null(ItemTaxonomy.Find("telefon"));
}
