using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Detection.Formats;
using TrafficAudit.Classification.Explaining;
using TrafficAudit.Classification.Personas;
using TrafficAudit.Classification.Rules;
using TrafficAudit.Classification.Taxonomy;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Detection;

/// <summary>Runs all detectors over the fields of one message. Made for one message, used by one thread.</summary>
internal sealed class MessageScan(PersonaDetector persona, DateTimeOffset captured, DetectionTrace? trace = null)
{
    private const int MaxCandidates = 2_000;
    private const int MostSearched = 32 * 1024 * 1024;

    private readonly AddressParts _addressParts = new();
    private List<Candidate>? _candidates;
    private int _searched;

    /// <summary>What was found, in the order of the fields; null for nothing.</summary>
    public List<Candidate>? Run(DecodedMessage message)
    {
        var isData = !IsPresentation(message);
        var neighbours = new Neighbours(message);
        foreach (var field in message.Fields)
        {
            if (field.Text is { Length: > 0 } text && field.Kind is FieldKind.Text or FieldKind.Number)
            {
                Scan(field, text, isData, neighbours);
            }
            else if (field.Kind == FieldKind.Undecoded)
            {
                ScanBytes(field, neighbours);
            }
            else
            {
                trace?.For(field)?.Add(Detector.Pattern, "It is true, false, nothing or empty: nothing is looked for in these.");
            }

            if (_candidates?.Count >= MaxCandidates)
            {
                break;
            }
        }

        foreach (var part in _addressParts.Find())
        {
            Add(part, trace?.For(part.Field));
        }

        if (_candidates is { Count: > 1 })
        {
            Companions.BuiltIn.Raise(_candidates, neighbours, trace);
        }

        return _candidates;
    }

    private static bool IsPresentation(DecodedMessage message)
    {
        foreach (var field in message.Fields)
        {
            if (field is { Part: MessagePart.Header, Message: MessageKind.Response, Text: { } type }
                && "content-type".Equals(field.Key, StringComparison.OrdinalIgnoreCase))
            {
                return Traps.BuiltIn.IsPresentation(type);
            }
        }

        return false;
    }

    private static Strength StrengthOf(PersonaHit hit) => hit.Needle.Weight == NeedleWeight.Strong ? Strength.A : Strength.D;

    private static string Described(PersonaHit hit, bool isWhole)
    {
        var item = ItemTaxonomy.EnglishName(hit.Needle.Item);
        var how = hit.Transformations.IsEmpty ? "" : $" ({string.Join(", ", hit.Transformations)})";
        return isWhole ? $"The value is the persona's {item}{how}." : $"The value holds the persona's {item}{how}.";
    }

    private void Scan(Field field, string text, bool isData, Neighbours neighbours)
    {
        var notes = trace?.For(field);
        var key = KeyContext.Of(field, neighbours);
        var hits = persona.Find(text, key) ?? FindInBase64(field, text, key);
        var trimmed = text.AsSpan().Trim();
        if (hits is null && notes is not null)
        {
            persona.Explain(notes, text, key);
        }

        if (hits is not null && AddPersona(field, text, trimmed.Length, hits, notes))
        {
            notes?.Add(Detector.Pattern, "It is known what the value is: neither formats nor the key were looked at.");
            return;
        }

        if (isData && TokenFormat.Match(field) is { } token)
        {
            Add(key.Names(token.Item) ? KeyDetector.Agreeing(field, token, trimmed, key) : KeyDetector.FormatAlone(field, token, trimmed), notes);
        }

        if (WhyUnread(field, key, isData) is { } why)
        {
            notes?.Add(Detector.Pattern, why);
            return;
        }

        if (KeyDetector.Detect(field, trimmed, key, captured, notes) is { } byKey && !(hits is not null && byKey.Strength > Strength.D))
        {
            Add(byKey, notes);
        }

        if (hits is null && PatternDetector.Detect(field, text, key, captured, notes) is { } byPattern)
        {
            foreach (var candidate in byPattern)
            {
                Add(candidate, notes);
            }
        }

        _addressParts.Take(field, text, key);
    }

    // Why nothing but known values is looked for; null where all is.
    private static string? WhyUnread(Field field, in KeyContext key, bool isData) =>
        !isData ? "The message is a style sheet, a font, a script or a picture, which hold samples and tables: only known values were looked for."
        : field.Children.Count > 0 ? "The text was decoded further: what it decoded to is judged instead."
        : field.Part == MessagePart.Header && key.Traits.HasFlag(KeyTraits.OrdinaryHeader) ? "The header is one of HTTP's own: only known values were looked for."
        : null;

    // Bytes that no decoder reads: a digest, or a format of the app's own in which known values stand as text.
    private void ScanBytes(Field field, Neighbours neighbours)
    {
        var (notes, key) = (trace?.For(field), KeyContext.Of(field, neighbours));
        if (persona.FindRaw(field.Bytes.Span, key) is { } digest)
        {
            var candidate = new Candidate(
                field, digest.Needle.Item, Detector.Persona, StrengthOf(digest), FindingState.Hashed, Described(digest, isWhole: true), Convert.ToHexStringLower(field.Bytes.Span));
            Add(candidate with { Encodings = digest.Transformations }, notes);
            return;
        }

        if (KeyDetector.DetectFile(field, key) is { } file)
        {
            Add(file, notes);
        }

        if (MaySearch(field.Bytes.Length))
        {
            var text = BinaryText.Of(field.Bytes.Span);
            if (persona.Find(text, key) is { } hits)
            {
                AddPersona(field, text, text.Length + 1, hits, notes);
                return;
            }
        }

        notes?.Add(Detector.Persona, "No decoder reads these bytes. They are no digest of a known value, and the texts that stand in them hold none.");
    }

    private List<PersonaHit>? FindInBase64(Field field, string text, in KeyContext key) =>
        text.Length >= Base64Text.Shortest && field.Children.Count == 0 && MaySearch(Base64Text.Alignments * text.Length) ? persona.FindInBase64(text, key) : null;

    // What is looked into without being decoded is bounded as decoding is.
    private bool MaySearch(int bytes)
    {
        if (!persona.HasValues || _searched + bytes > MostSearched)
        {
            return false;
        }

        _searched += bytes;
        return true;
    }

    // Returns whether one known value is the whole text.
    private bool AddPersona(Field field, string text, int trimmedLength, List<PersonaHit> hits, FieldNotes? notes)
    {
        var isWhole = false;
        foreach (var hit in hits)
        {
            var isAll = !hit.IsEncoded && hit.Length >= trimmedLength;
            isWhole |= isAll;
            var state = hit.IsDigest ? FindingState.Hashed : hit.IsEncoded ? FindingState.Encoded : FindingState.Clear;
            Add(new Candidate(
                field, hit.Needle.Item, Detector.Persona, StrengthOf(hit), state,
                Described(hit, isAll), text.Substring(hit.Start, hit.Length))
            {
                Encodings = hit.Transformations,
            }, notes);
        }

        return isWhole;
    }

    private void Add(Candidate candidate, FieldNotes? notes)
    {
        (_candidates ??= []).Add(candidate);
        notes?.AddFound(candidate.Detector, candidate.Reason);
    }
}
