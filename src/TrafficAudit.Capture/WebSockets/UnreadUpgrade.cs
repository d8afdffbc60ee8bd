using TrafficAudit.Model;

namespace TrafficAudit.Capture.WebSockets;

/// <summary>An upgrade to a protocol that is not read: its bytes are counted, the first ones kept.</summary>
internal sealed class UnreadUpgrade : IUpgradeRecorder
{
    private const int KeptBytes = 256;

    // Touched by the client's direction.
    private readonly byte[] _first = new byte[KeptBytes];
    private long _sent;

    // Touched by the server's direction.
    private long _received;

    public IEnumerable<FlowNote> Notes => [];

    public ValueTask SentAsync(ReadOnlyMemory<byte> bytes)
    {
        if (_sent < KeptBytes)
        {
            var kept = (int)Math.Min(bytes.Length, KeptBytes - _sent);
            bytes.Span[..kept].CopyTo(_first.AsSpan((int)_sent));
        }

        _sent += bytes.Length;
        return default;
    }

    public ValueTask ReceivedAsync(ReadOnlyMemory<byte> bytes)
    {
        _received += bytes.Length;
        return default;
    }

    public ValueTask EndAsync() => default;

    public FlowMetadata Describe(FlowMetadata metadata) => metadata with
    {
        BytesSent = _sent,
        BytesReceived = _received,
        FirstBytes = _first[..(int)Math.Min(_sent, KeptBytes)],
    };
}
