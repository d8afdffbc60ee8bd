using System.Text.Json.Serialization;

namespace TrafficAudit.Assessment.Notes;

/// <summary>A filter that is kept under a name in a case, for everybody who works on it.</summary>
/// <param name="Name">The name: 1 to <see cref="LongestName"/> characters, none of them a control character.</param>
/// <param name="Filter">The filter, as it was written.</param>
/// <param name="By">Who kept it.</param>
public sealed record SavedFilter([property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("filter")] string Filter, [property: JsonPropertyName("by")] string By)
{
    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 60;

    /// <summary>A name as it is kept, without spaces around it; null when it can't be one.</summary>
    public static string? NameOf(string? text) =>
        text?.Trim() is { Length: > 0 and <= LongestName } name && !name.Any(char.IsControl) ? name : null;
}
