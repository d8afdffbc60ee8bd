using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>How a line says how sure a country is: by its form, which print and colour-blind readers keep.</summary>
/// <param name="Grade">The grade.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Dashes">The attribute <c>stroke-dasharray</c>.</param>
/// <param name="Meaning">In a legend.</param>
internal sealed record GradeStroke(CountryGrade Grade, double Width, string Dashes, string Meaning)
{
    /// <summary>From the surest to the least sure.</summary>
    public static ImmutableArray<GradeStroke> All { get; } =
    [
        new(CountryGrade.Confirmed, 3, "none", "confirmed: two independent sources agree"),
        new(CountryGrade.Located, 1.3, "none", "located: one source"),
        new(CountryGrade.Disputed, 1.8, "7 4", "disputed: sources disagree, or physics refutes"),
        new(CountryGrade.Edge, 2.2, "0.5 4.5", "edge: anycast or content delivery, the data may go on"),
        new(CountryGrade.Unknown, 1.3, "10 3 2 3", "unknown"),
    ];

    public static GradeStroke Of(CountryGrade grade) => All.FirstOrDefault(stroke => stroke.Grade == grade) ?? All[^1];

    /// <summary>The least sure of some grades.</summary>
    public static CountryGrade Weakest(IEnumerable<CountryGrade> grades) => grades.Select(Of).MaxBy(stroke => All.IndexOf(stroke))!.Grade;

    /// <summary>The attributes of a line or an outline.</summary>
    public (string Name, object? Value)[] Attributes() =>
        [("stroke", "#111"), ("stroke-width", Width), ("stroke-dasharray", Dashes), ("stroke-linecap", Grade == CountryGrade.Edge ? "round" : "butt")];
}
