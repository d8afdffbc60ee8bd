using System.Text.RegularExpressions;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>A place in which an item is not to be found, whatever detector finds it.</summary>
/// <param name="Item">The item.</param>
/// <param name="Part">In which part of the message.</param>
/// <param name="Path">Where in it, as findings write paths, with <c>[*]</c> for every index.</param>
internal sealed partial record ExcludedPlace(string Item, MessagePart Part, string Path)
{
    /// <summary>Whether a finding lies there.</summary>
    public bool Includes(Finding finding) =>
        finding.Item == Item && finding.Location.Part == Part && (finding.Location.Path == Path || WithoutIndexes(finding.Location.Path) == Path);

    /// <summary>A path with <c>[*]</c> for every index: the third of a list's elements is no other place than the fourth.</summary>
    public static string WithoutIndexes(string path) => Index.Replace(path, "[*]");

    [GeneratedRegex(@"\[[0-9]+\]", RegexOptions.NonBacktracking)]
    private static partial Regex Index { get; }
}
