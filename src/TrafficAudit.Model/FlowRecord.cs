namespace TrafficAudit.Model;

/// <summary>One message: its head as bytes, ending in the empty line, and its body.</summary>
/// <param name="Head">Start line and fields with their CRLFs and the closing empty line (RFC 9112, section 2.1).</param>
/// <param name="Body">The body as transferred.</param>
public sealed record Message(ReadOnlyMemory<byte> Head, Body Body);

/// <summary>A whole flow: what the evidence keeps and what analysis is a pure function of.</summary>
/// <param name="Metadata">Everything but the bytes.</param>
/// <param name="Request">The request; null for opaque flows.</param>
/// <param name="Response">The response; null when none came.</param>
/// <param name="Messages">The messages of a WebSocket; null for other flows, and where none were recorded.</param>
public sealed record FlowRecord(FlowMetadata Metadata, Message? Request, Message? Response, Conversation? Messages = null) : IDisposable
{
    /// <summary>Frees both bodies.</summary>
    public void Dispose()
    {
        Request?.Body.Dispose();
        Response?.Body.Dispose();
    }
}
