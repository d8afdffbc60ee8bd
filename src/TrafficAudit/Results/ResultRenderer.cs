using System.Collections.Immutable;
using System.Globalization;
using TrafficAudit.Classification;
using TrafficAudit.Classification.Explaining;
using TrafficAudit.CommandLine;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Pipeline;

namespace TrafficAudit.Results;

/// <summary>Writes what the result commands print on standard output.</summary>
/// <param name="index">The case.</param>
/// <param name="flows">Reads whole flows from the evidence.</param>
/// <param name="classifier">Makes what classifies as the index's findings were.</param>
/// <param name="correlation">Compares the case's devices.</param>
/// <param name="attribution">The line that the databases' licences ask for; empty when none does.</param>
internal sealed class ResultRenderer(
    ICaseIndex index, Func<long, CancellationToken, Task<FlowRecord?>> flows, Func<Classifier> classifier,
    Func<CancellationToken, Task<CorrelationReport>> correlation, Func<string> attribution)
{
    /// <summary>Tables are for reading; whoever wants more takes another format.</summary>
    private const int MaximumTableRows = 1000;

    private static readonly string[] FlowColumns = ["Flow", "Time", "Method", "Host", "Path", "Status", "Size", "Recipient", "Country", "Grade", "Failure"];
    private static readonly string[] FindingColumns =
        ["Flow", "Time", "Item", "Confidence", "State", "Where", "Encodings", "Host", "Recipient", "Country", "Grade", "Phase", "Value", "Reason"];

    private static readonly string[] TransferColumns =
        ["Item", "Recipient", "Country", "Grade", "Hosts", "Destinations", "Flows", "First", "Last", "Phases", "Confidence"];

    /// <exception cref="FlowFilterException">The filter can't be understood.</exception>
    public Task WriteAsync(ResultRequest request, Stream output, CancellationToken cancellation)
    {
        var filter = FlowFilter.Parse(request.Filter ?? "");
        return request.Command switch
        {
            "flows" => WriteFlowsAsync(request, filter, output, cancellation),
            "findings" => WriteFindingsAsync(request, filter, output, cancellation),
            "transfers" => WriteTransfersAsync(request, filter, output, cancellation),
            "coverage" => CoverageOutput.WriteAsync(output, request, index.Coverage(filter), cancellation),
            "correlate" => WriteCorrelationAsync(request, output, cancellation),
            "show" => WriteShowAsync(request, output, cancellation),
            "explain" => WriteExplanationAsync(request, output, cancellation),
            _ => throw new ArgumentOutOfRangeException(nameof(request), request.Command, "no such result"),
        };
    }

    private Task WriteFlowsAsync(ResultRequest request, FlowFilter filter, Stream output, CancellationToken cancellation)
    {
        var rows = index.Ascending(filter).ToAsyncEnumerable();
        return request.Format switch
        {
            "ndjson" => JsonArrayOutput.WriteLinesAsync(output, rows.Select(FlowRow.Of), ResultJson.Default.FlowRow, cancellation),
            _ => WriteTableAsync(output, request, FlowColumns, rows.Select(FlowCells), cancellation),
        };
    }

    private Task WriteFindingsAsync(ResultRequest request, FlowFilter filter, Stream output, CancellationToken cancellation)
    {
        var rows = index.FindingsAsync(filter, request.All, cancellation).Select(x => FindingRow.Of(x.Flow, x.Finding, request.Reveal));
        return request.Format switch
        {
            "json" => JsonArrayOutput.WriteArrayAsync(output, rows, ResultJson.Default.FindingRow, cancellation),
            "csv" => CsvOutput.WriteAsync(output, FindingColumns, rows.Select(FindingCells), cancellation),
            _ => WriteTableAsync(output, request, FindingColumns, rows.Select(FindingCells), cancellation),
        };
    }

    private Task WriteTransfersAsync(ResultRequest request, FlowFilter filter, Stream output, CancellationToken cancellation)
    {
        var rows = index.Transfers(filter).Select(TransferRow.Of).ToAsyncEnumerable();
        return request.Format switch
        {
            "json" => JsonArrayOutput.WriteArrayAsync(output, rows, ResultJson.Default.TransferRow, cancellation),
            "csv" => CsvOutput.WriteAsync(output, TransferColumns, rows.Select(t => TransferCells(t, whole: true)), cancellation),
            _ => WriteTableAsync(output, request, TransferColumns, rows.Select(t => TransferCells(t, whole: false)), cancellation),
        };
    }

    private async Task WriteCorrelationAsync(ResultRequest request, Stream output, CancellationToken cancellation) =>
        await CorrelationOutput.WriteAsync(output, request, await correlation(cancellation), cancellation);

    private async Task WriteShowAsync(ResultRequest request, Stream output, CancellationToken cancellation)
    {
        var (flow, analyzed) = await FindAsync(request, cancellation);
        using (flow)
        {
            await FlowOutput.WriteAsync(output, flow, analyzed, request.Reveal, attribution());
        }
    }

    private async Task WriteExplanationAsync(ResultRequest request, Stream output, CancellationToken cancellation)
    {
        var choice = new FieldChoice(request.Path ?? "", Parsed<MessageKind>("message", request.Message), Parsed<MessagePart>("part", request.Part));
        var (flow, analyzed) = await FindAsync(request, cancellation);
        using (flow)
        {
            var explanations = await Task.Run(() => classifier().Explain(flow, choice), cancellation);
            if (explanations.Count == 0)
            {
                throw new InputException(
                    $"Flow #{request.Flow} has no value at '{PlainText.Of(choice.Path)}', or the search of its message ended before it, full of findings: 'show --flow {request.Flow}' has the fields of the flow; a path is their names joined by dots");
            }

            await ExplanationOutput.WriteAsync(output, analyzed, explanations, request.Reveal);
        }
    }

    private static T? Parsed<T>(string option, string? token)
        where T : struct, Enum =>
        token is null ? null
        : Token.TryParse<T>(token, out var value) ? value
        : throw new InputException($"The option '{option}' is one of {string.Join(", ", Token.All<T>())}");

    private async Task<(FlowRecord Flow, AnalyzedFlow Analyzed)> FindAsync(ResultRequest request, CancellationToken cancellation)
    {
        var number = request.Flow ?? 0;
        return await index.GetAsync(number, cancellation) is { } analyzed && await flows(number, cancellation) is { } flow
            ? (flow, analyzed)
            : throw new InputException($"This case has no flow #{number}; 'flows' lists those it has");
    }

    private Task WriteTableAsync(Stream output, ResultRequest request, string[] columns, IAsyncEnumerable<string[]> rows, CancellationToken cancellation) =>
        TableOutput.WriteAsync(output, request.Width, columns, rows, MaximumTableRows, attribution(), cancellation);

    private static string[] FlowCells(FlowSummary f) =>
    [
        $"#{f.Number}", Clock(f.Time.UtcDateTime), f.Kind == FlowKind.Opaque ? f.Scheme : f.Method, f.Host, f.Path,
        Outcome(f), (f.BytesSent + f.BytesReceived).ToString(CultureInfo.InvariantCulture),
        f.Cloaks is null ? f.Recipient : $"{f.Recipient}, cloaks {f.Cloaks}", f.Country ?? "?", Token.Of(f.CountryGrade), f.Failure is { } failure ? Token.Of(failure) : "",
    ];

    private static string Outcome(FlowSummary f)
    {
        if (f.IsErased)
        {
            return "erased";
        }

        var status = f.Status?.ToString(CultureInfo.InvariantCulture) ?? "";
        return f.Messages == 0 ? status : string.Create(CultureInfo.InvariantCulture, $"{status} {f.Messages} messages");
    }

    private static string[] FindingCells(FindingRow f) =>
    [
        $"#{f.Flow}", Clock(f.Time), f.Item, Token.Of(f.Confidence), Token.Of(f.State), f.Location.ToString(),
        string.Join('›', f.Location.Decodings.Concat(f.Encodings)), f.Host, f.Recipient, f.Country ?? "?", Token.Of(f.CountryGrade), f.Phase ?? "",
        f.Value, f.Reason,
    ];

    private static string[] TransferCells(TransferRow t, bool whole) =>
    [
        t.Item, t.Recipient, t.Country ?? "?", Token.Of(t.CountryGrade), Some(t.Hosts, whole), Some(t.Destinations, whole),
        whole ? string.Join(' ', t.Flows) : t.Flows.Length.ToString(CultureInfo.InvariantCulture), Clock(t.First), Clock(t.Last),
        string.Join(' ', t.Phases), Token.Of(t.Confidence),
    ];

    private static string Some(ImmutableArray<string> values, bool whole) =>
        whole || values.Length <= 2 ? string.Join(' ', values) : $"{values[0]} and {values.Length - 1} more";

    private static string Clock(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
