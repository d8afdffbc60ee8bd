namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// The arguments that are written into a GraphQL document (GraphQL specification, October 2021, section 2): a container per selection that
/// has some, named by it. Variables come beside it as JSON.
/// </summary>
internal static class GraphQlDecoder
{
    private const int Deepest = 32;

    /// <summary>Whether a text is a document, not merely what somebody looks for.</summary>
    public static bool IsLikely(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        var begins = text.StartsWith("query") || text.StartsWith("mutation") || text.StartsWith("subscription") || text.StartsWith("fragment") || text.StartsWith("{");
        return begins && text.TrimEnd().EndsWith("}") && text.Contains('(') && text.Contains(':');
    }

    /// <summary>Adds the arguments; false when there are none.</summary>
    public static bool TryDecode(DecodingRun run, Field field)
    {
        if (!run.TryStep(Scope.Under(field), Decodings.GraphQl, field.Text!.Length, out var scope))
        {
            return false;
        }

        var before = run.Mark.Count;
        var words = new GraphQlWords(field.Text);
        var name = "";
        while (!run.Exhausted && words.MoveNext())
        {
            if (words.Kind == GraphQlWord.Name)
            {
                name = words.Text;
            }
            else if (words.Is('('))
            {
                Hold(run, scope, name, -1, ref words, ')', 0);
            }
        }

        return run.Mark.Count > before;
    }

    /// <summary>Pairs or elements up to a closing bracket; nothing is added for those that hold variables only.</summary>
    private static void Hold(DecodingRun run, in Scope scope, string? key, int index, ref GraphQlWords words, char close, int depth)
    {
        var before = run.Mark;
        if (depth == Deepest || run.Add(scope, key, index, FieldKind.Container, null, 0, 0) is not { } container)
        {
            return;
        }

        var mark = run.Mark;
        var inside = scope.Inside(container);
        string? name = null;
        var isNamed = false;
        var isVariable = false;
        var element = 0;
        while (!run.Exhausted && words.MoveNext() && !words.Is(close))
        {
            if (words.Is('$'))
            {
                // Before a name's colon it defines a variable, of which a type and perhaps a default follow; after it, it stands for a value.
                isVariable = !isNamed && close == ')';
                isNamed = false;
                name = words.MoveNext() ? words.Text : null;
            }
            else if (words.Is(isVariable ? '=' : ':'))
            {
                (isNamed, isVariable) = (true, false);
            }
            else if (close != ']' && !isNamed && !isVariable && words.Kind == GraphQlWord.Name)
            {
                name = words.Text;
            }
            else if (isNamed || close == ']')
            {
                Value(run, inside, close == ']' ? null : name, close == ']' ? element++ : -1, ref words, depth);
                isNamed = false;
            }
        }

        run.Close(container, mark);
        if (run.Mark.Fields == before.Fields)
        {
            run.Undo(before);
        }
    }

    private static void Value(DecodingRun run, in Scope scope, string? key, int index, ref GraphQlWords words, int depth)
    {
        switch (words.Kind)
        {
            case GraphQlWord.String:
                LeafDecoder.AddText(run, scope, key, index, words.Text, 0, 0);
                break;
            case GraphQlWord.Number:
                run.Add(scope, key, index, FieldKind.Number, words.Text, 0, 0);
                break;
            case GraphQlWord.Name when words.Text is "true" or "false":
                run.Add(scope, key, index, FieldKind.Boolean, words.Text, 0, 0);
                break;
            case GraphQlWord.Name when words.Text == "null":
                run.Add(scope, key, index, FieldKind.Null, words.Text, 0, 0);
                break;
            case GraphQlWord.Name:
                run.Add(scope, key, index, FieldKind.Text, words.Text, 0, 0);
                break;
            case GraphQlWord.Sign when words.Is('['):
                Hold(run, scope, key, index, ref words, ']', depth + 1);
                break;
            case GraphQlWord.Sign when words.Is('{'):
                Hold(run, scope, key, index, ref words, '}', depth + 1);
                break;
        }
    }
}
