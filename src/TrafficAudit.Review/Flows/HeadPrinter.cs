using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;
using TrafficAudit.Review.Display;

namespace TrafficAudit.Review.Flows;

/// <summary>Prints a message's head line by line: the order, the case and the duplicates of the evidence.</summary>
/// <param name="writer">Where to.</param>
/// <param name="places">The flow's findings.</param>
/// <param name="values">How values are shown.</param>
internal sealed class HeadPrinter(SheetWriter writer, FindingPlaces places, ShownValues values)
{
    private readonly OriginalText _text = new(places, values);

    /// <summary>Prints the head of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="shownPath">The request's path as lists show it, with the values found in it masked.</param>
    public void Print(ReadMessage message, string shownPath)
    {
        var head = message.Message.Head.Span;
        var fields = message.Decoded.Fields.Where(field => field.Part is MessagePart.Header or MessagePart.Cookie).ToList();
        var isFirst = true;
        foreach (var range in head.Split((byte)'\n'))
        {
            var line = head[range].TrimEnd((byte)'\r');
            if (isFirst)
            {
                PrintStartLine(message, line, shownPath);
                isFirst = false;
            }
            else if (!line.IsEmpty)
            {
                PrintField(fields, line);
            }

            if (writer.IsFull)
            {
                return;
            }
        }
    }

    private void PrintStartLine(ReadMessage message, ReadOnlySpan<byte> line, string shownPath)
    {
        if (values.IsRevealed)
        {
            _text.Write(writer, line, message.Kind == MessageKind.Request ? InTarget(message, line) : []);
        }
        else if (message.Kind == MessageKind.Request)
        {
            PrintMaskedTarget(message, line, shownPath);
        }
        else
        {
            // The reason phrase is words of the server's own.
            writer.Add(string.Join(' ', PlainBytes.ToText(line).Split(' ').Take(2)));
        }

        writer.EndLine();
    }

    private void PrintMaskedTarget(ReadMessage message, ReadOnlySpan<byte> line, string shownPath)
    {
        writer.Add($"{message.Head.Method} ", Tone.Name);
        var inPath = Spot.In(Spot.Of(message.Decoded, MessagePart.Path), places, 0, line.Length);
        writer.Add(shownPath, mark: places.MarkOf([.. inPath.SelectMany(spot => spot.Findings)]));
        var query = line[RequestLinePlace.Of(line, MessagePart.Query)..];
        query = query[..Math.Max(0, query.LastIndexOf((byte)' '))];
        if (message.Head.Target.Contains('?', StringComparison.Ordinal))
        {
            writer.Add("?");
            _text.WriteMasked(writer, query, MaskedSpans.OfForm(query), Spot.In(Spot.Of(message.Decoded, MessagePart.Query), places, 0, query.Length));
        }

        writer.Add($" {message.Head.StartLine.Split(' ')[^1]}");
    }

    private List<Spot> InTarget(ReadMessage message, ReadOnlySpan<byte> line)
    {
        var spots = new List<Spot>();
        foreach (var part in (ReadOnlySpan<MessagePart>)[MessagePart.Url, MessagePart.Path, MessagePart.Query])
        {
            var begin = RequestLinePlace.Of(line, part);
            spots.AddRange(Spot.In(Spot.Of(message.Decoded, part), places, 0, line.Length - begin)
                .Select(spot => spot with { Start = spot.Start + begin, End = spot.End + begin })
                .Where(spot => spots.TrueForAll(other => spot.Start >= other.End || spot.End <= other.Start)));
        }

        spots.Sort((a, b) => a.Start.CompareTo(b.Start));
        return spots;
    }

    private void PrintField(List<Field> fields, ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon < 0)
        {
            // Not a field by RFC 9112, 5: there is no name that could be shown by itself.
            writer.Add(values.Of(PlainBytes.ToText(line)));
            writer.EndLine();
            return;
        }

        var name = PlainBytes.ToText(line[..colon]);
        var value = line[(colon + 1)..].Trim(" \t"u8);
        var spots = InField(fields, name, value);
        writer.Add(name, Tone.Name);
        writer.Add(": ");
        if (values.IsRevealed || (spots.Count == 0 && PlainHeaders.Contains(name)))
        {
            _text.Write(writer, value, spots);
        }
        else if (!value.IsEmpty)
        {
            writer.Add(values.Of(PlainBytes.ToText(value)), mark: places.MarkOf([.. spots.SelectMany(spot => spot.Findings)]));
        }

        writer.EndLine();
    }

    private List<Spot> InField(List<Field> fields, string name, ReadOnlySpan<byte> value)
    {
        var length = value.Length;
        var isCookie = name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) || name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase);
        var text = isCookie ? PlainBytes.ToText(value) : "";
        return Spot.In(
            fields.Where(field => field.Part switch
            {
                MessagePart.Header => Root(field).Key?.Equals(name, StringComparison.OrdinalIgnoreCase) is true,

                // Of several lines that set cookies, the one with this name.
                MessagePart.Cookie => isCookie && Root(field).Key is { } cookie && text.Contains(cookie + "=", StringComparison.Ordinal),
                _ => false,
            }),
            places,
            0,
            length);
    }

    private static Field Root(Field field) => field.Parent is null ? field : Root(field.Parent);
}
