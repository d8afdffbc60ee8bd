using System.Globalization;
using TrafficAudit.Review;

namespace TrafficAudit.Results;

/// <summary>
/// What one of the result commands was asked for. It travels as words, so that the program that is recording a case can answer for a
/// command that was started beside it.
/// </summary>
/// <param name="Command"><c>flows</c>, <c>findings</c>, <c>transfers</c>, <c>coverage</c>, <c>correlate</c>, <c>decisions</c>, <c>show</c> or <c>explain</c>.</param>
/// <param name="Format"><c>table</c>, <c>json</c>, <c>ndjson</c> or <c>csv</c>; of transfers also <c>map</c> and <c>matrix</c> (SVG).</param>
internal sealed record ResultRequest(string Command, string Format)
{
    private static readonly string[] Options = ["format", "filter", "reveal", "all", "flow", "path", "message", "part", "profile", "width"];

    /// <summary>A filter expression; null for everything.</summary>
    public string? Filter { get; init; }

    /// <summary>Whether personal values are shown unmasked.</summary>
    public bool Reveal { get; init; }

    /// <summary>Whether findings by pattern alone are listed too.</summary>
    public bool All { get; init; }

    /// <summary>The flow to show or explain.</summary>
    public long? Flow { get; init; }

    /// <summary>The path of the fields to explain.</summary>
    public string? Path { get; init; }

    /// <summary>The message they are in; null for any.</summary>
    public string? Message { get; init; }

    /// <summary>The part they are in; null for any.</summary>
    public string? Part { get; init; }

    /// <summary>By whose rules countries are judged; null for the case's own.</summary>
    public string? Profile { get; init; }

    /// <summary>The terminal's width in columns; null into a pipe or file.</summary>
    public int? Width { get; init; }

    public IReadOnlyDictionary<string, string> ToOptions()
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = Format };
        Add("filter", Filter);
        Add("reveal", Reveal ? "" : null);
        Add("all", All ? "" : null);
        Add("flow", Flow?.ToString(CultureInfo.InvariantCulture));
        Add("path", Path);
        Add("message", Message);
        Add("part", Part);
        Add("profile", Profile);
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
        if (options.Keys.FirstOrDefault(name => !Options.Contains(name)) is { } unknown)
        {
            throw new RejectedRequestException($"There is no option '{unknown}'.");
        }

        return new ResultRequest(command, options.GetValueOrDefault("format") ?? "table")
        {
            Filter = options.GetValueOrDefault("filter"),
            Reveal = options.ContainsKey("reveal"),
            All = options.ContainsKey("all"),
            Flow = Number("flow", long.MaxValue),
            Path = options.GetValueOrDefault("path"),
            Message = options.GetValueOrDefault("message"),
            Part = options.GetValueOrDefault("part"),
            Profile = options.GetValueOrDefault("profile"),
            Width = (int?)Number("width", int.MaxValue),
        };

        long? Number(string name, long most) =>
            !options.TryGetValue(name, out var text) ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most ? number
            : throw new RejectedRequestException($"The option '{name}' must be a number from 1 to {most}.");
    }
}
