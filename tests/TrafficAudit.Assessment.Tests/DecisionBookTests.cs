using System.Diagnostics;
using System.Text.Json;
using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Assessment.Tests;

public sealed class DecisionBookTests
{
    [Fact]
    public void NobodySaidAnything_EverythingIsOpen()
    {
        var book = new DecisionBook();

        Assert.True(book.IsEmpty);
        Assert.Equal(Judgement.Open, book.Of(Say.Email));
        Assert.Equal(Judgement.Open, book.Of(Say.Transfer));
    }

    // c confirmed, r rejected, o reopened; the letter before says who.
    [Theory]
    [InlineData(1, "", "open")]
    [InlineData(1, "Ac", "confirmed")]
    [InlineData(1, "Ar", "rejected")]
    [InlineData(1, "Ac Br", "rejected")]
    [InlineData(1, "Ac Br Ac", "confirmed")]
    [InlineData(1, "Ac Bo", "open")]
    [InlineData(2, "Ac", "awaiting_second")]
    [InlineData(2, "Ac Ac", "awaiting_second")]
    [InlineData(2, "Ac ac", "awaiting_second")]
    [InlineData(2, "Ac Bc", "confirmed")]
    [InlineData(2, "Ar Br", "rejected")]
    [InlineData(2, "Ac Br", "contested")]
    [InlineData(2, "Ac Br Ar", "rejected")]
    [InlineData(2, "Ac Br Bc", "confirmed")]
    [InlineData(2, "Ac Bc Cr", "contested")]
    [InlineData(2, "Ac Bc Ao", "open")]
    [InlineData(2, "Ac Bc Ao Br", "awaiting_second")]
    public void Words_ComeToAState(int reviewers, string said, string state)
    {
        var decisions = said.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((word, i) => word[1] switch
        {
            'c' => Say.Confirmed(i + 1, word[..1], Say.Email, Say.Transfer),
            'r' => Say.Rejected(i + 1, word[..1], Say.Email, Say.Transfer),
            _ => Say.Reopened(i + 1, word[..1], Say.Email, Say.Transfer),
        });

        var book = Say.Book(reviewers, decisions);

        Assert.Equal(state, Token.Of(book.Of(Say.Email).State));
        Assert.Equal(state, Token.Of(book.Of(Say.Transfer).State));
        Assert.Equal(said.Length == 0, book.IsEmpty);
    }

    [Fact]
    public void Undo_GivesTheStateBeforeAndKeepsTheDecision()
    {
        var book = Say.Book(1, Say.Confirmed(1, "Kim", Say.Email), Say.Rejected(2, "Lee", Say.Email), Say.Undone(3, "Kim", 2));

        Assert.Equal(DecisionState.Confirmed, book.Of(Say.Email).State);
        Assert.Equal([Say.Id(1), Say.Id(2)], book.HistoryOf(Say.Email).Select(e => e.Decision.Id));
        Assert.Equal("Kim", book.HistoryOf(Say.Email)[1].UndoneBy?.By);
        Assert.Equal([Say.Id(3), Say.Id(2), Say.Id(1)], book.Newest(10).Select(e => e.Decision.Id));
    }

    [Fact]
    public void Undo_OfWhatIsNotInForce_IsRefusedAndChangesNothing()
    {
        var book = Say.Book(1, Say.Confirmed(1, "Kim", Say.Email), Say.Undone(2, "Kim", 1));

        Assert.Throws<DecisionException>(() => book.Add(Say.Undone(3, "Kim", 1)));
        Assert.Throws<DecisionException>(() => book.Add(Say.Undone(4, "Kim", 2)));
        Assert.Throws<DecisionException>(() => book.Add(Say.Undone(5, "Kim", 99)));
        Assert.Equal(DecisionState.Open, book.Of(Say.Email).State);
        Assert.Equal(2, book.Newest(10).Count);
    }

    [Fact]
    public void SecondReviewer_AskedForLater_HoldsForWhatWasDecidedBefore()
    {
        var book = Say.Book(1, Say.Confirmed(1, "Kim", Say.Email));

        book.ReplayReviewers(Some.Time, JsonSerializer.SerializeToElement(new { reviewers = 2, by = "Lee" }));
        Assert.Equal(DecisionState.AwaitingSecond, book.Of(Say.Email).State);

        book.Add(Say.Confirmed(2, "Lee", Say.Email));
        Assert.Equal(DecisionState.Confirmed, book.Of(Say.Email).State);
        Assert.Equal(["Kim", "Lee"], book.Of(Say.Email).By);
    }

    [Fact]
    public void CommentsTagsAndAssignees_DecideNothing()
    {
        var book = Say.Book(
            1,
            Say.Of(1, "Kim", [Say.Email]) with { Comment = "Look at this", Tags = ["b", "a"], Assignee = "Lee" },
            Say.Of(2, "Lee", [Say.Email]) with { Untags = ["b"], Tags = ["c"] });

        Assert.Equal((DecisionState.Open, "Lee", 1), (book.Of(Say.Email).State, book.Of(Say.Email).Assignee, book.Of(Say.Email).Comments));
        Assert.Equal(["a", "c"], book.Of(Say.Email).Tags);
        book.Add(Say.Of(3, "Lee", [Say.Email]) with { Assignee = "" });
        Assert.Null(book.Of(Say.Email).Assignee);
    }

    [Fact]
    public void PartsOfOneDecision_AreOneDecision()
    {
        var whole = Say.Rejected(1, "Kim", [.. Enumerable.Range(1, 2_500).Select(flow => Say.Finding(flow))]);

        var records = DecisionFormat.Write(whole).Select(node => JsonSerializer.SerializeToElement(node)).ToList();
        var book = new DecisionBook();
        records.ForEach(record => book.Replay(whole.Time, record));

        Assert.Equal(3, records.Count);
        Assert.Equal(0, book.FaultCount);
        Assert.Equal(2_500, Assert.Single(book.Newest(10)).Decision.Subjects.Length);
        Assert.Equal(DecisionState.Rejected, book.Of(Say.Finding(2_500)).State);
        book.Add(Say.Undone(2, "Kim", 1));
        Assert.Equal(DecisionState.Open, book.Of(Say.Finding(1)).State);
        Assert.Equal(DecisionState.Open, book.Of(Say.Finding(2_500)).State);
    }

    [Fact]
    public void AnotherDecisionOfTheSameId_IsRefused()
    {
        var book = Say.Book(1, Say.Confirmed(1, "Kim", Say.Email));

        Assert.Throws<DecisionException>(() => book.Add(Say.Rejected(1, "Kim", Say.Transfer)));
        Assert.Throws<DecisionException>(() => book.Add(Say.Confirmed(1, "Lee", Say.Transfer)));
        Assert.Equal(DecisionState.Open, book.Of(Say.Transfer).State);
    }

    [Fact]
    public void OneSubject_TakesNoMoreThanTheLimit_AndSaysSo()
    {
        var book = new DecisionBook();
        for (var i = 1; i <= DecisionLimits.DecisionsOnSubject + 5; i++)
        {
            book.Add(Say.Confirmed(i, "Kim", Say.Email));
        }

        Assert.Equal(DecisionLimits.DecisionsOnSubject, book.HistoryOf(Say.Email).Count);
        Assert.Equal(5, book.FaultCount);
    }

    /// <summary>Whatever was said in whatever order, an undo of each decision in turn leaves what the others alone come to.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    public void RandomHistories_UndoEqualsNeverSaid(int seed, int reviewers)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var said = Enumerable.Range(1, random.Next(1, 12)).Select(i => Random(random, i)).ToList();
            var undone = random.Next(said.Count);

            var withUndo = Say.Book(reviewers, [.. said, Say.Undone(99, "Z", undone + 1)]);
            var without = Say.Book(reviewers, said.Where((_, i) => i != undone));

            foreach (var subject in new Subject[] { Say.Email, Say.Transfer, Say.Finding(13) })
            {
                Assert.Equal(JsonSerializer.Serialize(without.Of(subject)), JsonSerializer.Serialize(withUndo.Of(subject)));
            }
        }
    }

    [Fact]
    public void HundredThousandDecisions_ReplayInSeconds()
    {
        var records = Enumerable.Range(1, 100_000)
            .Select(i => JsonSerializer.SerializeToElement(DecisionFormat.Write(Say.Confirmed(i, i % 2 == 0 ? "Kim" : "Lee", Say.Finding(i / 2))).Single()))
            .ToList();
        var book = new DecisionBook();
        book.Require(2);
        var watch = Stopwatch.StartNew();

        records.ForEach(record => book.Replay(Some.Time, record));

        TestContext.Current.SendDiagnosticMessage($"100,000 decisions replayed in {watch.ElapsedMilliseconds} ms");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Equal(DecisionState.Confirmed, book.Of(Say.Finding(2)).State);
    }

    private static Decision Random(Random random, int id)
    {
        Subject[] all = [Say.Email, Say.Transfer, Say.Finding(13)];
        var subjects = all.Where(_ => random.Next(2) == 0).DefaultIfEmpty(Say.Email).ToArray();
        var by = new[] { "A", "B", "C" }[random.Next(3)];
        return random.Next(5) switch
        {
            0 => Say.Confirmed(id, by, [.. subjects]),
            1 => Say.Rejected(id, by, [.. subjects]),
            2 => Say.Reopened(id, by, [.. subjects]),
            3 => Say.Of(id, by, [.. subjects]) with { Tags = [$"t{random.Next(3)}"], Comment = "x" },
            _ => Say.Of(id, by, [.. subjects]) with { Untags = [$"t{random.Next(3)}"], Assignee = random.Next(2) == 0 ? "" : by },
        };
    }
}
