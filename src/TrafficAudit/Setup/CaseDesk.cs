using System.Collections.Immutable;
using System.Text.Json.Nodes;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Geolocation.Jurisdictions;
using TrafficAudit.Geolocation.Recipients;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Pipeline;
using TrafficAudit.Review;
using TrafficAudit.Review.Doors;
using TrafficAudit.Review.Setup;

namespace TrafficAudit.Setup;

/// <summary>What a case says of itself, as investigators change it on the review page and by the API. Filters and results follow at once: they ask it each time.</summary>
/// <param name="folder">The case.</param>
/// <param name="captures">Where cases lie.</param>
/// <param name="index">The case's index.</param>
/// <param name="sources">Which jurisdictions there are.</param>
/// <param name="journal">Notes something in the case; completes when it is on the disk.</param>
/// <param name="seal">Seals the case.</param>
/// <param name="changed">Called after each change; must not wait.</param>
internal sealed class CaseDesk(
    CaseFolder folder, string captures, ICaseIndex index, DataSources sources, Func<string, JsonNode, CancellationToken, Task> journal, Func<CancellationToken, Task> seal,
    Action changed) : ICaseDesk, IDisposable
{
    private const int LongestText = 200;
    private const int MostEntries = 200;

    private readonly SemaphoreSlim _turn = new(1);
    private bool _isToBeSealed;

    public CaseSettings Settings => Of(folder.Info);

    public IReadOnlyList<string> Profiles => [.. JurisdictionProfile.Embedded.Append(folder.Info.Profile).Distinct(StringComparer.Ordinal)];

    public CasePreview Preview(CaseSettings settings)
    {
        var checkedSettings = Checked(settings);
        var (before, after) = (new FirstParties(folder.Info.FirstPartyDomains), new FirstParties(checkedSettings.FirstPartyDomains));
        var hosts = index.Coverage(FlowFilter.None).Hosts.Select(h => h.Host).Where(h => h.Length > 0 && before.Own(h) != after.Own(h)).Order(StringComparer.Ordinal).ToList();
        return new CasePreview(checkedSettings, [.. hosts.Where(after.Own)], [.. hosts.Where(before.Own)]);
    }

    public async Task<bool> ChangeAsync(Person person, CaseSettings settings, CancellationToken cancellation)
    {
        if (!person.MaySetUp)
        {
            throw new RejectedRequestException("What a case says of itself is changed by investigators only.");
        }

        var next = Checked(settings);
        await _turn.WaitAsync(cancellation);
        try
        {
            var (before, after) = (ToJson(Settings), ToJson(next));
            if (JsonNode.DeepEquals(before, after))
            {
                await SealAnewAsync();
                return false;
            }

            // From here on it is not ended half-way, whoever leaves.
            await journal(JournalKinds.CaseChanged, new JsonObject { ["by"] = person.Name, ["before"] = before, ["after"] = after }, CancellationToken.None);
            folder.Change(info => info with { Company = next.Company, AppIds = next.AppIds, FirstPartyDomains = next.FirstPartyDomains, Profile = next.Profile });
            _isToBeSealed = Seal.Newest(folder) is not null;
            changed();
            await SealAnewAsync();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CaseException)
        {
            throw new RejectedRequestException($"The case can't be written: {e.Message}", e);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A sealed case's case.json is not the sealed one after a change; one that could not be sealed then is when somebody tries again.</summary>
    private async Task SealAnewAsync()
    {
        if (!_isToBeSealed)
        {
            return;
        }

        try
        {
            await seal(CancellationToken.None);
            _isToBeSealed = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CaseException)
        {
            throw new RejectedRequestException($"The case is changed, but could not be sealed anew, which 'verify' will say: run 'trafficaudit seal', or send the same again. {e.Message}", e);
        }
    }

    public IReadOnlyList<CaseRow> Cases() => [.. CaseFolder.List(captures, _ => { }).Select(RowOrNull).OfType<CaseRow>()];

    public void Dispose() => _turn.Dispose();

    private static CaseSettings Of(CaseInfo info) => new(info.Company, info.AppIds, info.FirstPartyDomains, info.Profile);

    private static JsonObject ToJson(CaseSettings settings) => new()
    {
        ["company"] = settings.Company,
        ["app_ids"] = Array(settings.AppIds),
        ["first_party_domains"] = Array(settings.FirstPartyDomains),
        ["profile"] = settings.Profile,
    };

    private static JsonArray Array(ImmutableArray<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);

    private static string? Text(string? text, string what) => text?.Trim() is not { Length: > 0 } said ? null
        : said.Length <= LongestText && !said.Any(char.IsControl) ? said
        : throw new RejectedRequestException($"{what} has 1 to {LongestText} characters, none of them a control character.");

    private static string Domain(string text) => OwnedDomain.Of(text.Trim().TrimStart('*', '.'))
        ?? throw new RejectedRequestException(
            $"{(text.Length > 80 ? text[..80] + "…" : text)} is no domain that a company can own: write one as shop.example, no public suffix (co.kr), no address and no link.");

    private static ImmutableArray<string> Entries(ImmutableArray<string> texts, string what, Func<string, string?> entry)
    {
        ImmutableArray<string> all = texts.IsDefault ? [] : [.. texts.Where(t => !string.IsNullOrWhiteSpace(t)).Select(entry).OfType<string>().Distinct(StringComparer.Ordinal)];
        return all.Length <= MostEntries ? all : throw new RejectedRequestException($"A case has {MostEntries} {what} at most.");
    }

    private CaseSettings Checked(CaseSettings settings) => new(
        Text(settings.Company, "The company's name"),
        Entries(settings.AppIds, "ids of apps", a => Text(a, "An app's id")),
        Entries(settings.FirstPartyDomains, "domains", Domain),
        Profile(settings.Profile));

    private string Profile(string? id)
    {
        try
        {
            return sources.ProfileOf(Text(id, "A profile's id") ?? throw new RejectedRequestException("A case is judged by one profile.")).Id;
        }
        catch (JurisdictionFileException e)
        {
            throw new RejectedRequestException(e.Message, e);
        }
    }

    private CaseRow? RowOrNull(CaseFolder one)
    {
        try
        {
            return Row(one);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CaseException)
        {
            // As a case that can't be read: another one's disk is no fault of this page.
            return null;
        }
    }

    private CaseRow Row(CaseFolder one)
    {
        var files = one.Segments.Select(s => new FileInfo(one.SegmentPath(s))).Where(f => f.Exists).ToList();
        return new CaseRow(
            one.Info.Name,
            one.Info.Created,
            files.Count,
            files.Sum(f => f.Length),
            files.Count == 0 ? null : new DateTimeOffset(files.Max(f => f.LastWriteTimeUtc)),
            Seal.Newest(one)?.SealedAt,
            one.IsEncrypted,
            one.Path == folder.Path);
    }
}
