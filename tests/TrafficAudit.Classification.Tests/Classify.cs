using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests;

/// <summary>Runs a real classifier over fields that a test built.</summary>
internal static class Classify
{
    private static readonly DecodedMessage Nothing = new([], [], Truncated: false);

    /// <summary>All findings in the message, those by pattern alone too.</summary>
    public static IReadOnlyList<Finding> All(SomeField message, Persona? persona = null, string scheme = "https") =>
        Result(message.Build(), persona, scheme).Findings;

    /// <summary>The findings that count.</summary>
    public static List<Finding> Counted(SomeField message, Persona? persona = null) => [.. All(message, persona).Where(finding => finding.IsCounted)];

    public static ClassificationResult Result(DecodedMessage message, Persona? persona = null, string scheme = "https")
    {
        using var flow = Flow(scheme);
        return new Classifier(persona ?? Persona.None, (kind, _) => Matches(kind, message) ? message : Nothing).Classify(flow);
    }

    /// <summary>The findings in each of many messages, by one classifier.</summary>
    public static IEnumerable<IReadOnlyList<Finding>> Each(IEnumerable<DecodedMessage> messages, Persona persona)
    {
        using var flow = Flow();
        var current = Nothing;
        var classifier = new Classifier(persona, (kind, _) => Matches(kind, current) ? current : Nothing);
        foreach (var message in messages)
        {
            current = message;
            yield return classifier.Classify(flow).Findings;
        }
    }

    public static FlowRecord Flow(string scheme = "https")
    {
        var flow = Some.Flow();
        return flow with { Metadata = flow.Metadata with { Scheme = scheme } };
    }

    private static bool Matches(MessageKind kind, DecodedMessage message) => message.Roots.Count > 0 && message.Roots[0].Message == kind;
}
