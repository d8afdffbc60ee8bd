using TrafficAudit.Evidence.Imports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Mitmproxy;

/// <summary>A TCP flow: a connection that mitmproxy relayed and could not read as HTTP. As of every opaque flow, its first bytes are kept.</summary>
internal static class MitmTcpFlow
{
    private const int FirstBytes = 256;

    /// <exception cref="UnusableEntryException">Its time is missing, or the bytes are no tnetstring.</exception>
    public static FlowRecord Build(TnetValue state)
    {
        var (client, server) = (state["client_conn"], state["server_conn"]);
        var first = new List<byte>(FirstBytes);
        long sent = 0, received = 0;
        DateTimeOffset? firstTime = null, lastTime = null;
        foreach (var message in state["messages"].Items())
        {
            TnetValue[] parts = [.. message.Items().Take(3)];
            if (parts.Length < 3)
            {
                continue;
            }

            var bytes = parts[1].Bytes;
            (sent, received) = parts[0].IsTrue ? (sent + bytes.Length, received) : (sent, received + bytes.Length);
            first.AddRange(parts[0].IsTrue ? bytes.Span[..Math.Min(bytes.Length, FirstBytes - first.Count)] : default);
            firstTime ??= parts[2].Time;
            lastTime = parts[2].Time ?? lastTime;
        }

        var started = client["timestamp_start"].Time ?? state["timestamp_created"].Time ?? firstTime
            ?? throw new UnusableEntryException("client_conn.timestamp_start is no time");
        var ended = server["timestamp_end"].Time ?? client["timestamp_end"].Time ?? lastTime;
        var (name, port) = MitmConnection.Target(server);
        var peer = MitmConnection.PeerOf(server, "ip_address");
        return new FlowRecord(
            new FlowMetadata
            {
                Number = 0,
                Kind = FlowKind.Opaque,
                Started = started,
                Duration = ended >= started ? ended - started : null,
                Origin = "mitmproxy",
                Scheme = MitmConnection.IsTls(client) ? "tls" : "tcp",
                Host = Host(server["sni"].Text ?? client["sni"].Text) ?? Host(name) ?? peer?.Address ?? "",
                Port = port > 0 ? port : peer?.Port ?? 0,
                Client = MitmConnection.PeerOf(client, "address") is { } from ? new Peer(from.Address, from.Port, Tls: MitmConnection.Tls(client)) : null,
                Upstream = peer is { } to
                    ? new Peer(to.Address, to.Port, Tls: MitmConnection.Tls(server), ConnectTime: MitmConnection.ConnectTime(server))
                    : null,
                Resolution = peer is { Address: var address } ? new NameResolution("file", [address]) : null,
                Failure = FlowFailure.NotHttp,
                FailureDetail = "mitmproxy relayed the connection as TCP; of what passed, the beginning is kept.",
                BytesSent = sent,
                BytesReceived = received,
                FirstBytes = first.Count > 0 ? [.. first] : null,
            },
            null,
            null);
    }

    private static string? Host(string? name)
    {
        try
        {
            return string.IsNullOrEmpty(name) ? null : ImportedUrl.Parse($"https://{Bracketed(name)}/", "address").Host;
        }
        catch (UnusableEntryException)
        {
            return null; // the connection counts, whatever the name
        }
    }

    private static string Bracketed(string host) => host.Contains(':') ? $"[{host}]" : host;
}
