using System.Buffers;
using System.Collections.Frozen;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Imports;

/// <summary>What an entry's error text means: Chromium's network error names, and the usual words of other writers.</summary>
/// <param name="Failure">The token, where the text says clearly which.</param>
/// <param name="Detail">One sentence for people; the text itself only where it is one of Chromium's names, since others quote values.</param>
internal sealed record ReportedFailure(FlowFailure? Failure, string Detail)
{
    private const string ChromiumPrefix = "net::ERR_";

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    // Names from Chromium's net/base/net_error_list.h.
    private static readonly FrozenDictionary<string, FlowFailure> Chromium = new Dictionary<string, FlowFailure>(StringComparer.Ordinal)
    {
        ["NAME_NOT_RESOLVED"] = FlowFailure.DnsFailed,
        ["NAME_RESOLUTION_FAILED"] = FlowFailure.DnsFailed,
        ["ICANN_NAME_COLLISION"] = FlowFailure.DnsFailed,
        ["CONNECTION_REFUSED"] = FlowFailure.UpstreamRefused,
        ["CONNECTION_FAILED"] = FlowFailure.UpstreamRefused,
        ["ADDRESS_UNREACHABLE"] = FlowFailure.UpstreamRefused,
        ["TIMED_OUT"] = FlowFailure.UpstreamTimeout,
        ["CONNECTION_TIMED_OUT"] = FlowFailure.UpstreamTimeout,
        ["CONNECTION_RESET"] = FlowFailure.UpstreamReset,
        ["CONNECTION_CLOSED"] = FlowFailure.UpstreamReset,
        ["CONNECTION_ABORTED"] = FlowFailure.UpstreamReset,
        ["SOCKET_NOT_CONNECTED"] = FlowFailure.UpstreamReset,
        ["EMPTY_RESPONSE"] = FlowFailure.UpstreamReset,
        ["CONTENT_LENGTH_MISMATCH"] = FlowFailure.UpstreamReset,
        ["INCOMPLETE_CHUNKED_ENCODING"] = FlowFailure.UpstreamReset,
        ["INVALID_HTTP_RESPONSE"] = FlowFailure.UpstreamProtocolError,
        ["INVALID_CHUNKED_ENCODING"] = FlowFailure.UpstreamProtocolError,
        ["CONTENT_DECODING_FAILED"] = FlowFailure.UpstreamProtocolError,
        ["SSL_PINNED_KEY_NOT_IN_CERT_CHAIN"] = FlowFailure.UpstreamCertificateInvalid,
        ["BAD_SSL_CLIENT_AUTH_CERT"] = FlowFailure.UpstreamTlsFailed,
        ["ABORTED"] = FlowFailure.ClientReset,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly (string Prefix, FlowFailure Failure)[] ChromiumFamilies =
    [
        ("CERT_", FlowFailure.UpstreamCertificateInvalid),
        ("SSL_", FlowFailure.UpstreamTlsFailed),
        ("ECH_", FlowFailure.UpstreamTlsFailed),
        ("DNS_", FlowFailure.DnsFailed),
        ("HTTP2_", FlowFailure.UpstreamProtocolError),
        ("QUIC_", FlowFailure.UpstreamProtocolError),
        ("RESPONSE_HEADERS_", FlowFailure.UpstreamProtocolError),
    ];

    // More telling words first: "certificate verify failed: connection reset" is about the certificate.
    private static readonly (string Words, FlowFailure Failure)[] Phrases =
    [
        ("client does not trust", FlowFailure.ClientRejectedCertificate),
        ("certificate verify failed", FlowFailure.UpstreamCertificateInvalid),
        ("certificate has expired", FlowFailure.UpstreamCertificateInvalid),
        ("self signed certificate", FlowFailure.UpstreamCertificateInvalid),
        ("self-signed certificate", FlowFailure.UpstreamCertificateInvalid),
        ("name or service not known", FlowFailure.DnsFailed),
        ("nodename nor servname", FlowFailure.DnsFailed),
        ("getaddrinfo", FlowFailure.DnsFailed),
        ("enotfound", FlowFailure.DnsFailed),
        ("errno 110", FlowFailure.UpstreamTimeout),
        ("errno 104", FlowFailure.UpstreamReset),
        ("connect call failed", FlowFailure.UpstreamRefused),
        ("connection refused", FlowFailure.UpstreamRefused),
        ("econnrefused", FlowFailure.UpstreamRefused),
        ("timed out", FlowFailure.UpstreamTimeout),
        ("timeout", FlowFailure.UpstreamTimeout),
        ("etimedout", FlowFailure.UpstreamTimeout),
        ("client disconnected", FlowFailure.ClientReset),
        ("server disconnected", FlowFailure.UpstreamReset),
        ("reset by peer", FlowFailure.UpstreamReset),
        ("econnreset", FlowFailure.UpstreamReset),
        ("tls handshake", FlowFailure.UpstreamTlsFailed),
    ];

    /// <summary>Reads an error text; null where there is none.</summary>
    public static ReportedFailure? Of(string? error)
    {
        if (string.IsNullOrWhiteSpace(error))
        {
            return null;
        }

        if (ChromiumName(error) is { } name)
        {
            return new ReportedFailure(OfChromium(name), $"The imported file says {ChromiumPrefix}{name}.");
        }

        foreach (var (words, failure) in Phrases)
        {
            if (error.Contains(words, StringComparison.OrdinalIgnoreCase))
            {
                return new ReportedFailure(failure, $"The imported file's error text speaks of \"{words}\".");
            }
        }

        return new ReportedFailure(null, "The imported file names an error that none of the known causes fits.");
    }

    /// <summary>Whether the browser itself stopped the request before anything was sent.</summary>
    public static bool NeverSent(string? error) =>
        error is "net::ERR_BLOCKED_BY_CLIENT" or "net::ERR_BLOCKED_BY_CSP" or "net::ERR_BLOCKED_BY_ADMINISTRATOR" or "net::ERR_CACHE_MISS";

    private static string? ChromiumName(string error) =>
        error.Length <= 80 && error.StartsWith(ChromiumPrefix, StringComparison.Ordinal)
            && !error.AsSpan(ChromiumPrefix.Length).ContainsAnyExcept(NameCharacters)
            ? error[ChromiumPrefix.Length..]
            : null;

    private static FlowFailure? OfChromium(string name)
    {
        if (Chromium.TryGetValue(name, out var failure))
        {
            return failure;
        }

        foreach (var (prefix, family) in ChromiumFamilies)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return family;
            }
        }

        return null;
    }
}
