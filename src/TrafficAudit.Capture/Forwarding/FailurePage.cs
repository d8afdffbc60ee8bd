using System.Text;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>The answer that a client gets when there is no response to pass on: plain text that says what happened.</summary>
internal static class FailurePage
{
    /// <summary>Names the failure's token, for scripts and for testers who look at a phone's traffic.</summary>
    public const string Header = "TrafficAudit-Failure";

    public static async Task WriteAsync(HttpContext context, FlowFailure failure, string? detail, long number)
    {
        if (context.Response.HasStarted)
        {
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = Status(failure);
        context.Response.Headers[Header] = Token.Of(failure);
        if (failure is FlowFailure.ClientProtocolError && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            context.Response.Headers.Connection = "close";
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        var text = Encoding.UTF8.GetBytes($"TrafficAudit: {detail ?? "the request could not be forwarded"} [{Token.Of(failure)}, flow #{number}]\n");
        context.Response.ContentLength = text.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(text);
        }
    }

    private static int Status(FlowFailure failure) => failure switch
    {
        FlowFailure.PolicyDenied => StatusCodes.Status403Forbidden,
        FlowFailure.UpstreamTimeout => StatusCodes.Status504GatewayTimeout,
        FlowFailure.ClientReset or FlowFailure.ClientProtocolError => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status502BadGateway,
    };
}
