using TrafficAudit.Classification.Personas;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Personas;

public sealed class PersonaMakerTests
{
    public static TheoryData<bool> Kinds { get; } = [true, false];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void InventedIdentities_CanBeTrustedAndAreNobodys(bool isKorean)
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var persona = Make(isKorean, seed);

            Assert.DoesNotContain(PersonaCheck.Of(persona), v => v.IsFault);
            Assert.All(["name", "phone", "email", "postal_address"], item => Assert.Equal(ValueTrust.Strong, PersonaCheck.Of(persona).Single(v => v.Item == item).Trust));
            Assert.EndsWith("@example.com", Value(persona, "email"), StringComparison.Ordinal);
            Assert.Matches(isKorean ? "^010-0000-[0-9]{4}$" : "^\\+1 [0-9]{3}-555-01[0-9]{2}$", Value(persona, "phone"));
        }
    }

    [Fact]
    public void KoreanIdentity_HasTheFormsThatShopsAskFor()
    {
        var persona = Make(isKorean: true, 1);

        // What the formats of the patterns accept is what a shop's form accepts.
        var found = Classify.Counted(SomeField.Request.Json(
            $$"""{"receiver":{"name":"{{Value(persona, "name")}}","mobile":"{{Value(persona, "phone")}}","address":"{{Value(persona, "postal_address")}}"},"email":"{{Value(persona, "email")}}","pccc":"{{Value(persona, "pccc")}}"}"""));

        Assert.Equal(["name", "phone", "postal_address", "email", "pccc"], found.Select(f => f.Item));
        Assert.StartsWith("P00", Value(persona, "pccc"), StringComparison.Ordinal);
    }

    [Fact]
    public void Identities_DifferAndCanBeNamed()
    {
        Assert.Equal(200, Enumerable.Range(0, 200).Select(seed => Value(Make(isKorean: true, seed), "email")).Distinct().Count());
        Assert.Equal("lab 1", new PersonaMaker(new Random(1)).Korean("lab 1").Name);
    }

    private static Persona Make(bool isKorean, int seed)
    {
        var maker = new PersonaMaker(new Random(seed));
        return isKorean ? maker.Korean() : maker.Foreign();
    }

    private static string Value(Persona persona, string item) => persona.Values.Single(v => v.Item == item).Value;
}
