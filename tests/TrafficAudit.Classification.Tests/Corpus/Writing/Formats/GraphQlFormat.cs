using System.Text.Json;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>GraphQL over HTTP: values as variables, or written into the document as arguments of one field.</summary>
internal static class GraphQlFormat
{
    public static Tree ToGraphQlVariables(this Tree tree, string operation) => Tree.Object(
        Tree.Leaf("operationName", operation),
        Tree.Leaf("query", $"mutation {operation}($input: Input!) {{ {operation}(input: $input) {{ ok }} }}"),
        Tree.Object(tree.As("input")).As("variables"));

    public static Tree ToGraphQlArguments(this Tree tree, string operation)
    {
        var arguments = string.Join(", ", tree.Children.Select(child => $"{child.Key}: {JsonSerializer.Serialize(child.Value!.Text)}"));
        return Tree.Object(Tree.Leaf(
            "query", new Value($"mutation {{ {operation}({arguments}) {{ ok }} }}", [.. tree.Places.Select(placed => placed.Under(operation))])));
    }
}
