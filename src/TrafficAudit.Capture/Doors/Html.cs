using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace TrafficAudit.Capture.Doors;

/// <summary>
/// A piece of HTML. It is only made from literals of this program (<c>Html.Of</c>), whose holes are encoded unless they are HTML
/// themselves, so that text from outside can't become markup by being forgotten.
/// </summary>
internal readonly record struct Html(string Markup)
{
    /// <summary>Nothing.</summary>
    public static Html Empty { get; } = new("");

    /// <summary>HTML from an interpolated literal. Holes are safe in text and in quoted attributes.</summary>
    public static Html Of(Writer markup) => new(markup.ToString());

    /// <summary>Pieces one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(p => p.Markup)));

    /// <inheritdoc/>
    public override string ToString() => Markup;

    [InterpolatedStringHandler]
    internal readonly struct Writer
    {
        // Every script stays readable in the source; < > & " ' are encoded always.
        private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

        private readonly StringBuilder _text;

        public Writer(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (formattedCount * 32));

        public void AppendLiteral(string literal) => _text.Append(literal);

        public void AppendFormatted(Html piece) => _text.Append(piece.Markup);

        public void AppendFormatted(string? value) => _text.Append(Encoder.Encode(value ?? ""));

        public override string ToString() => _text.ToString();
    }
}
