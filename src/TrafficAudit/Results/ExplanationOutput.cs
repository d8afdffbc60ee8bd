using System.Text;
using TrafficAudit.Classification.Explaining;
using TrafficAudit.Model;

namespace TrafficAudit.Results;

/// <summary>
/// What each detector saw in a field, as text, and what was concluded. <c>✓</c> stands before what makes a finding, <c>–</c> before what does not.
/// </summary>
internal static class ExplanationOutput
{
    private const int MaximumText = 1_000;

    public static async Task WriteAsync(Stream output, AnalyzedFlow analyzed, IReadOnlyList<FieldExplanation> explanations, bool reveal)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
        var summary = analyzed.Summary;
        await writer.WriteLineAsync(PlainText.Of($"Flow #{summary.Number}  {summary.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}Z  {summary.Method} {summary.Scheme}://{summary.Host}"));
        foreach (var explanation in explanations)
        {
            await writer.WriteLineAsync();
            await writer.WriteLineAsync(PlainText.Of(Title(explanation, reveal)));
            var findings = analyzed.Findings.Where(finding => IsAt(finding.Location, explanation.Location)).ToList();
            foreach (var note in explanation.Notes.Append(Correlated(findings)))
            {
                await writer.WriteLineAsync(PlainText.Of($"  {Token.Of(note.Detector),-12}{(note.Fired ? '✓' : '–')} {note.Text}"));
            }

            foreach (var conclusion in Conclusions(findings, explanation.Notes.Any(note => note.Fired)))
            {
                await writer.WriteLineAsync(PlainText.Of($"  {conclusion}"));
            }
        }
    }

    private static string Title(FieldExplanation explanation, bool reveal)
    {
        var (field, place) = (explanation.Field, explanation.Location);
        var title = $"{Token.Of(place.Message)} {Token.Of(place.Part)} {place.Path}".TrimEnd();
        var how = place.Decodings.IsEmpty ? "" : $" [{string.Join(" › ", place.Decodings)}]";
        var value = field.Text is not { } text ? $"{field.Bytes.Length} undecoded bytes"
            : !reveal ? MaskedValue.Of(text)
            : text.Length <= MaximumText ? text
            : text[..MaximumText] + "…";
        var where = place.Start < 0 ? "" : $"  (bytes {place.Start} to {place.Start + place.Length} of the {Token.Of(place.Part)} as transferred)";
        return $"{title}{how} = {value}{where}";
    }

    // Correlation looks at all flows of a case together, so that it says nothing while one of them is classified.
    private static DetectorNote Correlated(List<Finding> findings) =>
        findings.Find(finding => finding.Detector == Detector.Correlation) is { } found
            ? new DetectorNote(Detector.Correlation, Fired: true, found.Reason)
            : new DetectorNote(Detector.Correlation, Fired: false, "Nothing that tells one device from another was found here; 'correlate' says what sessions and devices it compared.");

    private static IEnumerable<string> Conclusions(List<Finding> findings, bool isSaidElsewhere) =>
        findings.Count == 0
            ? [isSaidElsewhere ? "No finding in this place: it is said of what the text was decoded to, or by one that knows more." : "No finding in this place."]
            : findings.Select(finding =>
                $"◆ {finding.Item} ({Token.Of(finding.Confidence)}, {Token.Of(finding.State)}): found by {Token.Of(finding.Detector)}, strength {Token.Of(finding.Strength)}"
                + (finding.IsCounted ? "" : "; shown with --all only, and not counted"));

    private static bool IsAt(FindingLocation finding, FindingLocation place) =>
        finding.Message == place.Message && finding.Part == place.Part && finding.Path == place.Path && finding.Decodings.SequenceEqual(place.Decodings);
}
