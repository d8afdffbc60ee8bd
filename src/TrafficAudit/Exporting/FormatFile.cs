using TrafficAudit.Classification.Decoding;
using TrafficAudit.Evidence.Exports;
using TrafficAudit.Evidence.Sealing;

namespace TrafficAudit.Exporting;

/// <summary>The file of an export, open in its format.</summary>
internal sealed class FormatFile : IDisposable
{
    private const int BufferBytes = 128 * 1024;

    private readonly IDisposable? _owned;

    private FormatFile(IFlowExport export, IDisposable? owned)
    {
        Export = export;
        _owned = owned;
    }

    public IFlowExport Export { get; }

    /// <exception cref="IOException">It is there already, or can't be written.</exception>
    public static FormatFile Create(string format, string path, ExportInfo info, Func<SealingKey> key)
    {
        switch (format)
        {
            case "warc":
                return new FormatFile(new WarcExport(path, info), null);
            case "wacz":
                var signing = key();
                return new FormatFile(new WaczExport(path, info, signing), signing);
            default:
                // The program's files are for their owner alone (PrivateFiles).
                var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes);
                IFlowExport text = format switch
                {
                    "har" => new HarExport(stream, info, message => ContentCodings.Undo(message)),
                    "ndjson" => new FlowLinesExport(stream),
                    "csv" => new FlowTableExport(stream),
                    _ => throw new ArgumentOutOfRangeException(nameof(format), format, "no such format"),
                };
                return new FormatFile(text, stream);
        }
    }

    public void Complete() => Export.Complete();

    public void Dispose()
    {
        Export.Dispose();
        _owned?.Dispose();
    }
}
