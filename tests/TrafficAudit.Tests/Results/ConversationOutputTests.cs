using System.Text;
using TrafficAudit.Model;
using TrafficAudit.Results;
using TrafficAudit.Testing;
using TrafficAudit.Tests.Pipeline;

namespace TrafficAudit.Tests.Results;

/// <summary><c>show</c> of a WebSocket.</summary>
public sealed class ConversationOutputTests
{
    private static readonly WebSocketMessage[] Messages =
    [
        Some.WebSocketMessage(0, $$"""{"tel":"{{Lab.Phone}}"}"""),
        Some.WebSocketMessage(1, [1, 2, 255], WebSocketMessageType.Binary, sent: false),
        Some.WebSocketMessage(2, "cut", sent: false) with { Length = 2_000_000, Sha256 = Body.EmptySha256 },
        Some.WebSocketMessage(3, [3, 232, .. Encoding.UTF8.GetBytes(Lab.Email)], WebSocketMessageType.Close),
    ];

    [Fact]
    public async Task WithoutReveal_TheConversationIsShownAndNothingPersonal()
    {
        var shown = await WriteAsync(Messages, reveal: false);

        Assert.DoesNotContain(Lab.Phone, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Lab.Email, shown, StringComparison.Ordinal);
        Assert.Contains("Conversation (4 messages;", shown, StringComparison.Ordinal);
        Assert.Contains("[0] 03:04:05.678000 → text", shown, StringComparison.Ordinal);
        Assert.Contains("[1] 03:04:05.679000 ← binary 3 bytes", shown, StringComparison.Ordinal);
        Assert.Contains("[2] 03:04:05.680000 ← text 2000000 bytes, 3 kept", shown, StringComparison.Ordinal);
        Assert.Contains("→ close", shown, StringComparison.Ordinal);
        Assert.Contains("      tel = 01…34 (13)\n        ◆ phone (certain, clear): ", shown.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithReveal_WhatWasSaidIsShown()
    {
        var shown = await WriteAsync(Messages, reveal: true);

        Assert.Contains(Lab.Phone, shown, StringComparison.Ordinal);
        Assert.Contains("binary 3 bytes  0102ff", shown, StringComparison.Ordinal);
        Assert.Contains($"1000  {Lab.Email}", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LongConversation_IsCutAndSaysSo()
    {
        var shown = await WriteAsync([.. Enumerable.Range(0, 700).Select(i => Some.WebSocketMessage(i, "x"))], reveal: true);

        Assert.Contains("[499]", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("[500]", shown, StringComparison.Ordinal);
        Assert.Contains("… and 200 more messages", shown, StringComparison.Ordinal);
    }

    private static async Task<string> WriteAsync(WebSocketMessage[] messages, bool reveal)
    {
        using var lab = new Lab();
        using var output = new MemoryStream();
        var flow = Some.WebSocket() with { Messages = new MemoryConversation(messages) };
        await FlowOutput.WriteAsync(output, flow, lab.Analyzer(Lab.Persona).Analyze(flow), lab.Sources.NewLocator().Locate(flow.Metadata, response: null), cloaked: null, reveal, "");
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
