using TrafficAudit.Model;
using TrafficAudit.Review.Doors;
using TrafficAudit.Review.Setup;
using TrafficAudit.Testing;

namespace TrafficAudit.Review.Tests;

/// <summary>What an invented lab sets up; everything it calls by name is called <paramref name="name"/>.</summary>
internal sealed class FakeSetup(string name = "invented") : ISessionDesk, IPersonaDesk, ICaseDesk, IInstallationSource
{
    public SetupSources Sources => new(this, this, this) { Sessions = this };

    /// <summary>The personas saved.</summary>
    public List<Persona> Saved { get; } = [new Persona(name, [new PersonaValue("phone", "010-0000-4321"), new PersonaValue("phone", "010-0000-4322")])];

    /// <summary>Who did what, in order.</summary>
    public List<string> Done { get; } = [];

    /// <summary>The last session started; null for none.</summary>
    public SessionStart? Started { get; private set; }

    public SessionStart? Later => new() { Apps = [name], Persona = name, Scenario = name };

    public CaseSettings Settings { get; private set; } = new(name, [name], [name], "kr");

    public IReadOnlyList<string> Profiles => ["kr", name];

    public AuthorityReport Authority { get; } =
        new(name, Some.Time, Some.Time.AddYears(2), new string('a', 64), "-----BEGIN CERTIFICATE-----\n", new byte[] { 0x30 });

    public IReadOnlyList<CurrentSession> Current() =>
    [
        new CurrentSession("s20260102T030405Z-1", "device-1", name, Some.Time, name, Started ?? new SessionStart { Apps = [name], AppVersion = name, Persona = name, Scenario = name }),
        new CurrentSession("s20260102T030405Z-2", null, null, Some.Time, null, null),
    ];

    public Task StartAsync(Person person, SessionStart start, CancellationToken cancellation)
    {
        Started = start;
        Done.Add($"{person.Name} starts {start.Persona}");
        return Task.CompletedTask;
    }

    public Task StopAsync(Person person, string? session, CancellationToken cancellation)
    {
        Done.Add($"{person.Name} stops {session ?? "all"}");
        return Task.CompletedTask;
    }

    public ValueTask<IReadOnlyList<PersonaRow>> ListAsync(CancellationToken cancellation) =>
        new([.. Saved.Select(p => new PersonaRow(p.Name, [.. p.Values.GroupBy(v => v.Item).Select(v => new PersonaItems(v.Key, v.Count()))], 1))]);

    public Task<Persona> RevealAsync(Person person, string name, CancellationToken cancellation)
    {
        Done.Add($"{person.Name} reveals {name}");
        return Task.FromResult(Saved.Find(p => p.Name == name) ?? throw new RejectedRequestException("The case has no persona of this name."));
    }

    public Task<bool> SaveAsync(Person person, Persona persona, CancellationToken cancellation)
    {
        Saved.RemoveAll(p => p.Name == persona.Name);
        Saved.Add(persona);
        return Task.FromResult(true);
    }

    public CasePreview Preview(CaseSettings settings) => new(settings, [name], ["third.example"]);

    public Task<bool> ChangeAsync(Person person, CaseSettings settings, CancellationToken cancellation)
    {
        Settings = settings;
        return Task.FromResult(true);
    }

    public IReadOnlyList<CaseRow> Cases() => [new CaseRow(name, Some.Time, 2, 12_345, Some.Time, null, IsEncrypted: true, IsThis: true)];

    public DataReport Data() => new(
        [new DatabaseReport(name, name, name, "countries", Some.Time, 400, IsOutdated: true, new string('b', 64), name)], [name], [name], new string('c', 64), name, name);

    public StorageReport Storage() => new(
        name, 1_000_000, 2, 1000, 0, 5_000_000, TimeSpan.FromHours(5), new SealReport(1, Some.Time, new string('d', 64), name, 100, 900_000), [new FitnessCheck("disk", "warning", name)]);
}
