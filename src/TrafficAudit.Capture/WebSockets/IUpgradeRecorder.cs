using TrafficAudit.Model;

namespace TrafficAudit.Capture.WebSockets;

/// <summary>Gets a copy of what passes on an upgraded connection. Each direction comes from one thread at a time, both at once.</summary>
internal interface IUpgradeRecorder
{
    /// <summary>Takes bytes from the client, before they go on.</summary>
    /// <exception cref="IOException">The evidence can't be written any more, so that nothing more may pass.</exception>
    ValueTask SentAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Takes bytes from the server, before they go on.</summary>
    /// <exception cref="IOException"><inheritdoc cref="SentAsync"/></exception>
    ValueTask ReceivedAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>The connection has ended; both directions have.</summary>
    ValueTask EndAsync();

    /// <summary>What there is to say of the connection once it has ended.</summary>
    FlowMetadata Describe(FlowMetadata metadata);

    /// <inheritdoc cref="FlowMetadata.Notes"/>
    IEnumerable<FlowNote> Notes { get; }
}
