using TrafficAudit.Evidence.Imports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Har;

/// <summary>
/// An element of HTTP Toolkit's <c>log._tlsErrors</c>: a client's connection whose TLS handshake with that proxy failed, mostly because the app pins
/// its certificates. It becomes an opaque flow, since what could not be read counts.
/// </summary>
internal static class HarTlsFailure
{
    /// <exception cref="UnusableEntryException">Its time is missing.</exception>
    public static FlowRecord Build(HarEntry entry)
    {
        var error = entry.TlsError;
        var started = ImportedValue.Time(entry.Started) ?? throw new UnusableEntryException("startedDateTime is no ISO 8601 time with an offset");
        var client = ImportedValue.Address(error.ClientAddress);
        var (failure, detail) = Failure(error.Cause);
        return new FlowRecord(
            new FlowMetadata
            {
                Number = 0,
                Kind = FlowKind.Opaque,
                Started = started,
                Duration = ImportedValue.Duration(entry.Time),
                Origin = "har",
                Scheme = "tls",
                Host = Host(error.HostName ?? error.ServerName),
                Port = 0,
                Client = client is null ? null : new Peer(client, error.ClientPort is > 0 and <= 65535 and var port ? (int)port : 0),
                Failure = failure,
                FailureDetail = $"The imported file says: {detail}.",
            },
            null,
            null);
    }

    /// <summary>The causes that HTTP Toolkit's proxy (Mockttp) tells apart.</summary>
    private static (FlowFailure? Failure, string Detail) Failure(string? cause) => cause switch
    {
        "cert-rejected" => (FlowFailure.ClientRejectedCertificate, "the client rejected the proxy's certificate"),
        "closed" => (FlowFailure.ClientClosedInHandshake, "the client closed the connection during the TLS handshake"),
        "reset" => (FlowFailure.ClientReset, "the client reset the connection during the TLS handshake"),
        "no-shared-cipher" => (FlowFailure.ClientNoSharedCipher, "client and proxy had no TLS cipher suite in common"),
        "handshake-timeout" => (null, "the TLS handshake with the client did not end in time"),
        _ => (null, "the TLS handshake with the client failed for an unknown reason"),
    };

    private static string Host(string? name)
    {
        try
        {
            return string.IsNullOrWhiteSpace(name) ? "" : ImportedUrl.Parse($"https://{name}/", "hostname").Host;
        }
        catch (UnusableEntryException)
        {
            return ""; // the failure counts, whatever the name
        }
    }
}
