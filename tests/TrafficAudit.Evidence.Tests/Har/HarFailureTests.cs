using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Tests.Har;

public sealed class HarFailureTests
{
    private static string NoResponse(string error) => $$""" "status":0,"statusText":"","headers":[],"content":{},"_error":"{{error}}" """;

    [Theory]
    [InlineData("net::ERR_NAME_NOT_RESOLVED", FlowFailure.DnsFailed)]
    [InlineData("net::ERR_DNS_TIMED_OUT", FlowFailure.DnsFailed)]
    [InlineData("net::ERR_CONNECTION_REFUSED", FlowFailure.UpstreamRefused)]
    [InlineData("net::ERR_ADDRESS_UNREACHABLE", FlowFailure.UpstreamRefused)]
    [InlineData("net::ERR_CERT_AUTHORITY_INVALID", FlowFailure.UpstreamCertificateInvalid)]
    [InlineData("net::ERR_CERT_DATE_INVALID", FlowFailure.UpstreamCertificateInvalid)]
    [InlineData("net::ERR_SSL_PROTOCOL_ERROR", FlowFailure.UpstreamTlsFailed)]
    [InlineData("net::ERR_TIMED_OUT", FlowFailure.UpstreamTimeout)]
    [InlineData("net::ERR_CONNECTION_TIMED_OUT", FlowFailure.UpstreamTimeout)]
    [InlineData("net::ERR_CONNECTION_RESET", FlowFailure.UpstreamReset)]
    [InlineData("net::ERR_EMPTY_RESPONSE", FlowFailure.UpstreamReset)]
    [InlineData("net::ERR_HTTP2_PROTOCOL_ERROR", FlowFailure.UpstreamProtocolError)]
    [InlineData("net::ERR_ABORTED", FlowFailure.ClientReset)]
    [InlineData("net::ERR_FAILED", null)]
    [InlineData("[Errno 111] Connect call failed: Connection refused", FlowFailure.UpstreamRefused)]
    [InlineData("Certificate verify failed: self signed certificate", FlowFailure.UpstreamCertificateInvalid)]
    [InlineData("The client does not trust the proxy's certificate", FlowFailure.ClientRejectedCertificate)]
    [InlineData("net::ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN", FlowFailure.UpstreamCertificateInvalid)]
    [InlineData("connect ECONNREFUSED 192.0.2.1:443", FlowFailure.UpstreamRefused)]
    [InlineData("[Errno -2] Name or service not known", FlowFailure.DnsFailed)]
    [InlineData("something else", null)]
    public async Task ErrorText_GivesItsToken(string error, FlowFailure? failure)
    {
        var flow = await HarText.FlowAsync(HarText.Entry(response: NoResponse(error)));

        Assert.Null(flow.Response);
        Assert.Null(flow.Metadata.Response);
        Assert.Null(flow.Metadata.TimeToResponse);
        Assert.Equal(failure, flow.Metadata.Failure);
        Assert.NotNull(flow.Metadata.FailureDetail);
    }

    [Fact]
    public async Task Detail_QuotesOnlyChromiumsNames()
    {
        var known = await HarText.FlowAsync(HarText.Entry(response: NoResponse("net::ERR_TIMED_OUT")));
        var foreign = await HarText.FlowAsync(HarText.Entry(response: NoResponse("timed out for someone@example.com")));
        var looksKnown = await HarText.FlowAsync(HarText.Entry(response: NoResponse("net::ERR_someone@example.com")));

        Assert.Equal("The imported file says net::ERR_TIMED_OUT.", known.Metadata.FailureDetail);
        Assert.Equal("The imported file's error text speaks of \"timed out\".", foreign.Metadata.FailureDetail);
        Assert.DoesNotContain("someone", looksKnown.Metadata.FailureDetail);
    }

    [Theory]
    [InlineData("""  "status":0 """)]
    [InlineData("""  "status":-1 """)]
    [InlineData("""  "status":"0","_error":null """)]
    [InlineData("""  "status":1000 """)]
    [InlineData("")]
    public async Task NoStatus_IsNoResponseAndNoFailureToken(string response)
    {
        var flow = await HarText.FlowAsync(HarText.Entry(response: response));

        Assert.Null(flow.Response);
        Assert.Null(flow.Metadata.Failure);
        Assert.Equal("The imported file has no response.", flow.Metadata.FailureDetail);
    }

    [Fact]
    public async Task MissingOrNullResponse_IsNone()
    {
        Assert.Null((await HarText.FlowAsync(HarText.Entry().Replace("\"response\":", "\"other\":"))).Response);
        Assert.Null((await HarText.FlowAsync("""{"startedDateTime":"2026-01-02T03:04:05Z","request":{"method":"GET","url":"http://a.example"},"response":null}""")).Response);
    }

    [Fact]
    public async Task ErrorAfterTheHead_KeepsTheResponseAsIncomplete()
    {
        var flow = await HarText.FlowAsync(HarText.Entry(response: HarText.Ok + ",\"_error\":\"net::ERR_CONTENT_LENGTH_MISMATCH\""));

        Assert.Equal("ok", flow.Response.BodyText());
        Assert.False(flow.Metadata.Response!.Complete);
        Assert.Equal(FlowFailure.UpstreamReset, flow.Metadata.Failure);
    }

    [Fact]
    public async Task ErrorOfTheEntry_Counts()
    {
        var flow = await HarText.FlowAsync(HarText.Entry(response: "\"status\":0", more: "\"_error\":\"net::ERR_TIMED_OUT\""));

        Assert.Equal(FlowFailure.UpstreamTimeout, flow.Metadata.Failure);
    }

    [Fact]
    public async Task RequestThatTheBrowserBlocked_IsSkipped()
    {
        Assert.Equal(
            "response._error is net::ERR_BLOCKED_BY_CLIENT: the browser did not send the request",
            await HarText.SkipReasonAsync(HarText.Entry(response: NoResponse("net::ERR_BLOCKED_BY_CLIENT"))));
    }
}
