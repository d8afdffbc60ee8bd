namespace TrafficAudit.Benchmarks.Comparison;

/// <summary>This program, started again for one of its other commands.</summary>
internal static class Itself
{
    public static Child Start(string name, string folder, params IEnumerable<string> arguments) => Child.Start(
        name, Path.Combine(folder, $"{name}.err"), new Dictionary<string, string>(StringComparer.Ordinal), "dotnet", [typeof(Itself).Assembly.Location, .. arguments]);
}
