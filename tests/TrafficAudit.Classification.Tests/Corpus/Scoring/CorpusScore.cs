using TrafficAudit.Classification.Tests.Corpus.Writing;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Corpus.Scoring;

/// <summary>
/// Holds findings against labels: they agree when item, message, part and path do. Findings by pattern alone (F), which are shown and not counted, are no
/// mistakes and counted by themselves.
/// </summary>
internal sealed class CorpusScore
{
    private readonly SortedDictionary<string, Score> _items = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Score> _kinds = new(StringComparer.Ordinal);

    /// <summary>Everything that counts.</summary>
    public Score All { get; } = new();

    /// <summary>What the persona's detector found, against the persona's values.</summary>
    public Score Persona { get; } = new();

    /// <summary>Findings that are certain; recall against the labels that want certainty.</summary>
    public Score Certain { get; } = new();

    /// <summary>Findings by each detector: right and wrong; what was missed belongs to none.</summary>
    public SortedDictionary<Detector, Score> Detectors { get; } = [];

    /// <summary>Labels by what makes them recognisable: found and missed.</summary>
    public SortedDictionary<Evidence, Score> Evidences { get; } = [];

    public IReadOnlyDictionary<string, Score> Items => _items;

    /// <summary>By family of messages.</summary>
    public IReadOnlyDictionary<string, Score> Kinds => _kinds;

    public List<Mistake> Mistakes { get; } = [];

    public int Messages { get; private set; }

    public int EmptyMessages { get; private set; }

    /// <summary>Empty messages in which nothing that counts was found.</summary>
    public int CleanMessages { get; private set; }

    /// <summary>Findings by pattern alone: shown on request.</summary>
    public int ShownOnly { get; private set; }

    /// <summary>Of those, such as a label names: what was missed, but is shown.</summary>
    public int MissedButShown { get; private set; }

    public static CorpusScore Of(IEnumerable<LabelledMessage> corpus, Classifier classifier)
    {
        var score = new CorpusScore();
        foreach (var message in corpus)
        {
            score.Add(message, classifier.Classify(message.Flow).Findings);
        }

        return score;
    }

    private static Score In<T>(SortedDictionary<T, Score> scores, T key)
        where T : notnull => scores.TryGetValue(key, out var score) ? score : scores[key] = new Score();

    private static bool WantsCertainty(Mark mark) => mark.Evidence is Evidence.Known or Evidence.Checked;

    private static bool IsKnown(Mark mark) => mark.Evidence is Evidence.Known or Evidence.KnownByKey;

    private void Add(LabelledMessage message, IReadOnlyList<Finding> findings)
    {
        Messages++;
        EmptyMessages += message.IsEmpty ? 1 : 0;
        CleanMessages += message.IsEmpty && !findings.Any(finding => finding.IsCounted) ? 1 : 0;
        var found = new Dictionary<(string, Place), Finding>();
        foreach (var finding in findings)
        {
            if (finding.IsCounted)
            {
                found.TryAdd((finding.Item, Place.Of(finding.Location)), finding);
            }
            else
            {
                ShownOnly++;
                MissedButShown += message.Labels.Any(label => label.Mark.Item == finding.Item && label.Place == Place.Of(finding.Location)) ? 1 : 0;
            }
        }

        foreach (var label in message.Labels.DistinctBy(label => (label.Mark.Item, label.Place)))
        {
            Compare(message, label, found.Remove((label.Mark.Item, label.Place), out var finding) ? finding : null);
        }

        foreach (var ((item, place), finding) in found)
        {
            AddWrong(message, finding, new Mistake(MistakeKind.Wrong, item, message, place, finding, Label: null));
        }
    }

    private void Compare(LabelledMessage message, Label label, Finding? finding)
    {
        void Note(MistakeKind kind) => Mistakes.Add(new Mistake(kind, label.Mark.Item, message, label.Place, finding, label));
        foreach (var score in new[] { All, In(_items, label.Mark.Item), In(_kinds, message.Kind), In(Evidences, label.Mark.Evidence) })
        {
            _ = finding is null ? score.Missed++ : score.Right++;
        }

        var isCertain = finding?.Confidence == Confidence.Certain;
        Certain.Right += isCertain ? 1 : 0;
        Certain.Missed += WantsCertainty(label.Mark) && !isCertain ? 1 : 0;
        var byPersona = finding?.Detector == Detector.Persona;
        Persona.Right += IsKnown(label.Mark) && byPersona ? 1 : 0;
        Persona.Missed += IsKnown(label.Mark) && !byPersona ? 1 : 0;
        Persona.Wrong += !IsKnown(label.Mark) && byPersona ? 1 : 0;
        if (finding is null)
        {
            Note(MistakeKind.Missed);
            return;
        }

        In(Detectors, finding.Detector).Right++;
        if (WantsCertainty(label.Mark) && !isCertain)
        {
            Note(MistakeKind.Unsure);
        }
        else if (IsKnown(label.Mark) != byPersona)
        {
            Note(MistakeKind.OtherDetector);
        }
        else if (finding.State != label.Mark.State)
        {
            Note(MistakeKind.OtherState);
        }
    }

    private void AddWrong(LabelledMessage message, Finding finding, Mistake mistake)
    {
        foreach (var score in new[] { All, In(_items, finding.Item), In(_kinds, message.Kind), In(Detectors, finding.Detector) })
        {
            score.Wrong++;
        }

        Certain.Wrong += finding.Confidence == Confidence.Certain ? 1 : 0;
        Persona.Wrong += finding.Detector == Detector.Persona ? 1 : 0;
        Mistakes.Add(mistake);
    }
}
