using System.Collections.Immutable;
using System.Text;
using TrafficAudit.Classification.EndpointRules.Values;
using TrafficAudit.Classification.Taxonomy;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.EndpointRules.Packs;

/// <summary>Reads a pack of rules in YAML; <c>Rules/Endpoints/README.md</c> says how one is written.</summary>
internal static class RulePackReader
{
    /// <summary>The rules of a pack. Their examples are read, not run.</summary>
    /// <exception cref="RulePackException">The first fault in the file.</exception>
    public static ImmutableArray<EndpointRule> Read(Stream data, string file)
    {
        var root = PackYaml.Read(data, file);
        var pack = new PackName(root.Text("pack"), root.Text("version"), file);
        var rules = root.List("rules");
        root.Close();
        return rules.Count > 0 ? [.. rules.Select(rule => ReadRule(rule, pack))] : throw root.Fault("\"rules\" is missing or empty");
    }

    private static EndpointRule ReadRule(PackNode node, PackName pack)
    {
        var rule = new EndpointRule
        {
            Id = node.Text("id"),
            Pack = pack,
            Line = node.Line,
            Recipient = node.Text("recipient"),
            Source = node.Text("source"),
            IsUnchecked = node.Flag("unchecked"),
            Message = node.OptionalText("message") is not { } message ? MessageKind.Request
                : Token.TryParse<MessageKind>(message, out var kind) ? kind
                : throw node.Member("message")!.Fault($"\"message\" is one of {string.Join(", ", Token.All<MessageKind>())}"),
            Endpoints = [.. node.List("endpoints").Select(endpoint => endpoint.Read(Endpoint.Parse))],
            Conditions = [.. node.List("when").Select(ReadCondition)],
            Steps = [.. node.List("steps").Select(ReadStep)],
            Places = [.. node.Map("items").SelectMany(item => ReadPlaces(item.Key, item.Value))],
            Excludes = [.. node.Map("excludes").SelectMany(item => ReadExcluded(item.Key, item.Value))],
            Examples = [.. node.List("match").Select(e => ReadExample(e, isMatch: true)), .. node.List("no_match").Select(e => ReadExample(e, isMatch: false))],
        };
        node.Close();
        return rule switch
        {
            { Endpoints.IsEmpty: true } => throw node.Fault($"rule {rule.Id}: \"endpoints\" is missing or empty"),
            { Places.IsEmpty: true, Excludes.IsEmpty: false, Examples.IsEmpty: true } => rule,
            { Places.IsEmpty: true } => throw node.Fault($"rule {rule.Id}: \"items\" is missing or empty"),
            _ when rule.Examples.All(e => e.Finds.IsEmpty) || rule.Examples.All(e => !e.Finds.IsEmpty) =>
                throw node.Fault($"rule {rule.Id}: an example is missing; write one under \"match\" and one under \"no_match\" at least"),
            _ => rule,
        };
    }

    private static RuleCondition ReadCondition(PackNode node)
    {
        RuleCondition condition;
        if (node.OptionalText("method") is { } method)
        {
            condition = new RuleCondition(ConditionKind.Method, MessagePart.Url, Filter: ValueFilter.Equal(method));
        }
        else
        {
            var part = (node.Member("part") ?? throw node.Fault("\"part\" or \"method\" is missing")).Read(RuleParts.Parse);
            condition = node.OptionalText("is") switch
            {
                "present" => new RuleCondition(ConditionKind.Present, part),
                "json" => new RuleCondition(ConditionKind.Json, part),
                "no_json" => new RuleCondition(ConditionKind.NoJson, part),
                null => new RuleCondition(ConditionKind.Value, part, RequiredPath(node, "path"), ValueOf(node)),
                _ => throw node.Member("is")!.Fault("\"is\" is present, json or no_json"),
            };
        }

        node.Close();
        return condition;
    }

    private static ValueFilter ValueOf(PackNode node) => node.List("equals") is { Count: > 0 } equals
        ? ValueFilter.Equal([.. equals.Select(text => text.AsText())])
        : node.List("starts") is { Count: > 0 } starts
            ? ValueFilter.Start([.. starts.Select(text => text.AsText())])
            : throw node.Fault("\"equals\" or \"starts\" is missing: a list of texts");

    private static RuleStep ReadStep(PackNode node)
    {
        var function = (node.Member("function") ?? throw node.Fault("\"function\" is missing")).Read(RuleFunctions.Parse);
        var step = new RuleStep(
            function,
            RequiredPath(node, "input"),
            node.Text("output").Split('.'),
            function == RuleFunction.GetProperty ? RequiredPath(node, "path") : null,
            function == RuleFunction.Split ? node.Text("separator") : null);
        node.Close();
        return step;
    }

    private static IEnumerable<ExcludedPlace> ReadExcluded(string item, PackNode node)
    {
        if (ItemTaxonomy.Find(item) is null)
        {
            throw node.Fault($"{item} is no item of the taxonomy");
        }

        return (node.Items ?? throw node.Fault("a list of places is expected, such as [\"body:user.email\"]")).Select(place => place.Read(text =>
            text.Split(':', 2) is [var part, var path]
                ? new ExcludedPlace(item, RuleParts.Parse(part), path)
                : throw new FormatException($"'{text}' is no place: write part:path, such as body:items[*].email")));
    }

    private static IEnumerable<RulePlace> ReadPlaces(string item, PackNode node)
    {
        ImmutableArray<string> items = [.. item.Split('|')];
        if (items.FirstOrDefault(slug => ItemTaxonomy.Find(slug) is null) is { } unknown)
        {
            throw node.Fault($"{unknown} is no item of the taxonomy");
        }

        return (node.Items ?? throw node.Fault("a list of places is expected, such as [\"query:em\", \"body:user.email\"]")).Select(place => ReadPlace(items, place));
    }

    private static RulePlace ReadPlace(ImmutableArray<string> items, PackNode node)
    {
        if (node.Members is null)
        {
            return node.Read(text => PlaceAt(items, text));
        }

        var place = node.Member("at") is { } at ? at.Read(text => PlaceAt(items, text)) : throw node.Fault("\"at\" is missing");
        place = place with
        {
            OnlyIf = node.Member("only_if")?.Read(text => ValueFilter.Parse(text).Checked()),
            NotIf = node.Member("not_if")?.Read(text => ValueFilter.Parse(text).Checked()),
        };
        node.Close();
        return place;
    }

    private static RulePlace PlaceAt(ImmutableArray<string> items, string text) => text.Split(':', 2) is [var part, var path]
        ? new RulePlace(items, RuleParts.Parse(part), RulePathParser.Parse(path))
        : throw new FormatException($"'{text}' is no place: write part:path, such as query:em");

    private static RulePath RequiredPath(PackNode node, string name) =>
        (node.Member(name) ?? throw node.Fault($"\"{name}\" is missing")).Read(RulePathParser.Parse);

    private static RuleExample ReadExample(PackNode node, bool isMatch)
    {
        var request = node.Text("request").Split(' ', 2);
        if (request.Length != 2 || !Uri.TryCreate(request[1], UriKind.Absolute, out var url))
        {
            throw node.Fault("\"request\" is a method and a URL, such as POST https://api.example.com/v1/event");
        }

        var finds = node.List("finds").Select(item => item.AsText()).ToImmutableArray();
        if (finds.IsEmpty == isMatch)
        {
            throw node.Fault(isMatch ? "\"finds\" is missing: the items that the rule must find" : "\"finds\" stands under \"match\" only");
        }

        var example = new RuleExample(
            node.Line, request[0], url, [.. node.Map("headers").Select(field => new HeaderField(field.Key, field.Value.AsText()))], BodyOf(node), finds);
        node.Close();
        return example;
    }

    private static byte[] BodyOf(PackNode node) => node.Member("body_base64") is { } encoded
        ? encoded.Read(Convert.FromBase64String)
        : Encoding.UTF8.GetBytes(node.OptionalText("body") ?? "");
}
