using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using TrafficAudit.Capture.Connections;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>Ties a request to its HTTP/2 stream, so that what breaks the stream is told of the request's flow. Does nothing for HTTP/1.x.</summary>
internal sealed class Http2Stream : IDisposable
{
    private readonly Http2Refusals? _refusals;
    private readonly int _id;

    private Http2Stream(Http2Refusals? refusals, int id)
    {
        _refusals = refusals;
        _id = id;
    }

    public static Http2Stream Enter(HttpContext context, ProxiedConnection connection)
    {
        var stream = new Http2Stream(connection.Refusals, Id(context));
        stream._refusals?.Enter(stream._id);
        return stream;
    }

    /// <summary>True when the client broke the protocol on this request's stream.</summary>
    public static bool IsBroken(HttpContext context, ProxiedConnection connection) => connection.Refusals?.Broke(Id(context)) is true;

    public void Dispose() => _refusals?.Leave(_id);

    private static int Id(HttpContext context) => context.Features.Get<IHttp2StreamIdFeature>()?.StreamId ?? 0;
}
