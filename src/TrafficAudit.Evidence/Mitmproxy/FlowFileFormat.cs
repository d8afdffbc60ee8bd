using TrafficAudit.Evidence.Imports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Mitmproxy;

/// <summary>
/// mitmproxy's flow files (<c>mitmdump -w</c>), format versions 5 (mitmproxy 4) to 21 (mitmproxy 11): tnetstrings of dictionaries, one a flow.
/// </summary>
/// <param name="maxFlowBytes">A longer flow is skipped.</param>
internal sealed class FlowFileFormat(int maxFlowBytes = FlowFileFormat.MaxFlowBytes) : IImportFormat
{
    /// <summary>A flow longer than this (256 MiB) is skipped.</summary>
    public const int MaxFlowBytes = 256 * 1024 * 1024;

    private const int OldestVersion = 5;
    private const int NewestVersion = 21;

    public string Name => "mitmproxy flows";

    public string Extension => ".flows";

    /// <summary>A length, a colon, and in a dictionary a first key.</summary>
    public bool Recognises(ReadOnlySpan<byte> start)
    {
        var colon = start[..Math.Min(start.Length, TnetValue.MaxDigits + 1)].IndexOf((byte)':');
        if (colon <= 0 || TnetValue.LengthOf(start[..colon]) is null)
        {
            return false;
        }

        var first = start[(colon + 1)..];
        var next = first[..Math.Min(first.Length, TnetValue.MaxDigits + 1)].IndexOf((byte)':');
        return next > 0 && TnetValue.LengthOf(first[..next]) is not null;
    }

    public async Task ReadAsync(ImportSource source, ImportRun run, CancellationToken cancellation)
    {
        var reader = new FlowFileReader(source.Content, maxFlowBytes);
        var handshakes = new WebSocketHandshakes();
        ImportBreakException? broken = null;
        try
        {
            for (var index = 0L; reader.TryRead(out var value); index++)
            {
                cancellation.ThrowIfCancellationRequested();
                await TakeAsync(run, handshakes, $"flow {index}", value, cancellation);
                run.Advance(reader.Offset, source.Content.Length);
            }
        }
        catch (ImportBreakException e)
        {
            broken = e;
        }

        while (handshakes.TakeOldest() is { } left)
        {
            await run.RecordAsync(left.Flow, left.Place, cancellation);
        }

        if (broken is not null)
        {
            throw broken;
        }
    }

    private static async Task TakeAsync(ImportRun run, WebSocketHandshakes handshakes, string place, TnetValue? value, CancellationToken cancellation)
    {
        try
        {
            var state = value ?? throw new UnusableEntryException($"the flow is larger than {MaxFlowBytes} bytes");
            if (Build(run, handshakes, place, state) is { } found)
            {
                await run.RecordAsync(found.Flow, found.Place, cancellation);
            }
        }
        catch (UnusableEntryException e)
        {
            run.Skip(place, e.Message);
        }
    }

    /// <summary>The flow that a dictionary completes, with its place; null when it waits for another.</summary>
    /// <exception cref="UnusableEntryException">It is none, or of another version or kind.</exception>
    private static PlacedFlow? Build(ImportRun run, WebSocketHandshakes handshakes, string place, TnetValue state)
    {
        CheckVersion(run, place, state["version"]);
        switch (state["type"].Text)
        {
            case "http":
                var http = new MitmFlow(state);
                var flow = new PlacedFlow(http.Build(), place);
                http.Notes.ForEach(n => run.Note(place, n));
                return WebSocketHandshakes.IsHandshake(state) ? handshakes.Add(state, flow) : flow;
            case "websocket":
                return handshakes.Complete(state, place);
            case "tcp":
                return new PlacedFlow(MitmTcpFlow.Build(state), place);
            case "udp" or "dns":
                throw new UnusableEntryException($"a flow of type {state["type"].Text}: it has no HTTP, WebSocket or TCP in it");
            default:
                throw new UnusableEntryException("it is no flow: its type is not known");
        }
    }

    private static void CheckVersion(ImportRun run, string place, TnetValue version)
    {
        switch (version.Integer)
        {
            case null or < OldestVersion:
                throw new UnusableEntryException(
                    $"its format version is older than {OldestVersion}, or none; load and save the file with a newer mitmproxy (mitmdump -r OLD -w NEW)");
            case > NewestVersion:
                run.Note(place, $"format version {version.Integer} is newer than {NewestVersion}, the newest that is known; it is read as that");
                break;
        }
    }
}

/// <summary>A flow and where it lies in its file.</summary>
internal sealed record PlacedFlow(FlowRecord Flow, string Place);
