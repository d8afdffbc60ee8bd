using TrafficAudit.Model;

namespace TrafficAudit.Review.Flows;

/// <summary>A flow as its page shows it: bounded, whatever was captured, and without the evidence behind it.</summary>
internal sealed record FlowView
{
    /// <summary>What analysis made of it. The values of its findings are not masked.</summary>
    public required AnalyzedFlow Analyzed { get; init; }

    /// <summary>What the evidence says of it beside its messages.</summary>
    public required FlowMetadata Metadata { get; init; }

    /// <summary>How its server's place is known; null where no address is.</summary>
    public required AddressLookup? Lookup { get; init; }

    /// <summary>The request; null where there was none.</summary>
    public required MessageView? Request { get; init; }

    /// <summary>The response; null where none came.</summary>
    public required MessageView? Response { get; init; }

    /// <summary>Messages of a WebSocket; null for other flows.</summary>
    public required ConversationPage? Conversation { get; init; }

    /// <summary>The first bytes of a connection that could not be read; null where there are none, or values are masked.</summary>
    public required Sheet? FirstBytes { get; init; }

    /// <summary>The request as a command for curl; null where there is none.</summary>
    public required string? Curl { get; init; }

    /// <summary>Whether values stand there as they are.</summary>
    public required bool IsRevealed { get; init; }

    /// <summary>The flow's summary.</summary>
    public FlowSummary Summary => Analyzed.Summary;
}
