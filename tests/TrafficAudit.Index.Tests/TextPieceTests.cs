using System.Text;
using TrafficAudit.Index.Filtering;

namespace TrafficAudit.Index.Tests;

/// <summary>The quick ways in which a text is looked for give what the slow one gives.</summary>
public sealed class TextPieceTests
{
    private const string Letters = "aAkKsSiI1 -서울ßẞſıİéÉǅДд\u212A\uFFFD";

    [Fact]
    public void CharactersOfAnAnchor_AreFoundAsTheyStand()
    {
        var alike = Enumerable.Range(1, 0xFFFF).Where(c => !char.IsSurrogate((char)c)).Select(c => ((char)c).ToString()).GroupBy(c => c, StringComparer.OrdinalIgnoreCase);

        Assert.DoesNotContain(alike.Where(group => group.Count() > 1).SelectMany(group => group), c => !new TextPiece(c).Anchor.IsEmpty);
    }

    [Theory]
    [InlineData("서울 중구", "서울 중구")]
    [InlineData("phone 서울", " 서울")]
    [InlineData("abc", "")]
    [InlineData("12\uFFFD345", "345")]
    public void Anchor_IsTheLongestRunWithoutCase(string text, string anchor) =>
        Assert.Equal(anchor, Encoding.UTF8.GetString(new TextPiece(text).Anchor.Span));

    [Fact]
    public void BytesAndCharacters_AreSearchedAsStringsAre()
    {
        var random = new Random(20260102);
        var found = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var piece = Some(random, 1 + random.Next(3));
            var text = Some(random, random.Next(12));
            var expected = text.Contains(piece, StringComparison.OrdinalIgnoreCase);
            var pattern = TextPattern.Literal(piece).Anywhere();

            Assert.True(expected == pattern.Matches(text), $"'{piece}' in '{text}'");
            Assert.True(expected == Utf8Scan.Finds(pattern, Encoding.UTF8.GetBytes(text)), $"'{piece}' in the bytes of '{text}'");
            found += expected ? 1 : 0;
        }

        Assert.InRange(found, 1_000, 19_000);
    }

    private static string Some(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => Letters[random.Next(Letters.Length)]));
}
