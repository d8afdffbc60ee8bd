using System.Net.Sockets;
using System.Security.Authentication;
using TrafficAudit.Model;
using Yarp.ReverseProxy.Forwarder;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>What a forwarder's error means for the flow: which party failed, and how.</summary>
internal static class ForwardingFailure
{
    public static (FlowFailure Failure, string Detail) Of(ForwarderError error, Exception? exception, Upstream upstream, ExchangeWatch watch)
    {
        if (watch.IsInterrupted)
        {
            return (FlowFailure.Interrupted, "The recording ended while this was under way");
        }

        if (watch.End.IsCancellationRequested)
        {
            return watch.EndsForClient
                ? (FlowFailure.ClientReset, "The client went away before the exchange was complete")
                : (FlowFailure.UpstreamTimeout, "The server sent nothing within the time limit");
        }

        return IsOfClient(error, exception)
            ? (FlowFailure.ClientReset, "The client went away before the exchange was complete")
            : OfUpstream((exception as AggregateException)?.InnerExceptions[^1] ?? exception, upstream);
    }

    /// <summary>
    /// Reading a request's body is cancelled by us alone, since the server failed (<see cref="Upload.StopAsync"/>); the forwarder then reports both faults, the
    /// body's first.
    /// </summary>
    private static bool IsOfClient(ForwarderError error, Exception? exception) =>
        error is ForwarderError.RequestBodyClient or ForwarderError.RequestBodyCanceled
            ? Find<OperationCanceledException>(exception) is null
            : error is ForwarderError.ResponseBodyClient or ForwarderError.UpgradeRequestClient or ForwarderError.UpgradeResponseClient;

    private static (FlowFailure Failure, string Detail) OfUpstream(Exception? exception, Upstream upstream)
    {
        if (Find<UpstreamProxyException>(exception) is { } proxy)
        {
            return (FlowFailure.UpstreamProxyFailed, proxy.Message);
        }

        if (Find<AuthenticationException>(exception) is not null)
        {
            return upstream.CertificateFault is { } fault
                ? (FlowFailure.UpstreamCertificateInvalid, fault)
                : (FlowFailure.UpstreamTlsFailed, "The TLS handshake with the server failed");
        }

        var http = Find<HttpRequestException>(exception)?.HttpRequestError;
        if (Find<SocketException>(exception) is { } socket && http is HttpRequestError.ConnectionError)
        {
            return (FlowFailure.UpstreamRefused, $"The server refused the connection ({socket.SocketErrorCode})");
        }

        return http switch
        {
            HttpRequestError.SecureConnectionError => (FlowFailure.UpstreamTlsFailed, "The TLS handshake with the server failed"),
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.ConfigurationLimitExceeded
                or HttpRequestError.VersionNegotiationError =>
                (FlowFailure.UpstreamProtocolError, $"The server's answer breaks HTTP ({http})"),
            _ => (FlowFailure.UpstreamReset, "The server closed the connection before its response was complete"),
        };
    }

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is T found)
            {
                return found;
            }
        }

        return null;
    }
}
