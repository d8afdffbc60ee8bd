using System.Text;
using System.Text.Json;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Makes fields of a JSON reader's tokens.</summary>
internal struct JsonBuilder(DecodingRun run, Scope _scope, string? _key, int index, int bottom)
{
    private const int LongestCachedNumber = 4;
    private readonly List<JsonFrame> _frames = run.JsonFrames;
    private Scope _scope = _scope;
    private string? _key = _key;

    /// <summary>Takes the token at which the reader stands.</summary>
    public void Take(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _key = reader.ValueIsEscaped ? JsonEscapes.Undo(reader.ValueSpan) : NameCache.Get(reader.ValueSpan);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                Open(ref reader);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                CloseLast();
                break;
            case JsonTokenType.String:
                AddString(ref reader);
                break;
            case JsonTokenType.Number:
                var digits = reader.ValueSpan;
                Add(FieldKind.Number, digits.Length <= LongestCachedNumber ? NameCache.Get(digits) : Encoding.ASCII.GetString(digits), ref reader);
                break;
            case JsonTokenType.True:
                Add(FieldKind.Boolean, "true", ref reader);
                break;
            case JsonTokenType.False:
                Add(FieldKind.Boolean, "false", ref reader);
                break;
            case JsonTokenType.Null:
                Add(FieldKind.Null, "null", ref reader);
                break;
        }
    }

    /// <summary>Closes what a document that broke off left open.</summary>
    public void CloseAll()
    {
        while (_frames.Count > bottom)
        {
            CloseLast();
        }
    }

    private void Open(ref Utf8JsonReader reader)
    {
        var position = NextIndex();
        if (run.Add(_scope, _key, position, FieldKind.Container, null, (int)reader.TokenStartIndex, 0) is { } container)
        {
            _frames.Add(new JsonFrame(container, run.Mark, reader.TokenType == JsonTokenType.StartArray));
            _scope = _scope.Inside(container);
        }

        _key = null;
    }

    private void CloseLast()
    {
        var frame = _frames[^1];
        _frames.RemoveAt(_frames.Count - 1);
        run.Close(frame.Container, frame.Mark);
        _scope = _scope with { Parent = frame.Container.Parent };
        _key = null;
    }

    private void AddString(ref Utf8JsonReader reader)
    {
        var span = reader.ValueSpan;
        var text = reader.ValueIsEscaped ? JsonEscapes.Undo(span) : Encoding.UTF8.GetString(span);
        LeafDecoder.AddText(run, _scope, _key, NextIndex(), text, (int)reader.TokenStartIndex + 1, span.Length);
        _key = null;
    }

    private void Add(FieldKind kind, string text, ref Utf8JsonReader reader)
    {
        run.Add(_scope, _key, NextIndex(), kind, text, (int)reader.TokenStartIndex, reader.ValueSpan.Length);
        _key = null;
    }

    private readonly int NextIndex() =>
        _frames.Count == bottom ? index : System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_frames)[^1].Next();
}
