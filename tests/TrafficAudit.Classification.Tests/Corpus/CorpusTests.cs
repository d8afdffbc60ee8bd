using System.Security.Cryptography;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Personas;
using TrafficAudit.Classification.Taxonomy;
using TrafficAudit.Classification.Tests.Corpus.Scoring;
using TrafficAudit.Classification.Tests.Corpus.Values;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Corpus;

/// <summary>The accuracy that the design asks for (classification, "Accuracy is measured").</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    private const double PersonaRecall = 0.99;
    private const double PersonaPrecision = 0.999;
    private const double CertainPrecision = 0.99;
    private const double OverallF1 = 0.95;
    private const int ShownMistakes = 40;

    [Fact]
    public void Corpus_IsFoundAboveTheFloors()
    {
        var score = CorpusScore.Of(LabelledCorpus.Messages, new Classifier(CorpusPersona.Persona));
        var report = CorpusReport.Of(score);
        output.WriteLine(report);
        TestContext.Current.SendDiagnosticMessage(report);
        foreach (var mistake in score.Mistakes.Take(ShownMistakes))
        {
            output.WriteLine(mistake.ToString());
        }

        Assert.True(score.Persona.Recall >= PersonaRecall, $"recall of the persona's values is {score.Persona.Recall:F4}");
        Assert.True(score.Persona.Precision >= PersonaPrecision, $"precision of the persona's values is {score.Persona.Precision:F4}");
        Assert.True(score.Certain.Precision >= CertainPrecision, $"precision of certain findings is {score.Certain.Precision:F4}");
        Assert.True(score.All.F1 >= OverallF1, $"F1 of all findings is {score.All.F1:F4}");
    }

    [Fact]
    public void HalfOfAtLeast1500Messages_HoldsNoPersonalData()
    {
        var messages = LabelledCorpus.Messages;

        Assert.InRange(messages.Count, 1_500, 10_000);
        Assert.InRange(messages.Count(message => message.IsEmpty) / (double)messages.Count, 0.5, 0.6);
    }

    [Fact]
    public void NoTwoMessages_AreTheSame() => Assert.Empty(
        LabelledCorpus.Messages.GroupBy(message => Convert.ToHexString(SHA256.HashData(message.Bytes))).Where(same => same.Skip(1).Any()).Select(same => same.First().Kind));

    [Fact]
    public void EveryItem_IsInTheCorpus() => Assert.Equal(
        [],
        ItemTaxonomy.All.Where(item => item.IsPersonal).Select(item => item.Slug).Except(LabelledCorpus.Messages.SelectMany(message => message.Labels).Select(label => label.Mark.Item)));

    [Fact]
    public void EveryDecoding_IsInTheCorpus()
    {
        var undone = LabelledCorpus.Messages.SelectMany(message => message.Decoded()).SelectMany(decoded => decoded.Fields).SelectMany(field => field.Decodings).ToHashSet(StringComparer.Ordinal);

        Assert.Equal([], Decodings.All.Except(undone));
    }

    [Fact]
    public void StrangersPersona_IsFoundNowhere() => Assert.Empty(PersonaFindings(LabelledCorpus.Messages, CorpusPersona.Stranger));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void InventedPersonas_AreFoundInNoEmptyMessage(int seed)
    {
        var maker = new PersonaMaker(new Random(seed));
        var empty = LabelledCorpus.Messages.Where(message => message.IsEmpty).ToList();

        Assert.Empty(PersonaFindings(empty, maker.Korean()));
        Assert.Empty(PersonaFindings(empty, maker.Foreign()));
    }

    private static IEnumerable<string> PersonaFindings(IEnumerable<LabelledMessage> messages, Persona persona)
    {
        var classifier = new Classifier(persona);
        return messages.SelectMany(message => classifier.Classify(message.Flow).Findings.Select(finding => (message.Kind, finding)))
            .Where(found => found.finding.Detector == Detector.Persona).Select(found => $"{found.Kind}: {found.finding.Item} {found.finding.Location.Path} {found.finding.Value}");
    }
}
