using System.Text.Encodings.Web;
using System.Text.Json;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Exports;

/// <summary>
/// HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), one entry a flow, as Chromium imports it; binary request bodies as <c>_content</c> and
/// WebSocket messages as <c>_webSocketMessages</c>, as HTTP Toolkit and Chromium have them. What HAR has no place for is in <c>_trafficAudit</c>. A
/// connection that could not be read is an entry with method CONNECT and status 0, as it is seen by a proxy.
/// </summary>
public sealed class HarExport : IFlowExport
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Stream _output;
    private readonly Utf8JsonWriter _json;
    private readonly HarEntryWriter _entries;

    /// <summary>Begins the file.</summary>
    /// <param name="output">Where; it stays open.</param>
    /// <param name="info">What it says of itself.</param>
    /// <param name="plainBody">Gives a message's body without its content coding; null where it has none, or one that can't be undone.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public HarExport(Stream output, ExportInfo info, Func<Message, ReadOnlyMemory<byte>?> plainBody)
    {
        ArgumentNullException.ThrowIfNull(info);
        _output = output;
        _json = new Utf8JsonWriter(output, Options);
        _entries = new HarEntryWriter(_json, plainBody);
        var slash = info.Software.IndexOf('/', StringComparison.Ordinal);
        _json.WriteStartObject();
        _json.WriteStartObject("log"u8);
        _json.WriteString("version"u8, "1.2"u8);
        _json.WriteStartObject("creator"u8);
        _json.WriteString("name"u8, slash < 0 ? info.Software : info.Software[..slash]);
        _json.WriteString("version"u8, slash < 0 ? "" : info.Software[(slash + 1)..]);
        _json.WriteEndObject();
        _json.WriteString("comment"u8, info.Sentence);
        _json.WritePropertyName("_trafficAudit"u8);
        JsonSerializer.Serialize(_json, info, ExportJson.Default.ExportInfo);
        _json.WriteStartArray("pages"u8);
        _json.WriteEndArray();
        _json.WriteStartArray("entries"u8);
    }

    /// <inheritdoc/>
    public void Add(ExportedFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        _entries.Write(flow);
        _json.Flush();
    }

    /// <inheritdoc/>
    public void Complete()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.Flush();
        _output.Write("\n"u8);
        _output.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();
}
