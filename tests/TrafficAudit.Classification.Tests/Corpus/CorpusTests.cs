using System.Text;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Corpus;

public sealed class CorpusTests(ITestOutputHelper output)
{
    private const double PersonaRecall = 0.99;
    private const double PersonaPrecision = 0.999;
    private const double CertainPrecision = 0.99;
    private const double OverallF1 = 0.95;

    [Fact]
    public void Corpus_IsFoundAboveTheFloors()
    {
        var (persona, certain, all) = (new Score(), new Score(), new Score());
        var items = new SortedDictionary<string, Score>(StringComparer.Ordinal);
        var wrong = new StringBuilder();
        var corpus = CorpusMessages.All.ToList();
        foreach (var (labelled, findings) in corpus.Zip(Classify.Each(corpus.Select(labelled => labelled.Message), SomePersona.Full)))
        {
            var found = findings.Where(finding => finding.IsCounted).ToList();
            all.Add(labelled.Item, found);
            certain.Add(labelled.Item, found.Where(finding => finding.Confidence == Confidence.Certain));
            persona.Add(labelled.IsKnown ? labelled.Item : null, found.Where(finding => finding.Detector == Detector.Persona));
            foreach (var item in found.Select(finding => finding.Item).Append(labelled.Item).OfType<string>().Distinct())
            {
                items.TryAdd(item, new Score());
                items[item].Add(labelled.Item == item ? item : null, found.Where(finding => finding.Item == item));
            }

            if (!found.Select(finding => finding.Item).SequenceEqual(labelled.Item is null ? [] : [labelled.Item]))
            {
                wrong.AppendLine($"{labelled.What} -> {string.Join(", ", found.Select(finding => $"{finding.Item} {finding.Strength} {finding.Location.Path}"))}");
            }
        }

        output.WriteLine($"all {all}\ncertain {certain}\npersona {persona}\n{string.Join('\n', items.Select(pair => $"{pair.Key} {pair.Value}"))}\n{wrong}");
        Assert.True(persona.Recall >= PersonaRecall && persona.Precision >= PersonaPrecision, $"persona {persona}\n{wrong}");
        Assert.True(certain.Precision >= CertainPrecision, $"certain {certain}\n{wrong}");
        Assert.True(all.F1 >= OverallF1, $"all {all}\n{wrong}");
    }

    [Fact]
    public void Corpus_IsHalfEmpty()
    {
        var messages = CorpusMessages.All.ToList();

        Assert.InRange(messages.Count, 900, 5_000);
        Assert.InRange(messages.Count(message => message.Item is null) / (double)messages.Count, 0.4, 0.6);
    }

    [Fact]
    public void StrangersPersona_IsFoundNowhere() =>
        Assert.DoesNotContain(
            Classify.Each(CorpusMessages.All.Select(labelled => labelled.Message), SomePersona.Stranger).SelectMany(findings => findings),
            finding => finding.Detector == Detector.Persona);

    private sealed class Score
    {
        private int _right;
        private int _wrong;
        private int _missed;

        public double Recall => _right + _missed == 0 ? 1 : _right / (double)(_right + _missed);

        public double Precision => _right + _wrong == 0 ? 1 : _right / (double)(_right + _wrong);

        public double F1 => 2 * Recall * Precision / (Recall + Precision);

        public void Add(string? label, IEnumerable<Finding> found)
        {
            var names = found.Select(finding => finding.Item).ToHashSet(StringComparer.Ordinal);
            _right += label is not null && names.Remove(label) ? 1 : 0;
            _missed += label is not null && !found.Any(finding => finding.Item == label) ? 1 : 0;
            _wrong += names.Count;
        }

        public override string ToString() => $"recall {Recall:F4} precision {Precision:F4} F1 {F1:F4} ({_right} right, {_wrong} wrong, {_missed} missed)";
    }
}
