using System.Globalization;
using System.Runtime.InteropServices;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Flows;

/// <summary>What the page of a flow shows, as its address says: <c>/flows/7?body=hex&amp;response-page=2</c>.</summary>
/// <param name="Number">The flow's number.</param>
/// <param name="Body">How bodies are shown.</param>
/// <param name="RequestPage">Which page of the request's body, from 1.</param>
/// <param name="ResponsePage">Which page of the response's body, from 1.</param>
/// <param name="MessagePage">Which page of a WebSocket's messages, from 1.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FlowAddress(long Number, BodyForm Body = BodyForm.Pretty, int RequestPage = 1, int ResponsePage = 1, int MessagePage = 1)
{
    /// <summary>Nobody reads on to there; it keeps page numbers from overflowing.</summary>
    private const int LastPage = 1_000_000;

    /// <summary>Reads the parameters as they stand in the address; what makes no sense is taken as absent.</summary>
    public static FlowAddress Parse(long number, string? body, string? requestPage, string? responsePage, string? messagePage) =>
        new(number, Token.TryParse<BodyForm>(body, out var form) ? form : BodyForm.Pretty, Page(requestPage), Page(responsePage), Page(messagePage));

    /// <summary>The address of another page of a message's body, or of the messages.</summary>
    public FlowAddress With(MessageKind message, int page) => message switch
    {
        MessageKind.Request => this with { RequestPage = page },
        MessageKind.Response => this with { ResponsePage = page },
        _ => this with { MessagePage = page },
    };

    /// <summary>The address with bodies in another form, from their beginnings.</summary>
    public FlowAddress With(BodyForm body) => new(Number, body, MessagePage: MessagePage);

    /// <summary>The address of a place on the page.</summary>
    public string At(string id) => $"{this}#{id}";

    /// <inheritdoc/>
    public override string ToString()
    {
        var query = string.Join('&', Parameters());
        return string.Create(CultureInfo.InvariantCulture, $"/flows/{Number}{(query.Length == 0 ? "" : "?")}{query}");
    }

    private static int Page(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page is >= 1 and <= LastPage ? page : 1;

    private IEnumerable<string> Parameters()
    {
        if (Body != BodyForm.Pretty)
        {
            yield return $"body={Token.Of(Body)}";
        }

        foreach (var (name, page) in ((string, int)[])[("request-page", RequestPage), ("response-page", ResponsePage), ("messages", MessagePage)])
        {
            if (page > 1)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{name}={page}");
            }
        }
    }
}
