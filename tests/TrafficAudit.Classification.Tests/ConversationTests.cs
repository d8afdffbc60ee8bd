using System.Text;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests;

public sealed class ConversationTests
{
    private static readonly Persona Person = SomePersona.Of(("phone", "010-0000-0000"), ("email", "tester+lab@mail.example"));

    [Fact]
    public void WhatIsSent_IsCollected_AndWhatIsReceived_IsDisclosed()
    {
        var findings = Find(
            Some.WebSocketMessage(0, "hello"),
            Some.WebSocketMessage(1, """{"user":{"phone":"01000000000"}}"""),
            Some.WebSocketMessage(2, """[{"mail":"tester+lab@mail.example"}]""", sent: false)).Findings;

        Assert.Equal(
            [
                ("phone", MessageKind.WebSocketSent, "[1].user.phone", Direction.Collected),
                ("email", MessageKind.WebSocketReceived, "[2][0].mail", Direction.Disclosed),
            ],
            findings.Select(f => (f.Item, f.Location.Message, f.Location.Path, f.Direction)));
        Assert.All(findings, f => Assert.Equal(MessagePart.Body, f.Location.Part));
    }

    [Fact]
    public void TextWithoutStructure_IsFoundInItsMessage() =>
        Assert.Equal("[7]", Assert.Single(Find(Some.WebSocketMessage(7, "call 010-0000-0000 now")).Findings).Location.Path);

    [Fact]
    public void BinaryAndReasonOfTheEnd_AreSearchedToo()
    {
        var findings = Find(
            Some.WebSocketMessage(0, Encoding.UTF8.GetBytes("""{"t":"01000000000"}"""), WebSocketMessageType.Binary),
            Some.WebSocketMessage(1, [3, 232, .. "01000000000"u8], WebSocketMessageType.Close, sent: false)).Findings;

        Assert.Equal(["[0].t", "[1]"], findings.Select(f => f.Location.Path));
    }

    [Fact]
    public void SameThingAgainAndAgain_IsOneFindingWhereItFirstWas()
    {
        var messages = Enumerable.Range(0, 5000).Select(i => Some.WebSocketMessage(i, $$"""{"n":{{i}},"phone":"010-0000-0000"}""")).ToArray();

        var result = Find(messages);

        Assert.Equal("[0].phone", Assert.Single(result.Findings).Location.Path);
        Assert.False(result.DecodingTruncated);
    }

    [Fact]
    public void SameValueInAnotherPlaceOrDirection_IsAnotherFinding() =>
        Assert.Equal(
            ["[0].a", "[1].b", "[2].a"],
            Find(
                Some.WebSocketMessage(0, """{"a":"01000000000"}"""),
                Some.WebSocketMessage(1, """{"b":"01000000000"}"""),
                Some.WebSocketMessage(2, """{"a":"01000000000"}""", sent: false)).Findings.Select(f => f.Location.Path));

    [Fact]
    public void OverPlainHttp_IsFlagged() =>
        Assert.Equal(["sent_unencrypted"], Assert.Single(Find("http", ConversationLimits.Default, [Some.WebSocketMessage(0, "01000000000")]).Findings).Flags);

    [Fact]
    public void EachBound_EndsTheSearchAndIsTold()
    {
        WebSocketMessage[] messages = [.. Enumerable.Range(0, 10).Select(i => Some.WebSocketMessage(i, $$"""{"k{{i}}":"01000000000"}"""))];

        Assert.Equal((10, false), Counted(new ConversationLimits()));
        Assert.Equal((4, true), Counted(new ConversationLimits { Messages = 4 }));
        Assert.Equal((3, true), Counted(new ConversationLimits { Bytes = 3 * messages[0].Length }));
        Assert.Equal((5, true), Counted(new ConversationLimits { Findings = 5 }));

        (int, bool) Counted(ConversationLimits limits)
        {
            var result = Find("https", limits, messages);
            return (result.Findings.Count, result.DecodingTruncated);
        }
    }

    [Fact]
    public void MissingMessages_AreTold() =>
        Assert.True(new Classifier(Person).Classify(Some.WebSocket() with { Messages = new Incomplete() }).DecodingTruncated);

    private static ClassificationResult Find(params WebSocketMessage[] messages) => Find("https", ConversationLimits.Default, messages);

    private static ClassificationResult Find(string scheme, ConversationLimits limits, WebSocketMessage[] messages)
    {
        var flow = Some.WebSocket() with { Messages = new MemoryConversation(messages) };
        return new Classifier(Person) { Conversations = limits }.Classify(flow with { Metadata = flow.Metadata with { Scheme = scheme } });
    }

    private sealed class Incomplete : Conversation
    {
        public override long Count => 2;

        public override IEnumerable<WebSocketMessage> Read() => [Some.WebSocketMessage(0, "one of two")];
    }
}
