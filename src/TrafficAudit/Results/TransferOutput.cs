using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TrafficAudit.Geolocation.Jurisdictions;
using TrafficAudit.Geolocation.Pictures;
using TrafficAudit.Model;
using TrafficAudit.Review.Results;

namespace TrafficAudit.Results;

/// <summary>Writes what <c>transfers</c> prints: a table for people, rows for programs, and the two pictures.</summary>
internal static class TransferOutput
{
    private const int MaximumTableRows = 1000;

    /// <summary>From this width on every fact has a column of its own.</summary>
    private const int Wide = 170;

    private static readonly string[] WideColumns =
        ["Item", "Recipient", "Registered", "Server", "Grade", "Standing", "Carrier", "Hosts", "Flows", "Sent", "First", "Last", "Phases", "Confidence", "Decision"];

    private static readonly string[] NarrowColumns = ["Item", "Recipient", "Server", "Flows", "First", "Confidence", "Decision"];

    private static readonly string[] CsvColumns =
    [
        "Item", "Recipient", "Country", "Grade", "Hosts", "Destinations", "Flows", "First", "Last", "Phases", "Confidence", "Recipient country", "Group country",
        "Carriers", "Findings", "Bytes sent", "Resolved later", "Profile", "Standing", "Condition", "First standing", "Recipient standing", "Group standing",
        "Decision", "Rejected findings",
    ];

    public static Task WriteAsync(
        Stream output, ResultRequest request, IReadOnlyList<Transfer> transfers, JurisdictionProfile profile, string attribution, CancellationToken cancellation)
    {
        var rows = transfers.Select(t => TransferResult.Of(t, profile)).ToAsyncEnumerable();
        var footer = $"Standing of countries by {profile.Name}, as of {profile.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}{(attribution.Length == 0 ? "" : $"\n{attribution}")}";
        return request.Format switch
        {
            "json" => JsonArrayOutput.WriteArrayAsync(output, rows, ResultJson.Default.TransferResult, cancellation),
            "csv" => CsvOutput.WriteAsync(output, CsvColumns, rows.Select(CsvCells), cancellation),
            _ when request.Width is { } width and < Wide => TableOutput.WriteAsync(
                output, width, NarrowColumns, rows.Select(NarrowCells), MaximumTableRows, footer, cancellation, Heading(transfers)),
            _ => TableOutput.WriteAsync(output, request.Width, WideColumns, rows.Select(WideCells), MaximumTableRows, footer, cancellation, Heading(transfers)),
        };
    }

    /// <summary>Draws the transfers as a map or a matrix.</summary>
    public static async Task DrawAsync(Stream output, ResultRequest request, IReadOnlyList<Transfer> transfers, PictureContext context)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
        if (request.Format == "matrix")
        {
            TransferMatrix.Write(writer, transfers, context);
        }
        else
        {
            TransferMap.Write(writer, transfers, context);
        }
    }

    private static string Heading(IReadOnlyList<Transfer> transfers)
    {
        var unknown = transfers.Count(t => t.Country is null);
        var text = $"{Counted.Of(transfers.Count, "transfer")}: {Counted.Of(Distinct(t => t.Item), "item")}, {Counted.Of(Distinct(t => t.Recipient), "recipient")}, "
            + $"{Counted.Of(Distinct(t => t.Country), "country", "countries")}";
        return unknown == 0 ? text : $"{text}; where {Counted.Of(unknown, "of them", "of them")} went is not known";

        int Distinct(Func<Transfer, string?> part) => transfers.Select(part).OfType<string>().Distinct(StringComparer.Ordinal).Count();
    }

    private static string[] WideCells(TransferResult t) =>
    [
        t.Item, t.Recipient, Registered(t), t.Country ?? "?", GradeText.Of(t.CountryGrade, t.ResolvedLater), Standing(t), string.Join(' ', t.Carriers), Some(t.Hosts),
        Number(t.Flows.Length), ByteSize.Of(t.BytesSent), Clock(t.First), Clock(t.Last), string.Join(' ', t.Phases), Token.Of(t.Confidence), Decision(t),
    ];

    private static string[] NarrowCells(TransferResult t) =>
    [
        t.Item, t.RecipientCountry is null && t.GroupCountry is null ? t.Recipient : $"{t.Recipient} ({Registered(t)})",
        $"{t.Country ?? "?"} {GradeText.Of(t.CountryGrade, t.ResolvedLater)}{(t.Country is null ? "" : $", {Standing(t)}")}", Number(t.Flows.Length), Clock(t.First), Token.Of(t.Confidence), Decision(t),
    ];

    private static string[] CsvCells(TransferResult t) =>
    [
        t.Item, t.Recipient, t.Country ?? "?", Token.Of(t.CountryGrade), string.Join(' ', t.Hosts), string.Join(' ', t.Destinations), string.Join(' ', t.Flows),
        Clock(t.First), Clock(t.Last), string.Join(' ', t.Phases), Token.Of(t.Confidence), t.RecipientCountry ?? "?", t.GroupCountry ?? "?", string.Join("; ", t.Carriers),
        Number(t.Findings), Number(t.BytesSent), t.ResolvedLater ? "yes" : "no", t.Profile, Token.Of(t.Standing), t.StandingCondition ?? "",
        Token.Of(t.FirstStanding), Token.Of(t.RecipientStanding), Token.Of(t.GroupStanding), DecisionText.Of(t.Decision, t.DecisionReason), Number(t.RejectedFindings),
    ];

    /// <summary>Where the recipient is registered, and its group where that is elsewhere.</summary>
    private static string Registered(TransferResult t) =>
        t.GroupCountry is null || t.GroupCountry == t.RecipientCountry ? t.RecipientCountry ?? "?" : $"{t.RecipientCountry ?? "?"}, group {t.GroupCountry}";

    private static string Standing(TransferResult t) => t.FirstStanding == t.Standing ? Token.Of(t.Standing) : $"{Token.Of(t.FirstStanding)}, then {Token.Of(t.Standing)}";

    /// <summary>The transfer's own, and how many of its findings were rejected.</summary>
    private static string Decision(TransferResult t)
    {
        var own = DecisionText.Of(t.Decision, t.DecisionReason);
        return t.RejectedFindings == 0 ? own : $"{own}; {t.RejectedFindings} of {t.Findings} findings rejected";
    }

    private static string Some(ImmutableArray<string> values) => values.Length <= 2 ? string.Join(' ', values) : $"{values[0]} and {values.Length - 1} more";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Clock(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
