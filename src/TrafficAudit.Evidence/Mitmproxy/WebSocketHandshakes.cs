using TrafficAudit.Evidence.Imports;

namespace TrafficAudit.Evidence.Mitmproxy;

/// <summary>
/// Up to version 11 a WebSocket was two flows: the handshake, and behind it, when it ended, one with the messages that names the handshake's id. They
/// become one here; a bounded number of handshakes waits.
/// </summary>
internal sealed class WebSocketHandshakes
{
    private const int MaxWaiting = 1000;
    private const int LastVersionOfTwo = 11;

    private readonly OrderedDictionary<string, PlacedFlow> _waiting = new(StringComparer.Ordinal);

    /// <summary>Whether a flow with the messages should follow.</summary>
    public static bool IsHandshake(TnetValue state) => state["version"].Integer <= LastVersionOfTwo && !state["metadata"]["websocket"].IsNull;

    /// <summary>Lets a handshake wait; gives the one that waited longest when too many do.</summary>
    public PlacedFlow? Add(TnetValue state, PlacedFlow handshake)
    {
        if (state["id"].Text is not { } id || !_waiting.TryAdd(id, handshake))
        {
            return handshake;
        }

        return _waiting.Count > MaxWaiting ? TakeOldest() : null;
    }

    /// <summary>The handshake with its messages.</summary>
    /// <exception cref="UnusableEntryException">It is not there.</exception>
    public PlacedFlow Complete(TnetValue state, string place)
    {
        if (state["metadata"]["websocket_handshake"].Text is not { } id || !_waiting.Remove(id, out var handshake))
        {
            throw new UnusableEntryException("a WebSocket whose handshake is not in the file in front of it");
        }

        var flow = MitmMessages.Add(
            handshake.Flow, state["messages"], state, state["close_sender"].Text == "client", state["server_conn"]["timestamp_end"].Time);
        return new PlacedFlow(flow, place);
    }

    /// <summary>The handshake that waited longest; null when none does.</summary>
    public PlacedFlow? TakeOldest()
    {
        if (_waiting.Count == 0)
        {
            return null;
        }

        var oldest = _waiting.GetAt(0).Value;
        _waiting.RemoveAt(0);
        return oldest;
    }
}
