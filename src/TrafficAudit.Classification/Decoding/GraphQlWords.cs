using System.Buffers;
using System.Runtime.InteropServices;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Kinds of lexical tokens (GraphQL specification, 2.1.6).</summary>
internal enum GraphQlWord
{
    /// <summary>One character of punctuation.</summary>
    Sign,

    /// <summary>A name.</summary>
    Name,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A string or block string.</summary>
    String,
}

/// <summary>The lexical tokens of a GraphQL document. Nothing is an error: what is no token is a sign.</summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct GraphQlWords(ReadOnlySpan<char> document)
{
    private const string Block = "\"\"\"";

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789+-.eE");
    private ReadOnlySpan<char> _rest = document;

    /// <summary>What the token is.</summary>
    public GraphQlWord Kind { get; private set; }

    /// <summary>Its text, of a string the content.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Whether it is this sign.</summary>
    public readonly bool Is(char sign) => Kind == GraphQlWord.Sign && Text[0] == sign;

    /// <summary>Goes to the next token.</summary>
    public bool MoveNext()
    {
        _rest = _rest.TrimStart(" \t\r\n,\uFEFF");
        while (_rest.StartsWith("#"))
        {
            var end = _rest.IndexOf('\n');
            _rest = end < 0 ? [] : _rest[end..].TrimStart(" \t\r\n,");
        }

        if (_rest.IsEmpty)
        {
            return false;
        }

        var first = _rest[0];
        if (first == '"')
        {
            TakeString();
        }
        else if (char.IsAsciiLetter(first) || first == '_')
        {
            Take(GraphQlWord.Name, NameCharacters);
        }
        else if (char.IsAsciiDigit(first) || first == '-')
        {
            Take(GraphQlWord.Number, NumberCharacters);
        }
        else
        {
            (Kind, Text) = (GraphQlWord.Sign, first.ToString());
            _rest = _rest[1..];
        }

        return true;
    }

    private void Take(GraphQlWord kind, SearchValues<char> characters)
    {
        var end = _rest.IndexOfAnyExcept(characters);
        end = end < 0 ? _rest.Length : end;
        (Kind, Text) = (kind, _rest[..end].ToString());
        _rest = _rest[end..];
    }

    private void TakeString()
    {
        Kind = GraphQlWord.String;
        if (_rest.StartsWith(Block))
        {
            var close = _rest[Block.Length..].IndexOf(Block);
            Text = (close < 0 ? _rest[Block.Length..] : _rest.Slice(Block.Length, close)).ToString();
            _rest = close < 0 ? [] : _rest[(close + (2 * Block.Length))..];
            return;
        }

        var end = 1;
        while (end < _rest.Length && _rest[end] != '"')
        {
            end += _rest[end] == '\\' ? 2 : 1;
        }

        var content = _rest[1..Math.Min(end, _rest.Length)];
        Text = content.Contains('\\') ? JsonEscapes.Undo(content) : content.ToString();
        _rest = end + 1 < _rest.Length ? _rest[(end + 1)..] : [];
    }
}
