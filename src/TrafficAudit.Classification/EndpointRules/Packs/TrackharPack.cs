using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using TrafficAudit.Classification.EndpointRules.Values;
using TrafficAudit.Classification.Packs;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.EndpointRules.Packs;

/// <summary>The adapters of TrackHAR (CC0), as <c>trackhar.mjs</c> wrote them into <c>trackhar.json</c>: a rule each, one to a line.</summary>
internal static class TrackharPack
{
    private const string File = "Rules/Endpoints/trackhar.json";

    /// <summary>Which items a TrackHAR property can be.</summary>
    public static FrozenDictionary<string, ImmutableArray<string>> Items { get; } = EmbeddedYaml.Read("Rules/Endpoints/trackhar-items.yaml")
        .Mappings("properties")
        .SelectMany(entry => entry.Words("properties").Select(property => (Property: property, Items: entry.Words("items"))))
        .ToFrozenDictionary(entry => entry.Property, entry => entry.Items, StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public static ImmutableArray<EndpointRule> Read()
    {
        using var stream = EmbeddedYaml.Open(File);
        using var document = JsonDocument.Parse(stream);
        var root = document.RootElement;
        var pack = new PackName(Text(root, "pack")!, Text(root, "version")!, File);
        var reasons = root.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!).ToArray();
        var line = reasons.Length + 2;
        return [.. root.GetProperty("rules").EnumerateArray().Select(rule => ReadRule(rule, pack, line++, reasons))];
    }

    private static EndpointRule ReadRule(JsonElement rule, PackName pack, int line, string[] reasons) => new()
    {
        Id = Text(rule, "id")!,
        Pack = pack,
        Line = line,
        Recipient = Text(rule, "recipient")!,
        Source = $"TrackHAR {pack.Version}, adapter {Text(rule, "id")}: {Text(rule, "name")}",
        Endpoints = [.. rule.GetProperty("endpoints").EnumerateArray().Select(ReadEndpoint)],
        Conditions = [.. rule.GetProperty("when").EnumerateArray().Select(ReadCondition)],
        Steps = [.. rule.GetProperty("steps").EnumerateArray().Select(ReadStep)],
        Places = [.. rule.GetProperty("places").EnumerateArray().Select(place => ReadPlace(place, reasons))],
    };

    private static Endpoint ReadEndpoint(JsonElement endpoint) => endpoint.ValueKind == JsonValueKind.String
        ? Endpoint.Parse(endpoint.GetString()!)
        : Endpoint.Matching(Text(endpoint, "host"), Text(endpoint, "hostPattern"), Text(endpoint, "pathPattern")!);

    private static RuleCondition ReadCondition(JsonElement condition)
    {
        if (Text(condition, "method") is { } method)
        {
            return new RuleCondition(ConditionKind.Method, MessagePart.Url, Filter: ValueFilter.Equal(method));
        }

        var part = RuleParts.Parse(Text(condition, "part")!);
        return Text(condition, "is") switch
        {
            "present" => new RuleCondition(ConditionKind.Present, part),
            "json" => new RuleCondition(ConditionKind.Json, part),
            "no_json" => new RuleCondition(ConditionKind.NoJson, part),
            _ => new RuleCondition(
                ConditionKind.Value,
                part,
                RulePathParser.Parse(Text(condition, "path")!),
                condition.TryGetProperty("equals", out var equal) ? ValueFilter.Equal(Texts(equal)) : ValueFilter.Start(Texts(condition.GetProperty("starts")))),
        };
    }

    private static RuleStep ReadStep(JsonElement step)
    {
        var options = step.TryGetProperty("options", out var given) ? given : default;
        return new RuleStep(
            RuleFunctions.Parse(Text(step, "function")!),
            Text(step, "input") is { } input ? RulePathParser.Parse(input) : Each(Text(step, "mapInput")!),
            Text(step, "output")!.Split('.'),
            Text(options, "path") is { } path ? RulePathParser.Parse(path) : null,
            Text(options, "separator"));
    }

    // The step is taken for each element of the array there, or each of what is there.
    private static RulePath Each(string path) => RulePathParser.Parse(path) is { Names: null } plural ? plural : RulePathParser.Parse($"{path}.*");

    private static RulePlace ReadPlace(JsonElement place, string[] reasons) => new(
        Items[place[0].GetString()!],
        RuleParts.Parse(place[1].GetString()!),
        RulePathParser.Parse(place[2].GetString()!),
        string.Create(CultureInfo.InvariantCulture, $"{place[0].GetString()}: {reasons[place[3].GetInt32()]}"),
        place[4].GetString() is { } only ? ValueFilter.Parse(only) : null,
        place[5].GetString() is { } not ? ValueFilter.Parse(not) : null);

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var text) ? text.GetString() : null;
}
