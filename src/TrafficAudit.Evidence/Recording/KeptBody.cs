using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Recording;

/// <summary>What is left of a body whose file lost bytes, or is gone, before it was recorded.</summary>
internal sealed class KeptBody(Body body, long length) : Body
{
    public override long Length => length;

    public override Stream OpenRead() => length == 0 ? Stream.Null : body.OpenRead();

    public override ReadOnlyMemory<byte> ToMemory() => length == 0 ? ReadOnlyMemory<byte>.Empty : body.ToMemory()[..(int)length];

    /// <summary>
    /// The flow as it can be recorded: a body that is not there any more costs that body alone, and its facts say how much was kept.
    /// </summary>
    public static FlowRecord Of(FlowRecord flow, Action<string> lost)
    {
        var (request, requestFacts) = Of(flow.Request, flow.Metadata.Request, lost);
        var (response, responseFacts) = Of(flow.Response, flow.Metadata.Response, lost);
        return ReferenceEquals(request, flow.Request) && ReferenceEquals(response, flow.Response)
            ? flow
            : flow with { Metadata = flow.Metadata with { Request = requestFacts, Response = responseFacts }, Request = request, Response = response };
    }

    protected override void Dispose(bool disposing) => body.Dispose();

    private static (Message? Message, MessageFacts? Facts) Of(Message? message, MessageFacts? facts, Action<string> lost)
    {
        if (message?.Body is null or MemoryBody or { Length: 0 })
        {
            return (message, facts);
        }

        var (length, why) = Look(message.Body);
        if (length >= message.Body.Length)
        {
            return (message, facts);
        }

        lost(why);
        return (message with { Body = new KeptBody(message.Body, length) }, facts is null ? null : facts with { BodyCaptured = length });
    }

    private static (long Length, string Why) Look(Body body)
    {
        try
        {
            using var file = body.OpenRead();
            return (file.CanSeek ? file.Length : body.Length, "its file is shorter than it was");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (0, e.Message);
        }
    }
}
