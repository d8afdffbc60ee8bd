namespace TrafficAudit.Evidence.Tests.Mitmproxy;

/// <summary>Flow states with the field names that mitmproxy documents for each format version, and invented values.</summary>
internal static class Flows
{
    public const decimal Start = 1767323045.6789012m;

    public const string Certificate = """
        -----BEGIN CERTIFICATE-----
        AAECAw==
        -----END CERTIFICATE-----
        """;

    /// <summary>An HTTP flow of a version.</summary>
    public static Dictionary<string, object?> Http(int version, string id = "f1")
    {
        var flow = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["version"] = version,
            ["type"] = "http",
            ["id"] = id,
            ["error"] = null,
            ["metadata"] = new Dictionary<string, object?>(StringComparer.Ordinal),
            ["client_conn"] = Client(version),
            ["server_conn"] = Server(version),
            ["request"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["http_version"] = Tnet.Bytes("HTTP/2.0"),
                ["method"] = Tnet.Bytes("POST"),
                ["scheme"] = Tnet.Bytes("https"),
                ["host"] = version < 9 ? Tnet.Bytes("shop.example") : "shop.example",
                ["port"] = 443,
                ["path"] = Tnet.Bytes("/items?phone=010-0000-0000"),
                ["authority"] = Tnet.Bytes(version < 9 ? "" : "shop.example"),
                ["headers"] = Headers(("content-type", "text/plain"), ("x-bytes", "é")),
                ["content"] = Tnet.Bytes("hello"),
                ["trailers"] = null,
                ["timestamp_start"] = Start,
                ["timestamp_end"] = Start + 0.1m,
            },
            ["response"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["http_version"] = Tnet.Bytes("HTTP/2.0"),
                ["status_code"] = 200,
                ["reason"] = Tnet.Bytes(""),
                ["headers"] = Headers(("content-encoding", "gzip"), ("set-cookie", "a=1"), ("set-cookie", "b=2")),
                ["content"] = new byte[] { 0x1F, 0x8B, 0xFF },
                ["trailers"] = version < 8 ? null : Headers(("grpc-status", "0")),
                ["timestamp_start"] = Start + 0.25m,
                ["timestamp_end"] = Start + 0.5m,
            },
        };
        return flow;
    }

    public static Dictionary<string, object?> Tcp(int version, params (bool FromClient, string Content)[] messages) => new(StringComparer.Ordinal)
    {
        ["version"] = version,
        ["type"] = "tcp",
        ["id"] = "t1",
        ["error"] = null,
        ["client_conn"] = Client(version),
        ["server_conn"] = Server(version),
        ["messages"] = messages.Select((m, i) => (object?)new object?[] { m.FromClient, Tnet.Bytes(m.Content), Start + i }).ToArray(),
    };

    /// <summary>A WebSocket as it was up to version 11: its handshake, and behind it the messages.</summary>
    public static IEnumerable<Dictionary<string, object?>> OldWebSocket(int version)
    {
        var handshake = Http(version, "h1");
        Part(handshake, "response")["status_code"] = 101;
        Part(handshake, "metadata")["websocket"] = true;
        yield return handshake;
        yield return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["version"] = version,
            ["type"] = "websocket",
            ["id"] = "w1",
            ["error"] = null,
            ["metadata"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["websocket_handshake"] = "h1" },
            ["client_conn"] = Client(version),
            ["server_conn"] = Server(version),
            ["messages"] = Messages(withFlags: false),
            ["close_sender"] = "client",
            ["close_code"] = 1000,
            ["close_reason"] = "bye",
        };
    }

    /// <summary>A WebSocket as it is since version 12.</summary>
    public static Dictionary<string, object?> WebSocket(int version)
    {
        var flow = Http(version);
        Part(flow, "response")["status_code"] = 101;
        flow["websocket"] = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["messages"] = Messages(withFlags: version > 14),
            ["closed_by_client"] = true,
            ["close_code"] = 1000,
            ["close_reason"] = "bye",
            ["timestamp_end"] = Start + 10,
        };
        return flow;
    }

    public static Dictionary<string, object?> Part(Dictionary<string, object?> flow, string name) => (Dictionary<string, object?>)flow[name]!;

    public static object?[] Headers(params (string Name, string Value)[] fields) =>
        [.. fields.Select(f => new object?[] { Tnet.Bytes(f.Name), Tnet.Bytes(f.Value) })];

    private static object?[] Messages(bool withFlags)
    {
        object?[] flags = withFlags ? [false, false] : [];
        object?[] first = [1, true, Tnet.Bytes("안녕"), Start + 1, .. flags];
        object?[] second = [2, false, new byte[] { 0, 255 }, Start + 2, .. flags];
        return [first, second];
    }

    private static Dictionary<string, object?> Client(int version) => new(StringComparer.Ordinal)
    {
        [version < 19 ? "address" : "peername"] = new object?[] { "198.51.100.7", 50123 },
        ["timestamp_start"] = Start - 1,
        [version < 6 ? "timestamp_ssl_setup" : "timestamp_tls_setup"] = Start - 0.9m,
        ["timestamp_end"] = null,
        ["tls_version"] = "TLSv1.3",
        [version < 19 ? "cipher_name" : "cipher"] = "TLS_AES_256_GCM_SHA384",
        [version < 11 ? "alpn_proto_negotiated" : "alpn"] = Tnet.Bytes("h2"),
        ["sni"] = version < 11 ? Tnet.Bytes("shop.example") : "shop.example",
    };

    private static Dictionary<string, object?> Server(int version)
    {
        var server = Client(version);
        server.Remove(version < 19 ? "address" : "peername");
        server["address"] = new object?[] { "shop.example", 443 };
        server[version < 19 ? "ip_address" : "peername"] = new object?[] { "192.0.2.10", 443, 0, 0 };
        server["timestamp_start"] = Start - 0.5m;
        server["timestamp_tcp_setup"] = Start - 0.46m;
        server[version < 10 ? "cert" : "certificate_list"] = version < 10 ? Tnet.Bytes(Certificate) : new object?[] { Tnet.Bytes(Certificate) };
        return server;
    }
}
