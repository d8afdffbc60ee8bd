using System.Collections.Immutable;
using System.Security.Cryptography;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Mitmproxy;

/// <summary>
/// The state of a connection: <c>client_conn</c> or <c>server_conn</c>. Names changed over the versions: the peer was <c>address</c> (client) and
/// <c>ip_address</c> (server) up to 18, <c>cipher</c> was <c>cipher_name</c> up to 18, <c>alpn</c> was <c>alpn_proto_negotiated</c> up to 10,
/// <c>certificate_list</c> was <c>cert</c> up to 9.
/// </summary>
internal static class MitmConnection
{
    private const int MaxCertificates = 10;

    /// <summary>The address that a connection's other end really had; null when there was none.</summary>
    public static (string Address, int Port)? PeerOf(TnetValue connection, string oldName)
    {
        var peer = connection["peername"].IsNull ? connection[oldName] : connection["peername"];
        TnetValue[] parts = [.. peer.Items().Take(2)];
        return parts.Length == 2 && ImportedValue.Address(parts[0].Text) is { } address
            ? (address, parts[1].Integer is > 0 and <= 65535 and var port ? (int)port : 0)
            : null;
    }

    /// <summary>The host and port that were to be connected to; an empty host when none was named.</summary>
    public static (string Host, int Port) Target(TnetValue server)
    {
        TnetValue[] parts = [.. server["address"].Items().Take(2)];
        return parts.Length == 2 ? (parts[0].Text ?? "", parts[1].Integer is > 0 and <= 65535 and var port ? (int)port : 0) : ("", 0);
    }

    /// <summary>Whether TLS was established.</summary>
    public static bool IsTls(TnetValue connection) =>
        !connection["timestamp_tls_setup"].IsNull || !connection["timestamp_ssl_setup"].IsNull;

    /// <summary>The TLS session; null for plain text, or where version or cipher is not known.</summary>
    /// <exception cref="UnusableEntryException">The bytes are no tnetstring.</exception>
    public static TlsSession? Tls(TnetValue connection)
    {
        var cipher = connection["cipher"].Text ?? connection["cipher_name"].Text;
        return connection["tls_version"].Text is { Length: > 0 } version && cipher is { Length: > 0 }
            ? new TlsSession(
                version,
                cipher,
                Certificates(connection),
                connection["alpn"].Text ?? connection["alpn_proto_negotiated"].Text,
                connection["sni"].Text)
            : null;
    }

    /// <summary>How long connecting took; null when that is not known.</summary>
    public static TimeSpan? ConnectTime(TnetValue server) =>
        server["timestamp_tcp_setup"].Time - server["timestamp_start"].Time is { } time && time >= TimeSpan.Zero ? time : null;

    private static ImmutableArray<byte[]> Certificates(TnetValue connection)
    {
        var list = connection["certificate_list"].Items();
        return
        [
            .. (connection["cert"].IsNull ? list : list.Append(connection["cert"]))
                .Take(MaxCertificates).Select(c => Der(c.Text)).OfType<byte[]>(),
        ];
    }

    private static byte[]? Der(string? pem)
    {
        try
        {
            return PemEncoding.TryFind(pem, out var fields) && pem.AsSpan()[fields.Label] is "CERTIFICATE"
                ? Convert.FromBase64String(pem![fields.Base64Data])
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
