using System.Globalization;
using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Classification;
using TrafficAudit.Classification.Explaining;
using TrafficAudit.CommandLine;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Geolocation.Jurisdictions;
using TrafficAudit.Geolocation.Pictures;
using TrafficAudit.Geolocation.Recipients;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Pipeline;
using TrafficAudit.Review;
using TrafficAudit.Review.Results;
using TrafficAudit.Searching;
using Attribution = TrafficAudit.Geolocation.Pictures.Attribution;

namespace TrafficAudit.Results;

/// <summary>Writes what the result commands print on standard output.</summary>
/// <param name="folder">The case.</param>
/// <param name="index">Its index.</param>
/// <param name="books">What people made of it.</param>
/// <param name="filters">Reads filters as they are meant in the case.</param>
/// <param name="flows">Reads whole flows from the evidence.</param>
/// <param name="classifier">Makes what classifies as the index's findings were.</param>
/// <param name="search">Answers filters that look into content.</param>
/// <param name="correlation">Compares the case's devices.</param>
/// <param name="sources">What the results rest on.</param>
/// <param name="time">The clock.</param>
internal sealed class ResultRenderer(
    CaseFolder folder, ICaseIndex index, CaseBooks books, Func<string?, FlowFilter> filters, Func<long, CancellationToken, Task<FlowRecord?>> flows, Func<Classifier> classifier,
    ContentSearch search, Func<CancellationToken, Task<CorrelationReport>> correlation, DataSources sources, TimeProvider time)
{
    /// <summary>Tables are for reading; whoever wants more takes another format.</summary>
    private const int MaximumTableRows = 1000;

    private static readonly string[] FlowColumns = ["Flow", "Time", "Method", "Host", "Path", "Status", "Size", "Recipient", "Country", "Grade", "Failure"];
    private static readonly string[] FindingColumns =
        ["Flow", "Time", "Item", "Confidence", "State", "Where", "Encodings", "Host", "Recipient", "Country", "Grade", "Phase", "Value", "Reason", "Decision"];

    /// <summary>Reads a filter of a page that is asked for again and again: devices by their ids alone, since their names lie in the evidence.</summary>
    /// <exception cref="FlowFilterException">The filter can't be understood.</exception>
    public FlowFilter FilterOf(string text) => CaseFilter.ParseQuickly(folder, text, books, index);

    /// <summary>Reads a filter as commands do: devices by their names, too, and with what it asks of content answered.</summary>
    /// <exception cref="FlowFilterException">The filter can't be understood.</exception>
    public Task<FlowFilter> AnswerAsync(string text, CancellationToken cancellation) => search.AnswerAsync(filters(text), null, cancellation);

    /// <summary>Answers filters that look into content.</summary>
    public ContentSearch Search => search;

    /// <summary>By whose rules countries are judged.</summary>
    /// <param name="id">The profile's short name; null for the case's own.</param>
    /// <exception cref="JurisdictionFileException">There is none of that name, or its file can't be used.</exception>
    public JurisdictionProfile ProfileOf(string? id) => sources.ProfileOf(id ?? folder.Info.Profile);

    /// <exception cref="FlowFilterException">The filter can't be understood.</exception>
    public async Task WriteAsync(ResultRequest request, Stream output, CancellationToken cancellation, IProgress<SearchProgress>? progress = null)
    {
        var filter = await search.AnswerAsync(filters(request.Filter), progress, cancellation, request.All);
        await (request.Command switch
        {
            "flows" => WriteFlowsAsync(request, filter, output, cancellation),
            "findings" => WriteFindingsAsync(request, filter, output, cancellation),
            "transfers" => WriteTransfersAsync(request, filter, output, cancellation),
            "coverage" => CoverageOutput.WriteAsync(output, request, index.Coverage(filter), cancellation),
            "correlate" => WriteCorrelationAsync(request, output, cancellation),
            "show" => WriteShowAsync(request, output, cancellation),
            "decisions" => DecisionOutput.WriteAsync(output, request, books.Decisions, cancellation),
            "explain" => WriteExplanationAsync(request, output, cancellation),
            _ => throw new ArgumentOutOfRangeException(nameof(request), request.Command, "no such result"),
        });
    }

    private AddressLookup? Locate(FlowRecord flow) =>
        sources.NewLocator().Locate(flow.Metadata, flow.Response is { } response ? HttpHead.Parse(response.Head.Span) : null);

    private CloakedTracker? CloakedBy(FlowRecord flow) => sources.Recipients.FindCloaked(flow.Metadata.Host, flow.Metadata.Resolution);

    private Task WriteFlowsAsync(ResultRequest request, FlowFilter filter, Stream output, CancellationToken cancellation)
    {
        var rows = index.Ascending(filter).ToAsyncEnumerable();
        if (request.Format != "ndjson")
        {
            return WriteTableAsync(output, request, FlowColumns, rows.Select(FlowCells), cancellation);
        }

        var profile = ProfileOf(request.Profile);
        return JsonArrayOutput.WriteLinesAsync(output, rows.Select(flow => FlowResult.Of(flow, profile)), ResultJson.Default.FlowResult, cancellation);
    }

    private Task WriteFindingsAsync(ResultRequest request, FlowFilter filter, Stream output, CancellationToken cancellation)
    {
        var rows = index.FindingsAsync(filter, request.All, cancellation).Select(x => FindingResult.Of(x.Flow, x.Finding, books.Decisions.Of(FindingSubject.Of(x.Flow.Number, x.Finding)), request.Reveal));
        return request.Format switch
        {
            "json" => JsonArrayOutput.WriteArrayAsync(output, rows, ResultJson.Default.FindingResult, cancellation),
            "csv" => CsvOutput.WriteAsync(output, FindingColumns, rows.Select(FindingCells), cancellation),
            _ => WriteTableAsync(output, request, FindingColumns, rows.Select(FindingCells), cancellation),
        };
    }

    private Task WriteTransfersAsync(ResultRequest request, FlowFilter filter, Stream output, CancellationToken cancellation)
    {
        var transfers = index.Transfers(filter);
        return request.Format is "map" or "matrix"
            ? TransferOutput.DrawAsync(output, request, transfers, Context(request.Format, transfers))
            : TransferOutput.WriteAsync(output, request, transfers, ProfileOf(request.Profile), sources.Attribution, cancellation);
    }

    private PictureContext Context(string format, IReadOnlyList<Transfer> transfers) => new()
    {
        Title = folder.Info.Name,
        Day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime),
        Outlines = sources.Tables.Outlines,
        Lab = transfers.OrderBy(t => t.Last).LastOrDefault(t => t.LabPosition is not null)?.LabPosition,
        Attributions =
        [
            .. sources.Databases.Databases.Where(d => d.Attribution is not null).Select(d => new Attribution(d.Attribution!, d.AttributionLink)).Distinct(),
            .. format == "map" ? [Attribution.NaturalEarth] : Array.Empty<Attribution>(),
        ],
    };

    private async Task WriteCorrelationAsync(ResultRequest request, Stream output, CancellationToken cancellation) =>
        await CorrelationOutput.WriteAsync(output, request, await correlation(cancellation), cancellation);

    private async Task WriteShowAsync(ResultRequest request, Stream output, CancellationToken cancellation)
    {
        var (flow, analyzed) = await FindAsync(request, cancellation);
        using (flow)
        {
            await FlowOutput.WriteAsync(output, flow, analyzed, Locate(flow), CloakedBy(flow), request.Reveal, sources.Attribution);
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
        TableOutput.WriteAsync(output, request.Width, columns, rows, MaximumTableRows, sources.Attribution, cancellation);

    private static string[] FlowCells(FlowSummary f) =>
    [
        $"#{f.Number}", Clock(f.Time.UtcDateTime), f.Kind == FlowKind.Opaque ? f.Scheme : f.Method, f.Host, f.Path,
        Outcome(f), (f.BytesSent + f.BytesReceived).ToString(CultureInfo.InvariantCulture),
        f.Cloaks is null ? f.Recipient : $"{f.Recipient}, cloaks {f.Cloaks}", f.Country ?? "?", GradeText.Of(f.CountryGrade, f.IsResolvedLater), f.Failure is { } failure ? Token.Of(failure) : "",
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

    private static string[] FindingCells(FindingResult f) =>
    [
        $"#{f.Flow}", Clock(f.Time), f.Item, Token.Of(f.Confidence), Token.Of(f.State), f.Location.ToString(),
        string.Join('›', f.Location.Decodings.Concat(f.Encodings)), f.Host, f.Recipient, f.Country ?? "?", GradeText.Of(f.CountryGrade, f.ResolvedLater), f.Phase ?? "",
        f.Value, f.Reason, DecisionText.Of(f.Decision, f.DecisionReason),
    ];

    private static string Clock(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
