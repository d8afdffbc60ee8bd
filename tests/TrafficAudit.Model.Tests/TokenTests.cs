using TrafficAudit.Model;

namespace TrafficAudit.Model.Tests;

public sealed class TokenTests
{
    [Fact]
    public void EveryMemberOfEveryStoredEnum_HasAToken()
    {
        var enums = typeof(Token).Assembly.GetExportedTypes().Where(t => t.IsEnum).ToList();

        Assert.NotEmpty(enums);
        foreach (var type in enums)
        {
            var all = (IReadOnlyList<string>)typeof(Token).GetMethod(nameof(Token.All))!.MakeGenericMethod(type).Invoke(null, null)!;
            Assert.Equal(all.Count, all.Distinct(StringComparer.Ordinal).Count());
        }
    }

    [Fact]
    public void FailureTokens_AreThisClosedList()
    {
        Assert.Equal(
            [
                "client_rejected_certificate", "client_closed_in_handshake", "client_no_shared_cipher", "client_protocol_error", "client_reset",
                "not_http", "not_tls", "client_sent_nothing", "bypassed", "exempted", "dns_failed", "policy_denied", "upstream_proxy_failed", "upstream_refused", "upstream_timeout", "upstream_reset",
                "upstream_certificate_invalid", "upstream_tls_failed", "upstream_protocol_error", "interrupted",
            ],
            Token.All<FlowFailure>());
    }

    [Fact]
    public void PartlyReadCauses_AreThisClosedList() =>
        Assert.Equal(["capture_limit", "decoding_truncated", "messages_unreadable"], Token.All<PartlyReadCause>());

    [Fact]
    public void DecisionStates_AreThisClosedList() =>
        Assert.Equal(["open", "awaiting_second", "confirmed", "rejected", "contested"], Token.All<DecisionState>());

    [Fact]
    public void UnknownToken_IsNotParsed()
    {
        Assert.False(Token.TryParse<FlowFailure>("no_such_token", out _));
        Assert.True(Token.TryParse<FlowFailure>("dns_failed", out var failure));
        Assert.Equal(FlowFailure.DnsFailed, failure);
    }
}
