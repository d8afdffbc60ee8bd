using System.Text.Json;
using TrafficAudit.Assessment.Notes;

namespace TrafficAudit.Assessment.Tests;

/// <summary>Marks and kept filters, as the journal's records make them.</summary>
public sealed class NoteBookTests
{
    [Fact]
    public void LastRecordOfAFlow_Counts()
    {
        var book = new NoteBook();

        book.ReplayMark(Json(NoteBook.MarkRecord(3, isMarked: true, "Kim").ToJsonString()));
        book.ReplayMark(Json(NoteBook.MarkRecord(4, isMarked: true, "Kim").ToJsonString()));
        book.ReplayMark(Json(NoteBook.MarkRecord(3, isMarked: false, "Lee").ToJsonString()));

        Assert.False(book.IsMarked(3));
        Assert.True(book.IsMarked(4));
        Assert.Equal(0, book.FaultCount);
    }

    [Fact]
    public void FilterOfAName_TakesThePlaceOfTheOneBefore_AndGoes()
    {
        var book = new NoteBook();

        book.ReplayFilter(Json(NoteBook.FilterRecord("Shops", "host:a", "Kim").ToJsonString()));
        book.ReplayFilter(Json(NoteBook.FilterRecord("ads", "host:b", "Kim").ToJsonString()));
        book.ReplayFilter(Json(NoteBook.FilterRecord("Shops", "host:c", "Lee").ToJsonString()));

        Assert.Equal(["ads", "Shops"], book.Filters.Select(f => f.Name));
        Assert.Equal(new SavedFilter("Shops", "host:c", "Lee"), book.Find(" shops "));

        book.ReplayFilter(Json(NoteBook.FilterRecord("Shops", null, "Lee").ToJsonString()));
        Assert.Null(book.Find("Shops"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"flow":"3","marked":true}""")]
    [InlineData("""{"flow":1e99,"marked":true}""")]
    [InlineData("""{"flow":3,"marked":"yes"}""")]
    [InlineData("""{"name":"","filter":"x"}""")]
    [InlineData("""{"name":7,"filter":"x"}""")]
    public void RecordThatIsNone_IsCountedAndLeftOut(string record)
    {
        var book = new NoteBook();

        book.ReplayMark(Json(record));
        book.ReplayFilter(Json(record));

        Assert.Equal(2, book.FaultCount);
        Assert.False(book.IsMarked(3));
        Assert.Empty(book.Filters);
    }

    [Fact]
    public void MoreFiltersThanACaseKeeps_AreLeftOut()
    {
        var book = new NoteBook();
        for (var i = 0; i <= NoteBook.MostFilters; i++)
        {
            book.ReplayFilter(Json(NoteBook.FilterRecord($"f{i}", "host:a", "Kim").ToJsonString()));
        }

        Assert.Equal(NoteBook.MostFilters, book.Filters.Count);
    }

    [Theory]
    [InlineData(" shops ", "shops")]
    [InlineData("", null)]
    [InlineData("   ", null)]
    [InlineData(null, null)]
    [InlineData("a\u0007b", null)]
    public void Name_IsTrimmedOrRefused(string? text, string? name) => Assert.Equal(name, SavedFilter.NameOf(text));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
