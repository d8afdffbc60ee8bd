using TrafficAudit.Model;

namespace TrafficAudit.Index.Filtering;

/// <summary>The terms that have names.</summary>
internal static class FilterTerms
{
    /// <summary>Short forms of names.</summary>
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase) { ["grade"] = "country_grade" };

    private static readonly string[] MarkWords = ["yes", "no"];

    private static readonly Dictionary<string, TermDefinition> Known = new TermDefinition[]
    {
        new("address", (values, _) => new AddressTerm([.. values.SelectMany(AddressTerm.Networks)])) { Column = FilterColumn.Address },
        Judged("assigned", FindingAspects.Assigned, (j, patterns) => j.Assignee is { } name && patterns.Matches(name)),
        new("body", (values, _) => new ContentTerm(new BodyQuestion(values))),
        Open("carrier", FilterColumn.Carrier, f => f.Carrier),
        Open("cloaks", FilterColumn.Cloaks, f => f.Cloaks),
        Finding("confidence", FindingAspects.Confidence, Token.All<Confidence>()),
        new("consent", Consent) { Words = [ConsentTerm.Before, ConsentTerm.After] },
        Open("country", FilterColumn.Country, f => f.Country),
        Closed("country_grade", Token.All<CountryGrade>(), f => Token.Of(f.Grade)),
        Judged("decision", FindingAspects.Decision, (j, patterns) => patterns.Matches(Token.Of(j.State)), Token.All<DecisionState>()),
        Finding("detector", FindingAspects.Detector, Token.All<Detector>()),
        new("device", (values, context) => new DeviceTerm(Patterns(values), context.DeviceNames())) { Column = FilterColumn.Device },
        Closed("failure", Token.All<FlowFailure>(), f => f.Failure is { } failure ? Token.Of(failure) : null),
        new("field", (values, _) => new ContentTerm(new FieldQuestion(values))),
        new("flow", (values, _) => Numbers(values, f => f.Number, FilterNumbers.Flow, "a flow's number")),
        Open("group_country", FilterColumn.GroupCountry, f => f.GroupCountry),
        Open("host", FilterColumn.Host, f => f.Host),
        new("item", (values, _) => FindingTerm.Of(FindingAspects.Item, Patterns(values))) { Column = FilterColumn.Item },
        Closed("kind", Token.All<FlowKind>(), f => Token.Of(f.Kind)),
        new("marked", Marked) { Words = MarkWords },
        Open("method", FilterColumn.Method, f => f.Method),
        new("party", Party) { Words = [PartyTerm.First, PartyTerm.Third] },
        new("path", (values, _) => new PathTerm(Patterns(values))),
        Open("phase", FilterColumn.Phase, f => f.Phase),
        Closed("read", Token.All<Reading>(), f => Token.Of(f.Reading)),
        new("received", (values, _) => Sizes(values, f => f.BytesReceived)),
        Open("recipient", FilterColumn.Recipient, f => f.Recipient),
        Open("recipient_country", FilterColumn.RecipientCountry, f => f.RecipientCountry),
        new("saved", (values, context) => AnyOf.Of([.. values.Select(v => Saved(v, context))])),
        Open("scheme", FilterColumn.Scheme, f => f.Scheme),
        new("sent", (values, _) => Sizes(values, f => f.BytesSent)),
        Open("session", FilterColumn.Session, f => f.Session),
        new("size", (values, _) => Sizes(values, f => f.BytesSent + f.BytesReceived)),
        Finding("state", FindingAspects.State, Token.All<FindingState>()),
        new("status", (values, _) => Numbers(values, f => f.Status, FilterNumbers.Status, "a status code of three digits")),
        Judged("tag", FindingAspects.Tag, (j, patterns) => j.Tags.Any(patterns.Matches)),
        new("time", (values, _) => new TimeTerm([.. values.Select(TimeRange.Parse)])),
    }.ToDictionary(t => t.Name, StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<string> Names { get; } = [.. Known.Keys.Order(StringComparer.Ordinal)];

    public static string Allowed { get; } = $"the names are {string.Join(", ", Names)}";

    /// <summary>The term of a name or its short form; null when there is none.</summary>
    public static TermDefinition? Find(string name) => Known.GetValueOrDefault(Aliases.GetValueOrDefault(name, name));

    private static TermDefinition Open(string name, FilterColumn column, Func<IFlowFacts, string?> text) =>
        new(name, (values, _) => new TextTerm(text, Patterns(values))) { Column = column };

    private static TermDefinition Closed(string name, IReadOnlyList<string> words, Func<IFlowFacts, string?> text) =>
        new(name, (values, _) => new TextTerm(text, Words(values, words))) { Words = words };

    private static TermDefinition Finding(string name, FindingAspects aspect, IReadOnlyList<string> words) =>
        new(name, (values, _) => FindingTerm.Of(aspect, Words(values, words))) { Words = words };

    /// <param name="name">The term's name.</param>
    /// <param name="aspect">What of a judgement it names.</param>
    /// <param name="holds">Whether a judgement has one of the values.</param>
    /// <param name="words">The closed list of the values; null when they are open.</param>
    private static TermDefinition Judged(
        string name, FindingAspects aspect, Func<Judgement, TextPatterns, bool> holds, IReadOnlyList<string>? words = null) =>
        new(name, (values, context) =>
        {
            var patterns = words is null ? Patterns(values) : Words(values, words);
            var judgements = context.Judgements;
            return new FindingTerm(aspect, (in finding) => holds(finding.Judged.In(judgements), patterns));
        })
        {
            Words = words ?? [],
        };

    private static NumberTerm Sizes(IReadOnlyList<FilterValue> values, Func<IFlowFacts, long?> size) =>
        Numbers(values, size, FilterNumbers.Size, "a number of bytes (500, 20kB, 1.5MB, 4MiB)");

    private static NumberTerm Numbers(IReadOnlyList<FilterValue> values, Func<IFlowFacts, long?> number, Func<string, long?> read, string what) =>
        new(number, [.. values.Select(v => NumberRange.Parse(v, read, what))]);

    /// <summary>Without domains every host would be a third party's, which nobody has said.</summary>
    private static PartyTerm Party(IReadOnlyList<FilterValue> values, FilterContext context)
    {
        var parties = Words(values, [PartyTerm.First, PartyTerm.Third]);
        return context.FirstPartyDomains.IsDefaultOrEmpty
            ? throw new FlowFilterException(values[0].Position, "the case does not say which domains are the company's own (first_party_domains); say it on the review page, under set-up")
            : new PartyTerm(new FirstParties(context.FirstPartyDomains), parties);
    }

    private static TextTerm Marked(IReadOnlyList<FilterValue> values, FilterContext context) =>
        new(f => MarkWords[context.IsMarked(f.Number) ? 0 : 1], Words(values, MarkWords));

    /// <summary>A kept filter stands for its text in parentheses.</summary>
    private static FilterNode Saved(FilterValue name, FilterContext context)
    {
        var saved = context.Saved ?? throw new FlowFilterException(name.Position, "a filter that is kept under a name can't be used here, as it can't in another one");
        var text = saved(name.Text) ?? throw new FlowFilterException(name.Position, "the case keeps no filter of that name");
        try
        {
            return new FilterParser(text, context with { Saved = null }).Filter();
        }
        catch (FlowFilterException e)
        {
            throw new FlowFilterException(name.Position, $"the filter that is kept under that name can't be used any more: {e.Message}");
        }
    }

    private static ConsentTerm Consent(IReadOnlyList<FilterValue> values, FilterContext context)
    {
        var sides = Words(values, [ConsentTerm.Before, ConsentTerm.After]);
        return context.Answers is { } answers
            ? new ConsentTerm(sides, answers())
            : throw new FlowFilterException(values[0].Position, "the sessions are not known here; name the phases instead (phase:before_consent)");
    }

    /// <summary>Words of a closed list: a misspelt one would silently match nothing.</summary>
    private static TextPatterns Words(IReadOnlyList<FilterValue> values, IReadOnlyList<string> words)
    {
        foreach (var value in values)
        {
            if (!words.Any(w => value.Pattern.Matches(w)))
            {
                throw new FlowFilterException(value.Position, $"no such word; allowed are {string.Join(", ", words)}");
            }
        }

        return Patterns(values);
    }

    private static TextPatterns Patterns(IReadOnlyList<FilterValue> values) => new([.. values.Select(v => v.Pattern)]);
}
