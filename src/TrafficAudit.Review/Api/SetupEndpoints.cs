using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAudit.Model;
using TrafficAudit.Review.Access;
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

    public static void Map(IEndpointRouteBuilder api, IReviewSource source)
    {
        var endpoints = new SetupEndpoints(source);
        var changes = api.MapGroup("").RequireAuthorization(Policies.Investigator);
        changes.MapGet("/sessions/current", endpoints.CurrentAsync);
        changes.MapPost("/sessions/start", endpoints.StartAsync);
        changes.MapPost("/sessions/stop", endpoints.StopAsync);
        changes.MapPost("/sessions/{id}/stop", endpoints.StopAsync);
        changes.MapGet("/personas", endpoints.PersonasAsync);
        changes.MapPost("/personas", endpoints.SaveAsync);
        changes.MapGet("/personas/file", endpoints.PersonaFileAsync);
        changes.MapGet("/case", endpoints.CaseAsync);
        changes.MapPut("/case", endpoints.ChangeAsync);
        changes.MapGet("/ca.pem", context => endpoints.CertificateAsync(context, "pem"));
        changes.MapGet("/ca.crt", context => endpoints.CertificateAsync(context, "crt"));
    }

    private Task CurrentAsync(HttpContext context) => TryAsync(
        context, () => context.Response.WriteAsJsonAsync(Sessions.Current(), SetupJson.Default.IReadOnlyListCurrentSession, cancellationToken: context.RequestAborted));

    private Task StartAsync(HttpContext context) => TryAsync(context, async () =>
    {
        var sessions = Sessions;
        await sessions.StartAsync(WhoIs(context), await ReadAsync(context, SetupJson.Default.SessionStart, SessionShape), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    });

    private Task StopAsync(HttpContext context) => TryAsync(context, async () =>
    {
        await Sessions.StopAsync(WhoIs(context), context.Request.RouteValues["id"] as string, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    });

    private Task PersonasAsync(HttpContext context) => TryAsync(context, async () => await context.Response.WriteAsJsonAsync(
        await Setup.Personas.ListAsync(context.RequestAborted), SetupJson.Default.IReadOnlyListPersonaRow, cancellationToken: context.RequestAborted));

    private Task SaveAsync(HttpContext context) => TryAsync(context, async () =>
    {
        var persona = await ReadAsync(context, SetupJson.Default.Persona, PersonaShape);
        if (persona.Name is null || persona.Values.IsDefault || persona.Values.Any(v => v is not { Item: not null, Value: not null }))
        {
            throw new JsonException(PersonaShape);
        }

        await Setup.Personas.SaveAsync(WhoIs(context), persona, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    });

    /// <summary>The values leave once the journal says to whom.</summary>
    private Task PersonaFileAsync(HttpContext context) => TryAsync(context, async () =>
    {
        var persona = await Setup.Personas.RevealAsync(WhoIs(context), context.Request.Query["name"].ToString(), context.RequestAborted);
        context.Response.Headers.ContentDisposition = "attachment; filename=\"persona.json\"";
        await context.Response.WriteAsJsonAsync(persona, SetupJson.Default.Persona, cancellationToken: context.RequestAborted);
    });

    private Task CaseAsync(HttpContext context) => TryAsync(
        context, () => context.Response.WriteAsJsonAsync(Setup.Case.Settings, SetupJson.Default.CaseSettings, cancellationToken: context.RequestAborted));

    private Task ChangeAsync(HttpContext context) => TryAsync(context, async () =>
    {
        await Setup.Case.ChangeAsync(WhoIs(context), await ReadAsync(context, SetupJson.Default.CaseSettings, CaseShape), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    });

    private Task CertificateAsync(HttpContext context, string form) => TryAsync(context, async () =>
    {
        var authority = Setup.Installation.Authority;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"trafficaudit-ca.{form}\"";
        context.Response.ContentType = form == "pem" ? "application/x-pem-file" : "application/x-x509-ca-cert";
        await (form == "pem" ? context.Response.WriteAsync(authority.Pem, context.RequestAborted) : context.Response.Body.WriteAsync(authority.Der, context.RequestAborted).AsTask());
    });

    private SetupSources Setup => source.Setup ?? throw new RejectedRequestException("Nothing can be set up here.");

    private ISessionDesk Sessions => Setup.Sessions ?? throw new RejectedRequestException("Nothing is being recorded here, so that there is no session to start or stop.");

    private static Person WhoIs(HttpContext context) => Identity.PersonOf(context.User)!;

    /// <exception cref="JsonException">It is not what it should be; the message says what that is.</exception>
    private static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, string shape)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted) ?? throw new JsonException(shape);
        }
        catch (Exception e) when (e is JsonException or BadHttpRequestException)
        {
            throw new JsonException(shape, e);
        }
    }

    private static async Task TryAsync(HttpContext context, Func<Task> answer)
    {
        try
        {
            await answer();
        }
        catch (JsonException e) when (!context.Response.HasStarted)
        {
            await ApiEndpoints.RejectAsync(context, StatusCodes.Status400BadRequest, e.Message);
        }
        catch (RejectedRequestException e) when (!context.Response.HasStarted)
        {
            await ApiEndpoints.RejectAsync(context, StatusCodes.Status409Conflict, e.Message);
        }
        catch (IOException e) when (!context.Response.HasStarted)
        {
            await ApiEndpoints.RejectAsync(context, StatusCodes.Status500InternalServerError, e.Message);
        }
    }
}
