using System.Security.Cryptography;
using System.Text.Json;
using TrafficAudit.Classification.Detection;
using TrafficAudit.Classification.Personas;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Redaction;

/// <summary>
/// Takes personal values out of flows, so that these can be shown to somebody who must not see them. Each value is replaced by a placeholder that stands for
/// it throughout what one redactor does. What can't be redacted with certainty is left out whole, and the flow's <see cref="FlowRedaction"/> says so.
/// Bodies that can't be decoded (pictures, unknown formats) are left out, since nobody can say what they show. Thread-safe.
/// </summary>
public sealed class Redactor
{
    private const int KeyLength = 32;

    private readonly PersonaDetector _persona;
    private readonly KnownTexts _known;
    private readonly Placeholders _placeholders;

    /// <summary>A redactor with a random key of its own, which nobody keeps.</summary>
    public Redactor(Persona persona)
    {
        ArgumentNullException.ThrowIfNull(persona);
        var needles = new PersonaNeedles(persona);
        _persona = new PersonaDetector(needles);
        _known = new KnownTexts(needles);
        _placeholders = new Placeholders(persona, needles, RandomNumberGenerator.GetBytes(KeyLength));
    }

    /// <summary>What stands for a value.</summary>
    public string PlaceholderOf(string item, string value) => _placeholders.Of(item, value);

    /// <summary>Whether a known value is left in a text, in whatever encoding is seen to.</summary>
    public bool HasKnownValue(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _known.AreIn(text);
    }

    /// <summary>The flow without personal values; null when it can't be told from its metadata without one. Disposing it disposes nothing of the original.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="findings">What was found in it: what a rule found by its place is told by nothing else.</param>
    /// <exception cref="IOException">What holds the flow's bytes can't be read.</exception>
    public (FlowRecord Flow, FlowRedaction Redaction)? Redact(FlowRecord flow, IEnumerable<Finding>? findings = null)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var m = flow.Metadata;
        var report = new RedactionReport();
        var messages = new MessageRedactor(new PartRedactor(_persona, _known, new PlacedValues(findings ?? []), _placeholders, m.Started), _known);
        var (request, requestFacts) = messages.Redact(MessageKind.Request, flow.Request, m.Request, report);
        var (response, responseFacts) = messages.Redact(MessageKind.Response, flow.Response, m.Response, report);
        if (m.FirstBytes is not null)
        {
            report.LeftOut(MessageKind.Request, "first bytes", "Bytes of a connection that could not be read are not searched.");
        }

        // Twice the work, so that what was replaced is known before anything is written.
        foreach (var message in flow.Messages?.Read() ?? [])
        {
            messages.Redact(message, report);
        }

        var metadata = m with { Request = requestFacts, Response = responseFacts, FirstBytes = null };
        if (_known.AreIn(JsonSerializer.SerializeToUtf8Bytes(metadata, ModelJson.Default.FlowMetadata)))
        {
            return null;
        }

        var unheard = new RedactionReport();
        var conversation = flow.Messages is { } whole ? new RedactedConversation(whole, w => messages.Redact(w, unheard)) : null;
        return (new FlowRecord(metadata, request, response, conversation), report.Result);
    }
}
