using System.Globalization;
using System.Text;
using TrafficAudit.Evidence.Exports;
using TrafficAudit.Model;
using TrafficAudit.Results;

namespace TrafficAudit.Exporting;

/// <summary>CSV (RFC 4180): a line for each finding with its flow, and one for each flow without any.</summary>
internal sealed class FlowTableExport : IFlowExport
{
    private static readonly string[] Columns =
    [
        "Flow", "Time", "Kind", "Session", "Phase", "Device", "Method", "Scheme", "Host", "Port", "Path", "Status", "Media type", "Bytes sent", "Bytes received",
        "Address", "Country", "Grade", "Recipient", "Failure", "Item", "Confidence", "State", "Direction", "Message", "Part", "Place", "Decodings", "Encodings", "Value",
        "Reason",
    ];

    private readonly StreamWriter _writer;

    public FlowTableExport(Stream output)
    {
        _writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
        Write(Columns);
    }

    public void Add(ExportedFlow flow)
    {
        var (summary, findings) = flow.Analyzed;
        var cells = Cells(summary);
        if (findings.Count == 0)
        {
            Write([.. cells, .. Enumerable.Repeat("", Columns.Length - cells.Length)]);
        }

        foreach (var finding in findings)
        {
            Write([.. cells, .. Cells(finding)]);
        }
    }

    public void Complete() => _writer.Flush();

    public void Dispose() => _writer.Dispose();

    private void Write(IEnumerable<string> cells) => _writer.WriteLine(string.Join(',', cells.Select(CsvOutput.Cell)));

    private static string[] Cells(FlowSummary f) =>
    [
        Number(f.Number), f.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture), Token.Of(f.Kind), f.Session ?? "", f.Phase ?? "",
        f.Device ?? "", f.Method, f.Scheme, f.Host, Number(f.Port), f.Path, f.Status is { } status ? Number(status) : "", f.MediaType, Number(f.BytesSent),
        Number(f.BytesReceived), f.Address ?? "", f.Country ?? "", GradeText.Of(f.CountryGrade, f.IsResolvedLater), f.Recipient, f.Failure is { } failure ? Token.Of(failure) : "",
    ];

    private static string[] Cells(Finding f) =>
    [
        f.Item, Token.Of(f.Confidence), Token.Of(f.State), Token.Of(f.Direction), Token.Of(f.Location.Message), Token.Of(f.Location.Part), f.Location.Path,
        string.Join(' ', f.Location.Decodings), string.Join(' ', f.Encodings), f.Value, f.Reason,
    ];

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
