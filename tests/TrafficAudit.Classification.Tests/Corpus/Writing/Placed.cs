using System.Runtime.InteropServices;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>A mark and where in a value it holds: the empty path for the value itself.</summary>
/// <param name="Mark">What is there.</param>
/// <param name="Path">Steps as findings write them (architecture, "Program").</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Placed(Mark Mark, string Path)
{
    /// <summary>The same, seen from a document that holds the value under <paramref name="step"/>.</summary>
    public Placed Under(string step) => this with { Path = Join(step, Path) };

    /// <summary>The step that a key makes.</summary>
    public static string Step(string key) => key.Contains('.', StringComparison.Ordinal) ? $"\"{key}\"" : key;

    private static string Join(string outer, string inner) =>
        inner.Length == 0 ? outer : outer.Length == 0 || inner[0] == '[' ? outer + inner : $"{outer}.{inner}";
}
