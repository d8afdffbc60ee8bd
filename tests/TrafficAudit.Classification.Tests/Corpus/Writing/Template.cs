using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>
/// A document written down with values in it: <c>$$"""{"name":{{name}}, …}"""</c>. The values are kept apart, so that they are escaped as the document's
/// format wants it, and the place of each comes out of parsing the document.
/// </summary>
[InterpolatedStringHandler]
internal sealed class Template
{
    private const char Sentinel = '\uE000';
    private const char First = '\uE100';
    private readonly StringBuilder _text = new();
    private readonly List<Value> _values = [];

    // Whether what comes next stands inside quotes; null before the first one, as in documents that have none.
    private bool? _isQuoted;

    public Template(int literalLength, int formattedCount)
    {
        _text.EnsureCapacity(literalLength);
        _values.EnsureCapacity(formattedCount);
    }

    /// <summary>The text, each value replaced by two characters that stand for it.</summary>
    public string Text => _text.ToString();

    public static implicit operator Template(string text)
    {
        var template = new Template(text.Length, 0);
        template.AppendLiteral(text);
        return template;
    }

    public void AppendLiteral(string literal)
    {
        _text.Append(literal);
        var quotes = literal.Count(c => c == '"') - literal.Split("\\\"").Length + 1;
        _isQuoted = quotes == 0 ? _isQuoted : (_isQuoted ?? false) != (quotes % 2 == 1);
    }

    /// <summary>In JSON a value may stand with quotes, as part of a text, or without.</summary>
    public void AppendFormatted(Value value)
    {
        var isBare = _isQuoted is false && _text[^1] is ':' or '[' or ',';
        _text.Append(isBare ? "\"" : "").Append(Sentinel).Append((char)(First + _values.Count)).Append(isBare ? "\"" : "");
        _values.Add(value);
    }

    public void AppendFormatted(string text) => AppendFormatted((Value)text);

    public void AppendFormatted(Template inner)
    {
        foreach (var c in inner._text.ToString())
        {
            _text.Append(c >= First && c < First + inner._values.Count ? (char)(c + _values.Count) : c);
        }

        _values.AddRange(inner._values);
    }

    public void AppendFormatted<T>(T number)
        where T : ISpanFormattable => _text.Append(CultureInfo.InvariantCulture, $"{number}");

    /// <summary>A piece of <see cref="Text"/> as the value, or the text with values in it, that it stands for.</summary>
    public Value Resolve(string piece)
    {
        if (piece.Length == 2 && piece[0] == Sentinel)
        {
            return _values[piece[1] - First];
        }

        var text = new StringBuilder();
        Value whole = "";
        for (var i = 0; i < piece.Length; i++)
        {
            if (piece[i] != Sentinel)
            {
                text.Append(piece[i]);
                continue;
            }

            var value = _values[piece[++i] - First];
            text.Append(value.Text);
            whole = whole.And(value);
        }

        return whole.With(text.ToString());
    }
}
