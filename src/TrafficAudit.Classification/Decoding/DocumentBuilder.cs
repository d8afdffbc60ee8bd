using System.Text;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Makes fields of the tokens of a binary document.</summary>
internal struct DocumentBuilder(DecodingRun run, Scope _scope, string? _key, int index, ReadOnlyMemory<byte> document)
{
    private readonly List<JsonFrame> _frames = run.JsonFrames;
    private readonly int _bottom = run.JsonFrames.Count;
    private Scope _scope = _scope;
    private string? _key = _key;

    /// <summary>Adds a document that was found to be whole.</summary>
    public static void Add<TReader>(DecodingRun run, in Scope scope, string? key, int index, ReadOnlyMemory<byte> document, ref TReader reader)
        where TReader : IBinaryReader, allows ref struct =>
        new DocumentBuilder(run, scope, key, index, document).TakeAll(ref reader);

    /// <summary>
    /// Adds a document up to where it breaks off, and the rest as undecoded. False, and nothing is added, when that comes before any value.
    /// </summary>
    public static bool TryAdd<TReader>(DecodingRun run, in Scope scope, string? key, int index, ReadOnlyMemory<byte> document, ref TReader reader)
        where TReader : IBinaryReader, allows ref struct
    {
        var before = run.Mark;
        if (new DocumentBuilder(run, scope, key, index, document).TakeAll(ref reader) || run.Exhausted)
        {
            return true;
        }

        if (run.Mark.Fields == before.Fields || !run.TryReopen(before, out var root, out var children))
        {
            run.Undo(before);
            return false;
        }

        if (reader.Start is var end && end < document.Length)
        {
            run.Add(scope.Inside(root), null, -1, FieldKind.Undecoded, null, end, document.Length - end, document[end..]);
        }

        run.Close(root, children);
        return true;
    }

    private bool TakeAll<TReader>(ref TReader reader)
        where TReader : IBinaryReader, allows ref struct
    {
        var keys = default(BinaryKeys);
        var token = reader.Read();
        while (!run.Exhausted && keys.TryTake(token, out var isKey))
        {
            Take(ref reader, token, isKey);
            token = reader.Read();
        }

        while (_frames.Count > _bottom)
        {
            Close();
        }

        return token == BinaryToken.Finished;
    }

    private void Take<TReader>(ref TReader reader, BinaryToken token, bool isKey)
        where TReader : IBinaryReader, allows ref struct
    {
        if (isKey)
        {
            _key = token == BinaryToken.Text ? NameCache.Get(reader.Content) : reader.Number;
            return;
        }

        switch (token)
        {
            case BinaryToken.Map or BinaryToken.Array:
                Open(token, reader.Start);
                break;
            case BinaryToken.End:
                Close();
                break;
            case BinaryToken.Text:
                LeafDecoder.AddText(run, _scope, _key, NextIndex(), Encoding.UTF8.GetString(reader.Content), reader.Start, reader.Length);
                break;
            case BinaryToken.Bytes:
                AddBytes(ref reader);
                break;
            case BinaryToken.Number:
                run.Add(_scope, _key, NextIndex(), FieldKind.Number, reader.Number, reader.Start, reader.Length);
                break;
            case BinaryToken.True or BinaryToken.False:
                run.Add(_scope, _key, NextIndex(), FieldKind.Boolean, token == BinaryToken.True ? "true" : "false", reader.Start, 1);
                break;
            default:
                run.Add(_scope, _key, NextIndex(), FieldKind.Null, "null", reader.Start, 1);
                break;
        }
    }

    private void AddBytes<TReader>(ref TReader reader)
        where TReader : IBinaryReader, allows ref struct
    {
        var isOneStretch = reader.Content.Length == reader.Length;
        var bytes = isOneStretch ? document.Slice(reader.Start, reader.Length) : reader.Content.ToArray();
        var scope = isOneStretch ? _scope.Skip(reader.Start) : _scope.Replaced(reader.Start, reader.Length);
        BodyDecoder.Decode(run, scope, _key, NextIndex(), bytes, ContentType.None);
    }

    private void Open(BinaryToken token, int start)
    {
        if (run.Add(_scope, _key, NextIndex(), FieldKind.Container, null, start, 0) is { } container)
        {
            _frames.Add(new JsonFrame(container, run.Mark, token == BinaryToken.Array));
            _scope = _scope.Inside(container);
            _key = null;
        }
    }

    private void Close()
    {
        if (_frames.Count == _bottom)
        {
            return;
        }

        var frame = _frames[^1];
        _frames.RemoveAt(_frames.Count - 1);
        run.Close(frame.Container, frame.Mark);
        _scope = _scope with { Parent = frame.Container.Parent };
        _key = null;
    }

    private readonly int NextIndex() =>
        _frames.Count == _bottom ? index : System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_frames)[^1].Next();
}
