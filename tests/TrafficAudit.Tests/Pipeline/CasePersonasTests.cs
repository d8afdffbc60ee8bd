using TrafficAudit.Model;
using TrafficAudit.Pipeline;

namespace TrafficAudit.Tests.Pipeline;

public sealed class CasePersonasTests
{
    private static readonly PersonaValue Phone = new("phone", "010-0000-1234");
    private static readonly PersonaValue Email = new("email", "gildong.hong.test@example.com");

    [Fact]
    public void NoPersona_IsOneWithoutValues()
    {
        var union = CasePersonas.Union([]);

        Assert.Equal("", union.Name);
        Assert.Empty(union.Values);
    }

    [Fact]
    public void SeveralPersonas_BecomeOneWithEachValueOnce()
    {
        var union = CasePersonas.Union([new Persona("first", [Phone]), new Persona("second", [Email, Phone]), new Persona("first", [Email])]);

        Assert.Equal("first, second", union.Name);
        Assert.Equal([Phone, Email], union.Values);
    }

    [Fact]
    public void SameValueAsAnotherItem_IsKept()
    {
        var other = Phone with { Item = "recipient_phone" };

        Assert.Equal([Phone, other], CasePersonas.Union([new Persona("a", [Phone, other])]).Values);
    }

    [Fact]
    public void Contains_AsksForNameAndValuesInOrder()
    {
        Persona[] known = [new("a", [Phone, Email])];

        Assert.False(CasePersonas.Contains(known, new Persona("b", [Phone, Email])));
        Assert.False(CasePersonas.Contains(known, new Persona("a", [Phone])));
        Assert.True(CasePersonas.Contains(known, new Persona("a", [Phone, Email])));
    }
}
