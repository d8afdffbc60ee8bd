using System.Globalization;
using TrafficAudit.Review;

namespace TrafficAudit.Results;

/// <summary>
/// What one of the result commands was asked for. It travels as words, so that the program that is recording a case can answer for a
/// command that was started beside it.
/// </summary>
/// <param name="Command"><c>flows</c>, <c>findings</c>, <c>transfers</c>, <c>coverage</c>, <c>correlate</c> or <c>show</c>.</param>
/// <param name="Format"><c>table</c>, <c>json</c>, <c>ndjson</c> or <c>csv</c>.</param>
/// <param name="Filter">A filter expression; null for everything.</param>
/// <param name="Reveal">Whether personal values are shown unmasked.</param>
/// <param name="All">Whether findings by pattern alone are listed too.</param>
/// <param name="Flow">The flow to show.</param>
/// <param name="Width">The terminal's width in columns; null into a pipe or file.</param>
internal sealed record ResultRequest(string Command, string Format, string? Filter, bool Reveal, bool All, long? Flow, int? Width)
{
    public IReadOnlyDictionary<string, string> ToOptions()
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = Format };
        Add("filter", Filter);
        Add("reveal", Reveal ? "" : null);
        Add("all", All ? "" : null);
        Add("flow", Flow?.ToString(CultureInfo.InvariantCulture));
        Add("width", Width?.ToString(CultureInfo.InvariantCulture));
        return options;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                options[name] = value;
            }
        }
    }

    /// <exception cref="RejectedRequestException">An option is unknown or wrong.</exception>
    public static ResultRequest Of(string command, IReadOnlyDictionary<string, string> options)
    {
        foreach (var name in options.Keys)
        {
            if (name is not ("format" or "filter" or "reveal" or "all" or "flow" or "width"))
            {
                throw new RejectedRequestException($"There is no option '{name}'.");
            }
        }

        return new ResultRequest(
            command,
            options.GetValueOrDefault("format") ?? "table",
            options.GetValueOrDefault("filter"),
            options.ContainsKey("reveal"),
            options.ContainsKey("all"),
            Number("flow", long.MaxValue),
            (int?)Number("width", int.MaxValue));

        long? Number(string name, long most) =>
            !options.TryGetValue(name, out var text) ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most ? number
            : throw new RejectedRequestException($"The option '{name}' must be a number from 1 to {most}.");
    }
}
