using System.Collections.Immutable;
using YamlDotNet.RepresentationModel;

namespace TrafficAudit.Classification.Packs;

/// <summary>
/// Reads the YAML data that is embedded in this assembly. The node model is used rather than object mapping: it needs no reflection,
/// keeps every scalar as text (<c>no</c>, <c>on</c>), and its nodes know their line.
/// </summary>
internal static class EmbeddedYaml
{
    /// <summary>The root of the embedded file <paramref name="name"/> (<c>Rules/keys.yaml</c>).</summary>
    public static YamlMappingNode Read(string name)
    {
        using var stream = typeof(EmbeddedYaml).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in this assembly");
        using var reader = new StreamReader(stream);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    /// <summary>The mappings in the list <paramref name="key"/>.</summary>
    public static IEnumerable<YamlMappingNode> Mappings(this YamlMappingNode node, string key) =>
        ((YamlSequenceNode)node.Children[key]).Children.Cast<YamlMappingNode>();

    /// <summary>The words in the list <paramref name="key"/>; none when it is absent.</summary>
    public static ImmutableArray<string> Words(this YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var list)
            ? [.. ((YamlSequenceNode)list).Children.Select(word => ((YamlScalarNode)word).Value!)]
            : [];

    /// <summary>The lists of words in the list <paramref name="key"/>.</summary>
    public static IEnumerable<IEnumerable<string>> Lists(this YamlMappingNode node, string key) =>
        ((YamlSequenceNode)node.Children[key]).Children.Cast<YamlSequenceNode>().Select(list => list.Children.Select(word => ((YamlScalarNode)word).Value!));

    /// <summary>The text under <paramref name="key"/>; <paramref name="absent"/> when there is none.</summary>
    public static string Text(this YamlMappingNode node, string key, string absent = "") =>
        node.Children.TryGetValue(key, out var text) ? ((YamlScalarNode)text).Value! : absent;

    /// <summary>Whether <paramref name="key"/> is <c>true</c>.</summary>
    public static bool Flag(this YamlMappingNode node, string key) => node.Text(key) == "true";
}
