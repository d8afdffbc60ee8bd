using System.Globalization;
using System.Text;
using TrafficAudit.Classification.Tests.Corpus.Values;

namespace TrafficAudit.Classification.Tests.Corpus.Scoring;

/// <summary>The score as tables that a README can take over.</summary>
internal static class CorpusReport
{
    /// <summary><c>dotnet run --project tests/TrafficAudit.Classification.Tests -- corpus [mistakes]</c></summary>
    public static int Command(bool withMistakes)
    {
        var score = CorpusScore.Of(LabelledCorpus.Messages, new Classifier(CorpusPersona.Persona));
        Console.Out.Write(Of(score));
        foreach (var mistake in withMistakes ? score.Mistakes : [])
        {
            Console.Out.WriteLine(mistake);
        }

        return 0;
    }

    public static string Of(CorpusScore score)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{score.Messages} messages, {score.EmptyMessages} without personal data, {score.CleanMessages} of them clean; ");
        text.AppendLine(CultureInfo.InvariantCulture, $"{score.All.Right + score.All.Missed} labels; {score.ShownOnly} findings by pattern alone (not counted), {score.MissedButShown} of them at a label");
        Table(text, "", [("all findings", score.All), ("the persona's values", score.Persona), ("certain findings", score.Certain)]);
        Table(text, "detector", score.Detectors.Select(pair => (pair.Key.ToString().ToLowerInvariant(), pair.Value)));
        Table(text, "label", score.Evidences.Select(pair => (pair.Key.ToString(), pair.Value)));
        Table(text, "item", score.Items.Select(pair => (pair.Key, pair.Value)));
        return text.ToString();
    }

    private static void Table(StringBuilder text, string title, IEnumerable<(string Name, Score Score)> rows)
    {
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"| {title,-40} | right | wrong | missed | precision | recall | F1     |");
        text.AppendLine($"|{new string('-', 42)}|------:|------:|-------:|----------:|-------:|-------:|");
        foreach (var (name, score) in rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {name,-40} | {score.Right,5} | {score.Wrong,5} | {score.Missed,6} | {score.Precision,9:F4} | {score.Recall,6:F4} | {score.F1,6:F4} |");
        }
    }
}
