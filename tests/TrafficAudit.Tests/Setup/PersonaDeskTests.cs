using TrafficAudit.Evidence;
using TrafficAudit.Model;
using TrafficAudit.Review;
using TrafficAudit.Review.Doors;
using TrafficAudit.Setup;

namespace TrafficAudit.Tests.Setup;

public sealed class PersonaDeskTests : IDisposable
{
    private const string Value = "010-0000-4321";

    private static readonly Persona First = new("first", [new PersonaValue("phone", Value)]);
    private static readonly Person Investigator = new("Kim", Role.Investigator);

    private readonly List<string> _journal = [];
    private readonly List<Persona> _used = [];
    private readonly PersonaDesk _desk;
    private IOException? _fault;

    public PersonaDeskTests() => _desk = new PersonaDesk(
        () => [First],
        (kind, content, _) =>
        {
            _journal.Add($"{kind} {content.ToJsonString()}");
            return _fault is null ? Task.CompletedTask : Task.FromException(_fault);
        },
        _used.Add);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Values_AreShownOnceTheJournalSaysToWhom()
    {
        Assert.Equal(First, await _desk.RevealAsync(Investigator, "first", Cancellation));

        Assert.StartsWith($"{JournalKinds.Revealed} {{\"person\":\"Kim\"", Assert.Single(_journal), StringComparison.Ordinal);
        Assert.DoesNotContain(Value, _journal[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task JournalThatCanNotBeWritten_ShowsAndSavesNothing()
    {
        _fault = new IOException("the disk is full");

        await Assert.ThrowsAsync<RejectedRequestException>(() => _desk.RevealAsync(Investigator, "first", Cancellation));
        await Assert.ThrowsAsync<RejectedRequestException>(() => _desk.SaveAsync(Investigator, First with { Name = "second" }, Cancellation));

        Assert.Empty(_used);
        Assert.Equal("first", Assert.Single(await _desk.ListAsync(Cancellation)).Name);
    }

    [Fact]
    public async Task AnotherVersion_IsSearchedForBesideTheOneBefore()
    {
        Assert.False(await _desk.SaveAsync(Investigator, First, Cancellation));
        Assert.True(await _desk.SaveAsync(Investigator, new Persona(" first ", [new PersonaValue("phone", "010-0000-9999")]), Cancellation));

        Assert.Equal([Value, "010-0000-9999"], Assert.Single(_used).Values.Select(v => v.Value));
        Assert.Equal(2, Assert.Single(await _desk.ListAsync(Cancellation)).Versions);
        Assert.StartsWith(JournalKinds.Persona, Assert.Single(_journal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "phone", Value, "name")]
    [InlineData("a\u0000b", "phone", Value, "control character")]
    [InlineData("second", "no such", Value, "is no item")]
    [InlineData("second", "phone", " ", "is empty")]
    public async Task PersonaThatNoFileCouldHold_IsRefusedWithoutItsValues(string name, string item, string value, string why)
    {
        var refusal = await Assert.ThrowsAsync<RejectedRequestException>(() => _desk.SaveAsync(Investigator, new Persona(name, [new PersonaValue(item, value)]), Cancellation));

        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Value, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_journal);
    }

    [Fact]
    public async Task Reviewer_SeesAndSavesNothing()
    {
        var reviewer = new Person("Lee", Role.Reviewer);

        await Assert.ThrowsAsync<RejectedRequestException>(() => _desk.RevealAsync(reviewer, "first", Cancellation));
        await Assert.ThrowsAsync<RejectedRequestException>(() => _desk.SaveAsync(reviewer, First with { Name = "second" }, Cancellation));

        Assert.Empty(_journal);
    }
}
