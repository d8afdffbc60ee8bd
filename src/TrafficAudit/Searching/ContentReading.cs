using TrafficAudit.Classification.Decoding;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;

namespace TrafficAudit.Searching;

/// <summary>
/// Reads through one flow until every question is answered: of each message first the text as it stands, which needs no decoder, then everything that it
/// decodes to. A text that does not stand there plainly is never given up before all was decoded: base64, compression or escapes may hide it.
/// </summary>
internal sealed class ContentReading(IReadOnlyList<ContentQuestion> questions, CancellationToken cancellation)
{
    private readonly bool[] _answers = new bool[questions.Count];
    private bool _isWhole = true;

    /// <summary>Answers the questions about a flow.</summary>
    /// <exception cref="IOException">The file that holds a body or messages can't be read.</exception>
    public static ContentAnswers Of(FlowRecord flow, IReadOnlyList<ContentQuestion> questions, CancellationToken cancellation)
    {
        var reading = new ContentReading(questions, cancellation);
        reading.Read(flow);
        return new ContentAnswers(reading._answers, reading._isWhole);
    }

    private bool IsAnswered => Array.TrueForAll(_answers, yes => yes);

    private void Read(FlowRecord flow)
    {
        Read(MessageKind.Request, flow.Request);
        Read(MessageKind.Response, flow.Response);
        if (flow.Messages is { } conversation)
        {
            Read(conversation);
        }
    }

    private void Read(MessageKind kind, Message? message)
    {
        if (message is null || IsAnswered)
        {
            return;
        }

        cancellation.ThrowIfCancellationRequested();
        if (message.Body.Length > 0)
        {
            LookAt((ContentCodings.Undo(message) ?? message.Body.ToMemory()).Span);
        }

        if (!IsAnswered && (message.Body.Length > 0 || AsksOfFields()))
        {
            LookAt(MessageDecoder.Decode(kind, message));
        }
    }

    private void Read(Conversation conversation)
    {
        var messages = 0L;
        foreach (var message in conversation.Read())
        {
            if (IsAnswered)
            {
                return;
            }

            cancellation.ThrowIfCancellationRequested();
            messages++;
            LookAt(message.Content.Span);
            if (!IsAnswered && !message.Content.IsEmpty)
            {
                LookAt(MessageDecoder.Decode(message.Kind, message.Content));
            }
        }

        _isWhole &= messages == conversation.Count;
    }

    private bool AsksOfFields()
    {
        for (var i = 0; i < questions.Count; i++)
        {
            if (!_answers[i] && questions[i] is FieldQuestion)
            {
                return true;
            }
        }

        return false;
    }

    private void LookAt(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < questions.Count; i++)
        {
            _answers[i] = _answers[i] || (questions[i] is BodyQuestion body && body.IsIn(text));
        }
    }

    private void LookAt(DecodedMessage decoded)
    {
        var left = new Stack<Field>(decoded.Roots);
        while (!IsAnswered && left.TryPop(out var field))
        {
            LookAt(field);
            foreach (var child in field.Children)
            {
                left.Push(child);
            }
        }

        _isWhole &= IsAnswered || !decoded.Truncated;
    }

    private void LookAt(Field field)
    {
        for (var i = 0; i < questions.Count; i++)
        {
            _answers[i] = _answers[i] || questions[i] switch
            {
                BodyQuestion body => field.Part == MessagePart.Body && IsIn(field, body),
                FieldQuestion asked => field.Kind != FieldKind.Container && asked.IsAbout(field, field.NearestKey, f => f.Path, field.Text),
                _ => false,
            };
        }
    }

    // Bytes that nothing was undone to get at were looked at where they stand.
    private static bool IsIn(Field field, BodyQuestion body) =>
        (field.Text is { } text && body.IsIn(text))
        || (field.Key is { } key && body.IsIn(key))
        || (field.Decodings.Length > 0 && !field.Bytes.IsEmpty && body.IsIn(field.Bytes.Span));
}
