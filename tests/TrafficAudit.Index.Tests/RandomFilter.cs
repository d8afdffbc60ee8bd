using TrafficAudit.Model;

namespace TrafficAudit.Index.Tests;

/// <summary>A filter made at random, as text and as what the text is to mean, said without the parser.</summary>
internal sealed record RandomFilter(string Text, Func<AnalyzedFlow, bool> Holds)
{
    private static readonly RandomFilter[] Terms =
    [
        new("country:CN", f => f.Summary.Country == "CN"),
        new("-country:*", f => f.Summary.Country is null),
        new("status:>=400", f => f.Summary.Status >= 400),
        new("status:200,404", f => f.Summary.Status is 200 or 404),
        new("item:phone", f => f.Findings.Any(x => x is { Item: "phone", IsCounted: true })),
        new("item:email,gaid", f => f.Findings.Any(x => x is { Item: "email" or "gaid", IsCounted: true })),
        new("-state:hashed", f => !f.Findings.Any(x => x is { State: FindingState.Hashed, IsCounted: true })),
        new("confidence:likely", f => f.Findings.Any(x => x is { Confidence: Confidence.Likely, IsCounted: true })),
        new("phase:\"before consent\"", f => f.Summary.Phase == "before consent"),
        new("flow:7..20,33", f => f.Summary.Number is (>= 7 and <= 20) or 33),
        new("host:*.site1.example", f => f.Summary.Host.EndsWith(".site1.example", StringComparison.Ordinal)),
        new("h3", f => f.Summary.Host.Contains("h3", StringComparison.Ordinal)),
    ];

    public RandomFilter Not(Random random) =>
        new(random.Next(3) switch { 0 => $"-({Text})", 1 => $"not ({Text})", _ => $"NOT( {Text})" }, f => !Holds(f));

    public RandomFilter And(RandomFilter other, Random random) =>
        new($"({Text}){(random.Next(2) == 0 ? " " : " And ")}({other.Text})", f => Holds(f) && other.Holds(f));

    public RandomFilter Or(RandomFilter other) => new($"({Text}) or ({other.Text})", f => Holds(f) || other.Holds(f));

    public static RandomFilter Make(Random random, int depth)
    {
        if (depth == 0 || random.Next(5) == 0)
        {
            return Terms[random.Next(Terms.Length)];
        }

        var part = Make(random, depth - 1);
        return random.Next(5) switch
        {
            0 => part.Not(random),
            1 or 2 => part.And(Make(random, depth - 1), random),
            3 => part.Or(Make(random, depth - 1)),
            _ => Row(random),
        };
    }

    /// <summary>Terms and keywords without parentheses: what binds how is the filter's business.</summary>
    private static RandomFilter Row(Random random)
    {
        var (text, alternatives) = ("", new List<List<RandomFilter>> { new() });
        for (var left = random.Next(2, 6); left > 0; left--)
        {
            var term = Terms[random.Next(Terms.Length)];
            var isNegated = random.Next(3) == 0;
            alternatives[^1].Add(isNegated ? term with { Holds = f => !term.Holds(f) } : term);
            text += (isNegated ? "not " : "") + term.Text;
            if (left > 1)
            {
                var joint = random.Next(3);
                text += joint switch { 0 => " ", 1 => " and ", _ => " or " };
                if (joint == 2)
                {
                    alternatives.Add([]);
                }
            }
        }

        return new RandomFilter(text, f => alternatives.Any(a => a.All(t => t.Holds(f))));
    }
}
