using System.Globalization;
using TrafficAudit.Review.Display;
using TrafficAudit.Review.Setup;

namespace TrafficAudit.Review.Pages.Setup;

/// <summary>The sessions: started and stopped while a recording runs, and those before.</summary>
public sealed partial class SessionsPage : SetupPage
{
    private const int MostPast = 500;

    private IReadOnlyList<CurrentSession> _current = [];
    private IReadOnlyList<SessionRow> _past = [];
    private IReadOnlyList<DeviceRow> _devices = [];
    private IReadOnlyList<PersonaRow> _personas = [];

    private string _device = "";
    private string _apps = "";
    private string _version = "";
    private string _persona = "";
    private string _scenario = "";
    private string _phase = "";

    private ISessionDesk? Desk => Parts?.Sessions;

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        _current = Desk?.Current() ?? [];
        _devices = Source.Devices?.List() ?? [];
        var current = _current.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        _past = [.. Source.Sessions().Where(s => !current.Contains(s.Extent.Session)).TakeLast(MostPast).Reverse()];
        _personas = Desk is null || Parts is null ? [] : await Parts.Personas.ListAsync(Leaving);
    }

    private static string Or(string? text) => string.IsNullOrEmpty(text) ? "–" : InertText.Of(text, SessionStart.LongestText);

    private static string FlowsOf(string session) => PageAddress.WithFilter(PageAddress.Flows, FilterText.Term("session", session));

    private static string AppOf(SessionStart of) => $"{string.Join(", ", of.Apps)} {of.AppVersion}".Trim();

    private static string? Said(string text) => text.Trim() is { Length: > 0 } said ? said : null;

    private string NameOf(CurrentSession session) => session.Device is null ? L["devices that are not paired"] : InertText.Of(session.DeviceName ?? session.Device, 60);

    private string Summary(SessionStart of)
    {
        string?[] parts = [AppOf(of), of.Persona, of.Scenario];
        var said = string.Join(", ", parts.Where(p => !string.IsNullOrEmpty(p)));
        return said.Length == 0 ? L["no app, persona or scenario is named"] : InertText.Of(said, SessionStart.LongestText);
    }

    private Task StartAsync() => DoAsync(async () =>
    {
        var start = new SessionStart
        {
            Device = Said(_device),
            Apps = [.. _apps.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            AppVersion = Said(_version),
            Persona = int.TryParse(_persona, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < _personas.Count ? _personas[index].Name : null,
            Scenario = Said(_scenario),
            Phase = Said(_phase),
        };
        await Desk!.StartAsync(Person, start, Leaving);
        return L["Started; it is in the journal."];
    });

    private Task StopAsync(string? session) => DoAsync(async () =>
    {
        await Desk!.StopAsync(Person, session, Leaving);
        return L["Stopped; it is in the journal."];
    });
}
