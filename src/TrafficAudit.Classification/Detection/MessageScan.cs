using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Detection.Formats;
using TrafficAudit.Classification.Personas;
using TrafficAudit.Classification.Rules;
using TrafficAudit.Classification.Taxonomy;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Detection;

/// <summary>Runs all detectors over the fields of one message. Made for one message, used by one thread.</summary>
internal sealed class MessageScan(PersonaDetector persona, DateTimeOffset captured)
{
    private const int MaxCandidates = 2_000;
    private const int LongestScannedText = 256 * 1024;

    // Shorter than the shortest e-mail address, number and address.
    private const int ShortestScannedText = 6;

    private readonly AddressParts _addressParts = new();
    private List<Candidate>? _candidates;

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
            else if (field.Kind == FieldKind.Undecoded && persona.FindRaw(field.Bytes.Span, KeyContext.Of(field, neighbours)) is { } digest)
            {
                Add(new Candidate(
                    field, digest.Needle.Item, Detector.Persona, StrengthOf(digest), FindingState.Hashed, Described(digest, isWhole: true), Convert.ToHexStringLower(field.Bytes.Span))
                {
                    Encodings = digest.Transformations,
                });
            }

            if (_candidates?.Count >= MaxCandidates)
            {
                break;
            }
        }

        _addressParts.AddTo(ref _candidates);
        if (_candidates is not null)
        {
            Companions.BuiltIn.Raise(_candidates, neighbours);
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
        var key = KeyContext.Of(field, neighbours);
        var hits = persona.Find(text, key);
        var trimmed = text.AsSpan().Trim();
        if (hits is not null && AddPersona(field, text, trimmed.Length, hits))
        {
            return; // it is known what this value is
        }

        if (isData && TokenFormat.Match(field) is { } token)
        {
            Add(key.Names(token.Item) ? KeyDetector.Agreeing(field, token, trimmed, key) : KeyDetector.FormatAlone(field, token, trimmed));
        }

        // What was decoded further is judged by what it decoded to.
        if (!isData || field.Children.Count > 0 || (field.Part == MessagePart.Header && key.Traits.HasFlag(KeyTraits.OrdinaryHeader)))
        {
            return;
        }

        if (KeyDetector.Detect(field, trimmed, key, captured) is { } byKey && !(hits is not null && byKey.Strength > Strength.D))
        {
            Add(byKey);
        }

        if (text.Length is >= ShortestScannedText and <= LongestScannedText && hits is null)
        {
            AddFormats(field, text, key);
        }

        _addressParts.Take(field, text, key);
    }

    // Returns whether one known value is the whole text.
    private bool AddPersona(Field field, string text, int trimmedLength, List<PersonaHit> hits)
    {
        var isWhole = false;
        foreach (var hit in hits)
        {
            isWhole |= hit.Length >= trimmedLength;
            var state = hit.IsDigest ? FindingState.Hashed : field.IsEncoded() ? FindingState.Encoded : FindingState.Clear;
            Add(new Candidate(
                field, hit.Needle.Item, Detector.Persona, StrengthOf(hit), state,
                Described(hit, hit.Length >= trimmedLength), text.Substring(hit.Start, hit.Length))
            {
                Encodings = hit.Transformations,
            });
        }

        return isWhole;
    }

    private void AddFormats(Field field, string text, in KeyContext key)
    {
        var trimmed = text.AsSpan().Trim();
        if (WholeFormats.Match(trimmed, captured) is { } whole)
        {
            AddFormat(field, whole, trimmed, key);
            return;
        }

        foreach (var found in TextScan.Find(text, captured) ?? [])
        {
            AddFormat(field, found.Match, text.AsSpan(found.Start, found.Length), key);
        }
    }

    private void AddFormat(Field field, FormatMatch match, ReadOnlySpan<char> value, in KeyContext key)
    {
        if (key.Names(match.Item) || (match.Item == "postcode" && key.Names("postal_address")))
        {
            Add(KeyDetector.Agreeing(field, match, value, key));
        }
        else if (match.IsProof || match.Item is "phone" or "safe_phone" or "email" or "postal_address" || !(key.IsProduct() || key.Traits.HasFlag(KeyTraits.Request)))
        {
            Add(KeyDetector.FormatAlone(field, match, value));
        }
    }

    private void Add(Candidate candidate) => (_candidates ??= []).Add(candidate);
}
