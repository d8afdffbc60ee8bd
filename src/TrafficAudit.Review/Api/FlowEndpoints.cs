using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAudit.Evidence.Verification;
using TrafficAudit.Model;
using TrafficAudit.Review.Api.Describing;
using TrafficAudit.Review.Flows;

namespace TrafficAudit.Review.Api;

/// <summary>One flow in full.</summary>
internal sealed class FlowEndpoints(IReviewSource source)
{
    public static void Map(IEndpointRouteBuilder api, IReviewSource source) => api.MapGet("/flows/{number}", new FlowEndpoints(source).FindAsync)
        .Described("getFlow", "One flow in full: its messages' heads, its findings, how its place is known, and the proof in the evidence.")
        .Takes(new ApiParameter("number", "The flow's number.") { Place = ParameterPlace.Path, Number = (1, long.MaxValue, null) })
        .AnswersTagged<FlowReply>().Refuses(StatusCodes.Status404NotFound);

    private async Task FindAsync(HttpContext context)
    {
        if (!long.TryParse((string)context.Request.RouteValues["number"]!, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || await source.Flows.FindAsync(number, context.RequestAborted) is not { } detail)
        {
            throw new ApiFaultException(StatusCodes.Status404NotFound, "This case has no flow with that number; /api/v1/flows lists those it has.");
        }

        using (detail)
        {
            var view = FlowViewer.View(detail, new ViewChoice(new FlowAddress(number), IsRevealed: false));
            var proof = await source.Flows.ProveAsync(number, context.RequestAborted);
            await JsonReply.WriteAsync(context, Reply(view, proof), ApiJson.Written.FlowReply);
        }
    }

    private static FlowReply Reply(FlowView view, FlowProof? proof)
    {
        var (flow, metadata) = (view.Summary, view.Metadata);
        return new FlowReply(
            flow.Number,
            flow.Kind,
            flow.Time,
            flow.Scheme,
            flow.Host,
            flow.Port,
            flow.Failure is { } failure ? Token.Of(failure) : null,
            Message(view.Request),
            Message(view.Response),
            flow.Messages,
            [.. view.Analyzed.Findings.Select(Finding)],
            new(flow.Address, flow.Country, flow.CountryGrade, view.Lookup?.Asn, view.Lookup?.AsOrganization, view.Lookup?.Network, metadata.Resolution, view.Lookup?.Observations ?? []),
            new(flow.Recipient, flow.RecipientCountry, flow.GroupCountry, flow.Carrier, flow.Cloaks),
            proof);
    }

    private static FlowMessageReply? Message(MessageView? message) => message is null ? null : new(
        message.Facts?.Head,
        [.. message.Head.Lines.Select(line => string.Concat(line.Select(piece => piece.Text)))],
        message.Facts?.BodyLength,
        message.Facts?.BodySha256,
        message.Facts?.Complete,
        message.Decodings);

    private static FlowFindingReply Finding(Finding finding) => new(
        finding.Item, finding.Detector, finding.Strength, finding.Confidence, finding.State, finding.Direction, finding.IsCounted, finding.Reason, MaskedValue.Of(finding.Value),
        finding.Location, finding.Encodings, finding.Flags);
}
