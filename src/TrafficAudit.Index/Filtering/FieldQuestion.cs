namespace TrafficAudit.Index.Filtering;

/// <summary><c>field:</c>: whether a decoded field has one of several names and, where one is given, the value.</summary>
public sealed class FieldQuestion : ContentQuestion
{
    private readonly FieldPattern[] _patterns;

    internal FieldQuestion(IReadOnlyList<FilterValue> values)
        : base(values[0].Position) => _patterns = [.. values.Select(FieldPattern.Parse)];

    /// <summary>Whether the field is one that is asked for.</summary>
    /// <param name="key">The nearest key at or above it; null when there is none.</param>
    /// <param name="path">Makes its whole path, as findings have it; called where the key does not rule the field out.</param>
    /// <param name="text">Its text; null where it has none.</param>
    public bool IsAbout<T>(T field, string? key, Func<T, string> path, string? text)
    {
        foreach (var pattern in _patterns)
        {
            if (pattern.MayBeNamed(key) && pattern.HasValue(text) && pattern.IsNamed(path(field)))
            {
                return true;
            }
        }

        return false;
    }
}
