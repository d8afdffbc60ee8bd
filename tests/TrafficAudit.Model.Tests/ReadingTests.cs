using TrafficAudit.Model;

namespace TrafficAudit.Model.Tests;

public sealed class ReadingTests
{
    /// <summary>The whole rule: what each failure means for an exchange and for an opaque connection, with a server and without.</summary>
    [Theory]
    [InlineData(null, "read read unread unread")]
    [InlineData(FlowFailure.ClientRejectedCertificate, "failed failed unread unread")]
    [InlineData(FlowFailure.ClientClosedInHandshake, "failed failed unread unread")]
    [InlineData(FlowFailure.ClientNoSharedCipher, "failed failed unread unread")]
    [InlineData(FlowFailure.ClientProtocolError, "failed failed unread unread")]
    [InlineData(FlowFailure.ClientReset, "read failed unread unread")]
    [InlineData(FlowFailure.NotHttp, "read failed unread unread")]
    [InlineData(FlowFailure.NotTls, "read failed unread unread")]
    [InlineData(FlowFailure.ClientSentNothing, "read failed unread unread")]
    [InlineData(FlowFailure.Bypassed, "read failed unread unread")]
    [InlineData(FlowFailure.Exempted, "read failed unread unread")]
    [InlineData(FlowFailure.DnsFailed, "failed failed failed failed")]
    [InlineData(FlowFailure.PolicyDenied, "failed failed failed failed")]
    [InlineData(FlowFailure.UpstreamProxyFailed, "failed failed failed failed")]
    [InlineData(FlowFailure.UpstreamRefused, "failed failed failed failed")]
    [InlineData(FlowFailure.UpstreamTimeout, "read failed unread failed")]
    [InlineData(FlowFailure.UpstreamReset, "read failed unread failed")]
    [InlineData(FlowFailure.UpstreamCertificateInvalid, "failed failed failed failed")]
    [InlineData(FlowFailure.UpstreamTlsFailed, "failed failed failed failed")]
    [InlineData(FlowFailure.UpstreamProtocolError, "read failed unread unread")]
    [InlineData(FlowFailure.Interrupted, "read failed unread unread")]
    public void EachFailure_MeansOneReading(FlowFailure? failure, string expected)
    {
        string[] readings =
        [
            Token.Of(Readings.Of(FlowKind.Http, failure, isConnected: true, "tls")), Token.Of(Readings.Of(FlowKind.Http, failure, isConnected: false, "tls")),
            Token.Of(Readings.Of(FlowKind.Opaque, failure, isConnected: true, "tls")), Token.Of(Readings.Of(FlowKind.Opaque, failure, isConnected: false, "tls")),
        ];
        Assert.Equal(expected, string.Join(' ', readings));
        Assert.Equal(readings[0], Token.Of(Readings.Of(FlowKind.WebSocket, failure, isConnected: true, "tls")));
    }

    [Theory]
    [InlineData("tls", Reading.Unread)]
    [InlineData("tcp", Reading.Failed)]
    [InlineData("https", Reading.Failed)]
    public void ClientThatSentNothing_HidSomethingOnlyWhereNothingCouldBeRead(string scheme, Reading expected) =>
        Assert.Equal(expected, Readings.Of(FlowKind.Opaque, FlowFailure.ClientSentNothing, isConnected: false, scheme));

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(0, 5, 0)]
    [InlineData(5, 0, 100)]
    [InlineData(93, 27, 78)]
    [InlineData(9_999, 1, 99)]
    [InlineData(1, 9_999, 1)]
    public void Percent_Is100OrZeroOnlyWhenItIs(long read, long unread, int? expected) => Assert.Equal(
        expected,
        new CoverageCounts
        {
            ConnectionsRead = read, ConnectionsUnread = unread, ConnectionsFailed = 3, ExchangesRead = 0, ExchangesPartlyRead = 0, ExchangesFailed = 0,
            ExchangesImported = 0, BytesReadSent = 0, BytesReadReceived = 0, BytesUnreadSent = 0, BytesUnreadReceived = 0, Unread = [], Failed = [],
            PartlyRead = [],
        }.ReadPercent);
}
