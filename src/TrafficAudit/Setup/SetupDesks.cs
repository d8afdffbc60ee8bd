using System.Text.Json.Nodes;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Index;
using TrafficAudit.Model;
using TrafficAudit.Pipeline;
using TrafficAudit.Review.Setup;

namespace TrafficAudit.Setup;

/// <summary>Everything that is set up on the review page of a case, but for the sessions, which only a recording has.</summary>
internal sealed class SetupDesks : IDisposable
{
    private readonly PersonaDesk _personas;
    private readonly CaseDesk _case;

    /// <param name="folder">The case.</param>
    /// <param name="index">Its index.</param>
    /// <param name="sources">What results rest on.</param>
    /// <param name="authority">The certificate authority.</param>
    /// <param name="places">Where things lie.</param>
    /// <param name="personas">Reads the case's personas; called once, when somebody first asks.</param>
    /// <param name="ways">How changes are carried out.</param>
    /// <param name="rate">How fast the evidence grows; null when nothing is recorded.</param>
    public SetupDesks(
        CaseFolder folder, ICaseIndex index, DataSources sources, CertificateAuthority authority, InstallationPlaces places, Func<IReadOnlyList<Persona>> personas, SetupWays ways,
        GrowthRate? rate = null)
    {
        _personas = new PersonaDesk(personas, ways.Journal, ways.Use);
        _case = new CaseDesk(folder, places.Captures, index, sources, ways.Journal, ways.Seal, ways.Changed);
        Sources = new SetupSources(_personas, _case, new InstallationDesk(folder, sources, authority, places, TimeProvider.System, rate));
    }

    /// <summary>What the review page is given.</summary>
    public SetupSources Sources { get; }

    public void Dispose()
    {
        _personas.Dispose();
        _case.Dispose();
    }
}

/// <summary>How changes to a case are carried out.</summary>
/// <param name="Journal">Notes something in it; completes when it is on the disk.</param>
/// <param name="Seal">Seals it.</param>
/// <param name="Use">Told of one persona with the values of all when another is saved.</param>
/// <param name="Changed">Called after each change; must not wait.</param>
internal sealed record SetupWays(Func<string, JsonNode, CancellationToken, Task> Journal, Func<CancellationToken, Task> Seal, Action<Persona> Use, Action Changed);
