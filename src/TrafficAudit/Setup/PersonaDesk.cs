using System.Text.Json;
using System.Text.Json.Nodes;
using TrafficAudit.Classification.Personas;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Model;
using TrafficAudit.Pipeline;
using TrafficAudit.Review;
using TrafficAudit.Review.Doors;
using TrafficAudit.Review.Setup;
using TrafficAudit.Running;

namespace TrafficAudit.Setup;

/// <summary>The personas of a case, as investigators see and save them on the review page and by the API.</summary>
/// <param name="read">Reads those of the case; called once, when somebody first asks.</param>
/// <param name="journal">Notes something in the case; completes when it is on the disk.</param>
/// <param name="use">Told of one persona with the values of all when another is saved.</param>
internal sealed class PersonaDesk(
    Func<IReadOnlyList<Persona>> read, Func<string, JsonNode, CancellationToken, Task> journal, Action<Persona> use) : IPersonaDesk, IDisposable
{
    private const int LongestName = 100;

    // Each version is a journal record, and the values of all are searched for.
    private const int MostVersions = 1_000;

    private readonly SemaphoreSlim _turn = new(1);

    // Replaced whole, under the turn.
    private volatile IReadOnlyList<Persona>? _known;
    private Task<IReadOnlyList<Persona>>? _reading;

    public async ValueTask<IReadOnlyList<PersonaRow>> ListAsync(CancellationToken cancellation) =>
    [
        .. (await KnownAsync(cancellation)).GroupBy(p => p.Name, StringComparer.Ordinal).Select(versions => new PersonaRow(
            versions.Key,
            [.. versions.Last().Values.GroupBy(v => v.Item, StringComparer.Ordinal).Select(v => new PersonaItems(v.Key, v.Count()))],
            versions.Count())),
    ];

    public async Task<Persona> RevealAsync(Person person, string name, CancellationToken cancellation)
    {
        ThrowIfRefused(person);
        var persona = (await KnownAsync(cancellation)).LastOrDefault(p => p.Name == name) ?? throw new RejectedRequestException("The case has no persona of this name.");
        await NoteAsync(JournalKinds.Revealed, RevealedNote.Of(person, new Revealing("persona") { Persona = name }), cancellation);
        return persona;
    }

    public async Task<bool> SaveAsync(Person person, Persona persona, CancellationToken cancellation)
    {
        ThrowIfRefused(person);
        var saved = Checked(persona);
        var known = await KnownAsync(cancellation);
        await _turn.WaitAsync(cancellation);
        try
        {
            known = _known ?? known;
            if (known.LastOrDefault(p => p.Name == saved.Name) is { } newest && newest.Values.SequenceEqual(saved.Values))
            {
                return false;
            }

            if (known.Count >= MostVersions)
            {
                throw new RejectedRequestException($"A case has {MostVersions} versions of personas at most.");
            }

            var record = JsonSerializer.SerializeToNode(saved, ModelJson.Default.Persona)!.AsObject();
            record["by"] = person.Name;
            await NoteAsync(JournalKinds.Persona, record, cancellation);
            _known = [.. known, saved];
            use(CasePersonas.Union(_known));
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>As a file of it is checked, so that what the page takes the commands take, too.</summary>
    private static Persona Checked(Persona persona)
    {
        var name = persona.Name.Trim();
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
        {
            throw new RejectedRequestException($"A persona's name has 1 to {LongestName} characters, none of them a control character.");
        }

        if (persona.Values.IsDefaultOrEmpty)
        {
            throw new RejectedRequestException("A persona has one value at least.");
        }

        try
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(persona with { Name = name }, ModelJson.Default.Persona);
            return PersonaFile.Of(json, "persona");
        }
        catch (PersonaFileException e)
        {
            throw new RejectedRequestException(e.Message, e);
        }
    }

    private static void ThrowIfRefused(Person person)
    {
        if (!person.MaySetUp)
        {
            throw new RejectedRequestException("Personas are seen and saved by investigators only.");
        }
    }

    private async ValueTask<IReadOnlyList<Persona>> KnownAsync(CancellationToken cancellation)
    {
        if (_known is { } known)
        {
            return known;
        }

        await _turn.WaitAsync(cancellation);
        try
        {
            if (_reading is null or { IsFaulted: true })
            {
                _reading = Task.Run(read, CancellationToken.None);
            }

            // It goes on when whoever asked has left: the next one takes it over.
            return _known ??= await _reading.WaitAsync(cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CaseException)
        {
            throw new RejectedRequestException($"The personas of the case can't be read: {e.Message}", e);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task NoteAsync(string kind, JsonNode content, CancellationToken cancellation)
    {
        try
        {
            // What was handed to the journal can't be taken back: whoever leaves now does not keep it from counting.
            cancellation.ThrowIfCancellationRequested();
            await journal(kind, content, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CaseException)
        {
            throw new RejectedRequestException($"The journal can't be written, and without it nothing is shown or saved: {e.Message}", e);
        }
    }
}
