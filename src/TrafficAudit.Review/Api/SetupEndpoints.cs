using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAudit.Model;
using TrafficAudit.Review.Access;
using TrafficAudit.Review.Api.Describing;
using TrafficAudit.Review.Doors;
using TrafficAudit.Review.Setup;

namespace TrafficAudit.Review.Api;

/// <summary>What investigators set up: sessions begun and ended, personas, what the case says of itself, the authority's certificate.</summary>
internal sealed class SetupEndpoints(IReviewSource source)
{
    private const string PersonaShape = "A persona is sent as {\"name\": \"…\", \"values\": [{\"item\": \"phone\", \"value\": \"…\"}]}.";
    private const string CaseShape = "A case's settings are sent whole, as {\"company\": \"…\", \"app_ids\": […], \"first_party_domains\": […], \"profile\": \"kr\"}.";
    private const string SessionShape =
        "A session is sent as {\"device\": \"…\", \"apps\": [\"…\"], \"app_version\": \"…\", \"persona\": \"…\", \"scenario\": \"…\", \"phase\": \"…\"}, each of which may be left out.";

    private const string PemType = "application/x-pem-file";
    private const string DerType = "application/x-x509-ca-cert";

    public static void Map(IEndpointRouteBuilder routes, IReviewSource source)
    {
        var endpoints = new SetupEndpoints(source);
        var api = routes.MapGroup("").RequireAuthorization(Policies.Investigator);
        api.MapGet("/sessions/current", endpoints.CurrentAsync).Described("listCurrentSessions", "The sessions that go on, and what they are of.")
            .Takes(ApiParameter.Limit, ApiParameter.Cursor).AnswersTagged<ListReply<CurrentSession>>().Rejects(StatusCodes.Status409Conflict);
        Changes(api.MapPost("/sessions/start", endpoints.StartAsync)).Described("startSession", "Begins a session of one device or of all; the one before ends.").TakesBody<SessionStart>();
        Changes(api.MapPost("/sessions/stop", endpoints.StopAsync)).Described("stopSessions", "Ends all sessions; what comes then is of no session that anybody described.");
        Changes(api.MapPost("/sessions/{id}/stop", endpoints.StopAsync)).Described("stopSession", "Ends one session.").Takes(new ApiParameter("id", "The session's id.") { Place = ParameterPlace.Path });
        api.MapGet("/personas", endpoints.PersonasAsync).Described("listPersonas", "The personas whose values are searched for, without the values.")
            .Takes(ApiParameter.Limit, ApiParameter.Cursor).AnswersTagged<ListReply<PersonaRow>>().Rejects(StatusCodes.Status409Conflict);
        Changes(api.MapPost("/personas", endpoints.SaveAsync)).Described("savePersona", "Adds a persona, or another version of one; its values are searched for from the next flow on.").TakesBody<Persona>();
        api.MapGet("/personas/file", endpoints.PersonaFileAsync).Described("getPersonaFile", "A persona with its values, once the journal says to whom.")
            .Takes(new ApiParameter("name", "The persona's name.")).Answers<Persona>().Rejects(StatusCodes.Status409Conflict);
        api.MapGet("/case", endpoints.CaseAsync).Described("getCase", "What the case says of itself.").AnswersTagged<CaseSettings>().Rejects(StatusCodes.Status409Conflict);
        Changes(api.MapPut("/case", endpoints.ChangeAsync)).Described("changeCase", "Changes what the case says of itself, and journals it.").TakesBody<CaseSettings>();
        api.MapGet("/ca.pem", endpoints.PemAsync).Described("getAuthorityPem", "The certificate that phones have to trust, as PEM.").Answers<string>(mediaType: PemType).Rejects(StatusCodes.Status409Conflict);
        api.MapGet("/ca.crt", endpoints.DerAsync).Described("getAuthorityDer", "The certificate that phones have to trust, as DER.").Answers<byte[]>(mediaType: DerType).Rejects(StatusCodes.Status409Conflict);
    }

    /// <summary>The files that the set-up pages link to: browsers come with their cookie, which the API does not look at.</summary>
    public static void MapFiles(IEndpointRouteBuilder routes, IReviewSource source)
    {
        var endpoints = new SetupEndpoints(source);
        var files = routes.MapGroup("/setup/files").RequireAuthorization(Policies.Investigator);
        files.MapGet("/ca.pem", context => SendAsync(context, endpoints.PemAsync));
        files.MapGet("/ca.crt", context => SendAsync(context, endpoints.DerAsync));
        files.MapGet("/persona.json", context => SendAsync(context, endpoints.PersonaFileAsync));
    }

    private static async Task SendAsync(HttpContext context, Func<HttpContext, Task> send)
    {
        try
        {
            await send(context);
        }
        catch (RejectedRequestException e) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            await ApiEndpoints.WriteLinesAsync(context, e.Message);
        }
    }

    private static IEndpointConventionBuilder Changes(IEndpointConventionBuilder endpoint) => endpoint.AnswersNothing().Rejects(StatusCodes.Status409Conflict);

    private SetupSources Setup => source.Setup ?? throw new RejectedRequestException("Nothing can be set up here.");

    private ISessionDesk Sessions => Setup.Sessions ?? throw new RejectedRequestException("Nothing is being recorded here, so that there is no session to start or stop.");

    private static Person WhoIs(HttpContext context) => Identity.PersonOf(context.User)!;

    private Task CurrentAsync(HttpContext context) =>
        JsonReply.WriteAsync(context, ListRequest.Plain(context).PageOf(Sessions.Current(), s => s.Id, s => s), ApiJson.Written.ListReplyCurrentSession);

    private async Task StartAsync(HttpContext context)
    {
        var start = await JsonBody.ReadAsync(context, ApiJson.Read.SessionStart, SessionShape);
        await Sessions.StartAsync(WhoIs(context), start, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task StopAsync(HttpContext context)
    {
        await Sessions.StopAsync(WhoIs(context), context.Request.RouteValues["id"] as string, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task PersonasAsync(HttpContext context) => await JsonReply.WriteAsync(
        context, ListRequest.Plain(context).PageOf(await Setup.Personas.ListAsync(context.RequestAborted), p => p.Name, p => p), ApiJson.Written.ListReplyPersonaRow);

    private async Task SaveAsync(HttpContext context)
    {
        var persona = await JsonBody.ReadAsync(context, ApiJson.Read.Persona, PersonaShape);
        if (persona.Values.IsDefault || persona.Values.Any(v => v is null))
        {
            throw JsonBody.Wrong(PersonaShape);
        }

        await Setup.Personas.SaveAsync(WhoIs(context), persona, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task PersonaFileAsync(HttpContext context)
    {
        var persona = await Setup.Personas.RevealAsync(WhoIs(context), context.Request.Query["name"].ToString(), context.RequestAborted);
        context.Response.Headers.ContentDisposition = "attachment; filename=\"persona.json\"";
        await context.Response.WriteAsJsonAsync(persona, ApiJson.Written.Persona, cancellationToken: context.RequestAborted);
    }

    private Task CaseAsync(HttpContext context) => JsonReply.WriteAsync(context, Setup.Case.Settings, ApiJson.Written.CaseSettings);

    private async Task ChangeAsync(HttpContext context)
    {
        var settings = await JsonBody.ReadAsync(context, ApiJson.Read.CaseSettings, CaseShape);
        if (settings.AppIds.IsDefault || settings.FirstPartyDomains.IsDefault)
        {
            throw JsonBody.Wrong(CaseShape);
        }

        await Setup.Case.ChangeAsync(WhoIs(context), settings, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private Task PemAsync(HttpContext context)
    {
        var pem = Setup.Installation.Authority.Pem;
        SendFile(context, "trafficaudit-ca.pem", PemType);
        return context.Response.WriteAsync(pem, context.RequestAborted);
    }

    private Task DerAsync(HttpContext context)
    {
        var der = Setup.Installation.Authority.Der;
        SendFile(context, "trafficaudit-ca.crt", DerType);
        return context.Response.Body.WriteAsync(der, context.RequestAborted).AsTask();
    }

    private static void SendFile(HttpContext context, string name, string type)
    {
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        context.Response.ContentType = type;
    }
}
