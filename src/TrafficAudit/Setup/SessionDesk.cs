using System.Collections.Immutable;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Capture.Recording;
using TrafficAudit.Model;
using TrafficAudit.Review;
using TrafficAudit.Review.Doors;
using TrafficAudit.Review.Setup;
using TrafficAudit.Running;

namespace TrafficAudit.Setup;

/// <summary>The sessions of a recording, as investigators begin and end them on the review page and by the API.</summary>
/// <param name="journal">The sessions, and what the journal says of them.</param>
/// <param name="pairing">The devices.</param>
/// <param name="personas">The case's personas.</param>
/// <param name="changed">Called after each change; must not wait.</param>
internal sealed class SessionDesk(SessionJournal journal, Pairing pairing, IPersonaDesk personas, Action changed) : ISessionDesk
{
    // Each is a journal record; nobody begins so many by hand.
    private const int MostSessions = 10_000;

    public SessionStart? Later => StartOf(journal.Sessions.Description, null, null);

    public IReadOnlyList<CurrentSession> Current()
    {
        var names = pairing.Devices.ToDictionary(d => d.Id, d => d.Name, StringComparer.Ordinal);
        return
        [
            .. journal.Sessions.Current.Select(s => new CurrentSession(
                s.Id, s.Device, s.Device is null ? null : names.GetValueOrDefault(s.Device), s.Began, s.Phase, StartOf(s.Description, s.Device, s.Phase))),
        ];
    }

    public async Task StartAsync(Person person, SessionStart start, CancellationToken cancellation)
    {
        ThrowIfRefused(person);
        if (journal.Sessions.All.Length >= MostSessions)
        {
            throw new RejectedRequestException($"One recording has {MostSessions} sessions at most; start another.");
        }

        var apps = start.Apps.IsDefault ? [] : start.Apps.Select(a => Text(a, "An app's id")).OfType<string>().ToImmutableArray();
        if (apps.Length > SessionStart.MostApps)
        {
            throw new RejectedRequestException($"A session is of {SessionStart.MostApps} apps at most.");
        }

        var description = new SessionDescription(
            apps, Text(start.AppVersion, "A version"), await PersonaAsync(Text(start.Persona, "A persona's name"), cancellation), Text(start.Scenario, "A scenario"), person.Name);
        var phase = start.Phase is null ? null
            : PhaseLabel.Of(start.Phase) ?? throw new RejectedRequestException($"A phase has 1 to {PhaseLabel.Longest} characters, none of them a control character.");
        if (start.Device is null)
        {
            await journal.BeginAllAsync(description, phase, person.Name);
        }
        else
        {
            var device = DeviceChoice.Of(pairing.Devices, start.Device, d => d.Id, d => d.Name);
            await journal.BeginAsync(device.Id, description, phase, person.Name);
        }

        changed();
    }

    public async Task StopAsync(Person person, string? session, CancellationToken cancellation)
    {
        ThrowIfRefused(person);
        if (session is null)
        {
            await journal.BeginAllAsync(null, null, person.Name);
        }
        else
        {
            var ended = journal.Sessions.Current.FirstOrDefault(s => s.Id == session && s.Description is not null)
                ?? throw new RejectedRequestException("No session of this id goes on.");
            await journal.BeginAsync(ended.Device, null, null, person.Name);
        }

        changed();
    }

    private static SessionStart? StartOf(SessionDescription? of, string? device, string? phase) => of is null ? null : new SessionStart
    {
        Device = device,
        Apps = of.Apps,
        AppVersion = of.AppVersion,
        Persona = of.Persona,
        Scenario = of.Scenario,
        Phase = phase,
    };

    private static string? Text(string? text, string what) => text?.Trim() is not { Length: > 0 } said ? null
        : said.Length <= SessionStart.LongestText && !said.Any(char.IsControl) ? said
        : throw new RejectedRequestException($"{what} has 1 to {SessionStart.LongestText} characters, none of them a control character.");

    private async ValueTask<string?> PersonaAsync(string? name, CancellationToken cancellation) =>
        name is null || (await personas.ListAsync(cancellation)).Any(p => p.Name == name) ? name
        : throw new RejectedRequestException("The case has no persona of this name; save it first.");

    private void ThrowIfRefused(Person person)
    {
        if (!person.MaySetUp)
        {
            throw new RejectedRequestException("Sessions are started and stopped by investigators only.");
        }
    }
}
