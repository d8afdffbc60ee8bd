using System.Collections.Immutable;
using System.Globalization;

namespace TrafficAudit.Review.Api.Describing;

/// <summary>A parameter of an endpoint, as the description has it and as requests are held to it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it means, in a sentence.</param>
internal sealed record ApiParameter(string Name, string Description)
{
    /// <summary>About as much as fits into a request line.</summary>
    private const int LongestText = 8_000;

    /// <summary>Where it stands.</summary>
    public ParameterPlace Place { get; init; }

    /// <summary>For a whole number: its least and its greatest value, and what it is when it is left out; null for text.</summary>
    public (long Least, long Most, long? Default)? Number { get; init; }

    /// <summary>The words that it may be; empty where there are no such.</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>Which flows: the language of <c>--filter</c>.</summary>
    public static ApiParameter Filter { get; } = new(
        "filter", "Which flows, in the language of --filter; left out for all. One that looks into content (body:, field:) is posted to /api/v1/searches and named by search.");

    /// <summary>A filter that must not stand in an address.</summary>
    public static ApiParameter Search { get; } = new("search", "In place of filter: the id of a filter that was posted to /api/v1/searches.");

    /// <summary>How many results make a page.</summary>
    public static ApiParameter Limit { get; } = new("limit", "How many results make a page.") { Number = (1, 1000, 100) };

    /// <summary>Which page.</summary>
    public static ApiParameter Cursor { get; } = new("cursor", "Where the page begins: next of the page before, with everything else unchanged; left out for the first.");

    /// <summary>By whose rules countries are judged.</summary>
    public static ApiParameter Profile { get; } = new("profile", "By whose rules countries are judged (kr, eu, uk, jp, us); left out for the case's own.");

    /// <summary>What is wrong with a value, for people; null when nothing is.</summary>
    public string? FaultIn(string value) => Number switch
    {
        var (least, most, _) => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"The parameter '{Name}' is a number from {least} to {most}."),
        null when !Words.IsEmpty && !Words.Contains(value, StringComparer.Ordinal) => $"The parameter '{Name}' is one of {string.Join(", ", Words)}.",
        null when value.Length > LongestText => string.Create(CultureInfo.InvariantCulture, $"The parameter '{Name}' has more than {LongestText} characters."),
        _ => null,
    };
}
