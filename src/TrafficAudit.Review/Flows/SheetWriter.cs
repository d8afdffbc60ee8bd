using System.Collections.Immutable;
using TrafficAudit.Review.Display;

namespace TrafficAudit.Review.Flows;

/// <summary>
/// Takes a text of any length piece by piece and keeps one page of it. A page is bounded in lines and in characters, so that what a browser is sent and what a
/// page's connection holds is small whatever was captured. Used by one thread.
/// </summary>
/// <param name="page">The page to keep, from 1.</param>
internal sealed class SheetWriter(int page)
{
    /// <summary>Lines of a page.</summary>
    public const int PageLines = 400;

    private const int PageCharacters = 96 * 1024;
    private const int LineCharacters = 2_000;

    private readonly ImmutableArray<ImmutableArray<Piece>>.Builder _lines = ImmutableArray.CreateBuilder<ImmutableArray<Piece>>();
    private readonly ImmutableArray<Piece>.Builder _line = ImmutableArray.CreateBuilder<Piece>();
    private int _page = 1;
    private int _linesOfPage;
    private int _charactersOfPage;
    private int _charactersOfLine;

    /// <summary>Whether the page is complete and something follows it: whatever is added now is not kept.</summary>
    public bool IsFull => _page > page + 1 || (_page == page + 1 && (_linesOfPage > 0 || _charactersOfLine > 0));

    /// <summary>Adds text to the line; a longer text than a line goes on in the next one.</summary>
    public void Add(string text, Tone tone = Tone.Plain, Mark? mark = null)
    {
        var at = 0;
        do
        {
            if (_charactersOfLine >= LineCharacters)
            {
                EndLine();
            }

            var length = Cut(text, at, LineCharacters - _charactersOfLine);
            if (_page == page)
            {
                _line.Add(new Piece(InertText.Of(text.Substring(at, length), LineCharacters), tone, mark));
            }

            at += length;
            _charactersOfLine += length;
            _charactersOfPage += length;
        }
        while (at < text.Length && !IsFull);
    }

    /// <summary>Ends the line.</summary>
    public void EndLine()
    {
        if (_page == page)
        {
            _lines.Add(_line.ToImmutable());
            _line.Clear();
        }

        _charactersOfLine = 0;
        _linesOfPage++;
        if (_linesOfPage == PageLines || _charactersOfPage >= PageCharacters)
        {
            _page++;
            _linesOfPage = 0;
            _charactersOfPage = 0;
        }
    }

    /// <summary>The page.</summary>
    /// <param name="isMoreBehind">Whether the text goes on after all that was added.</param>
    public Sheet Finish(bool isMoreBehind = false)
    {
        if (_charactersOfLine > 0)
        {
            EndLine();
        }

        return new Sheet(_lines.ToImmutable(), page, isMoreBehind || IsFull);
    }

    private static int Cut(string text, int at, int longest)
    {
        var length = Math.Min(text.Length - at, longest);
        return length > 1 && at + length < text.Length && char.IsHighSurrogate(text[at + length - 1]) ? length - 1 : length;
    }
}
