using System.Xml;

namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// XML 1.0 into fields under the text that it is: an element is a container named by its local name, or a text when it holds nothing else;
/// attributes are texts in it. A document type is passed over unread, so that no entity can grow (XML 1.0, 4.4.3).
/// </summary>
internal static class XmlDecoder
{
    private const int Deepest = 64;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CheckCharacters = false,
        ConformanceLevel = ConformanceLevel.Document,
    };

    /// <summary>Whether a text of unknown kind begins as a document or names its namespace in its first element.</summary>
    public static bool IsLikely(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.Length < 8 || text[0] != '<' || text[^1] != '>')
        {
            return false;
        }

        var close = text.IndexOf('>');
        return text.StartsWith("<?xml ") || (char.IsLetter(text[1]) && text[..close].Contains(" xmlns", StringComparison.Ordinal));
    }

    /// <summary>
    /// Adds the elements as children of <paramref name="field"/>, which keeps the text. False, and nothing is added, when the text is no whole
    /// document: what stands after a break would escape the search.
    /// </summary>
    public static bool TryDecode(DecodingRun run, Field field)
    {
        var text = field.Text!;
        if (!run.TryStep(Scope.Under(field), Decodings.Xml, text.Length, out var scope))
        {
            return false;
        }

        var before = run.Mark;
        using var characters = new StringReader(text.TrimStart());
        using var reader = XmlReader.Create(characters, Settings);
        var builder = new XmlBuilder(run, scope);
        try
        {
            while (!run.Exhausted && reader.Read())
            {
                if (reader.Depth > Deepest)
                {
                    run.Cut();
                    break;
                }

                builder.Take(reader);
            }
        }
        catch (XmlException)
        {
            run.Undo(before);
            return false;
        }

        builder.CloseAll();
        return true;
    }
}
