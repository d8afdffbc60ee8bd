using System.Text.Json;
using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Testing;

namespace TrafficAudit.Assessment.Tests;

public sealed class DecisionFormatTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void WrittenDecision_ReadsBack()
    {
        var decision = Say.Rejected(7, "김", Say.Email, Say.Transfer, new TransferSubject("gaid", "", null)) with
        {
            Comment = "두 줄\nof it",
            Tags = ["x"],
            Untags = ["y"],
            Assignee = "",
        };

        var read = DecisionFormat.Read(JsonSerializer.SerializeToElement(DecisionFormat.Write(decision).Single()), decision.Time);

        Assert.Equal(decision.Subjects, read.Subjects);
        Assert.Equal(decision with { Subjects = [], Tags = [], Untags = [] }, read with { Subjects = [], Tags = [], Untags = [] });
        Assert.Equal(["x"], read.Tags);
        Assert.Equal(["y"], read.Untags);
    }

    [Fact]
    public void Record_HoldsPlaceAndNoValue()
    {
        var record = DecisionFormat.Write(Say.Confirmed(1, "Kim", Say.Email)).Single().ToJsonString();

        Assert.Equal(
            """{"id":"00000000000000000000000000000001","by":"Kim","outcome":"confirmed","subjects":[{"flow":12,"item":"email","message":"request","part":"body","path":"user.email","decodings":["json"]}]}""",
            record);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("12")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":"short","by":"Kim","outcome":"confirmed","subjects":[{"item":"email","recipient":"R"}]}""")]
    [InlineData("""{"id":"ID","by":"","outcome":"confirmed","subjects":[{"item":"email","recipient":"R"}]}""")]
    [InlineData("""{"id":"ID","by":"Kim\u001b[0m","outcome":"confirmed","subjects":[{"item":"email","recipient":"R"}]}""")]
    [InlineData("""{"id":"ID","by":"Kim","outcome":"confirmed"}""")]
    [InlineData("""{"id":"ID","by":"Kim","outcome":"confirmed","subjects":[]}""")]
    [InlineData("""{"id":"ID","by":"Kim","outcome":"confirmed","subjects":[null]}""")]
    [InlineData("""{"id":"ID","by":"Kim","outcome":"confirmed","subjects":[{"item":"email"}]}""")]
    [InlineData("""{"id":"ID","by":"Kim","outcome":"confirmed","subjects":[{"flow":0,"item":"email","message":"request","part":"body","path":"x"}]}""")]
    [InlineData("""{"id":"ID","by":"Kim","outcome":"confirmed","subjects":[{"flow":1,"item":"email","message":"telegram","part":"body","path":"x"}]}""")]
    [InlineData("""{"id":"ID","by":"Kim","outcome":"confirmed","subjects":[{"flow":1e400,"item":"email","message":"request","part":"body","path":"x"}]}""")]
    [InlineData("""{"id":"ID","by":"Kim","outcome":"maybe","subjects":[{"item":"email","recipient":"R"}]}""")]
    [InlineData("""{"id":"ID","by":"Kim","outcome":"rejected","subjects":[{"item":"email","recipient":"R"}]}""")]
    [InlineData("""{"id":"ID","by":"Kim","outcome":"confirmed","reason":"x","subjects":[{"item":"email","recipient":"R"}]}""")]
    [InlineData("""{"id":"ID","by":"Kim","subjects":[{"item":"email","recipient":"R"}]}""")]
    [InlineData("""{"id":"ID","by":"Kim","tags":[null],"subjects":[{"item":"email","recipient":"R"}]}""")]
    [InlineData("""{"id":"ID","by":"Kim","tags":[" "],"subjects":[{"item":"email","recipient":"R"}]}""")]
    [InlineData("""{"id":"ID","by":"Kim","outcome":"confirmed","subjects":[{"item":"email","recipient":"R","country":"USA"}]}""")]
    [InlineData("""{"id":"ID","by":"Kim","undoes":"ID","outcome":"confirmed"}""")]
    [InlineData("""{"id":"ID","by":"Kim","undoes":"../../etc"}""")]
    public void DamagedRecord_IsLeftOutAndTold(string content)
    {
        var book = Say.Book(1, Say.Confirmed(1, "Kim", Say.Email));

        book.Replay(Some.Time, JsonSerializer.Deserialize<JsonElement>(content.Replace("ID", Id, StringComparison.Ordinal)));

        Assert.Equal(1, book.FaultCount);
        Assert.NotEmpty(Assert.Single(book.Faults).Reason);
        Assert.Single(book.Newest(10));
    }

    [Fact]
    public void TooManySubjects_AreRefused()
    {
        var subjects = string.Join(',', Enumerable.Repeat("""{"item":"email","recipient":"R"}""", DecisionLimits.SubjectsInRecord + 1));
        var content = JsonSerializer.Deserialize<JsonElement>($$"""{"id":"{{Id}}","by":"Kim","outcome":"confirmed","subjects":[{{subjects}}]}""");

        Assert.Throws<DecisionException>(() => DecisionFormat.Read(content, Some.Time));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"reviewers":0}""")]
    [InlineData("""{"reviewers":3}""")]
    [InlineData("""{"reviewers":"2"}""")]
    [InlineData("""{"reviewers":1.5}""")]
    public void DamagedNumberOfReviewers_ChangesNothing(string content)
    {
        var book = Say.Book(2);

        book.ReplayReviewers(Some.Time, JsonSerializer.Deserialize<JsonElement>(content));

        Assert.Equal((2, 1), (book.Reviewers, book.FaultCount));
    }
}
