using TrafficAudit.Evidence.Imports;
using TrafficAudit.Evidence.Warc;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.WebArchives;

/// <summary>
/// Gives <c>revisit</c> records (ISO 28500, section 6.7) the bodies that they say were the same. The file is read twice: first for what revisits refer
/// to, then for the flows, when the bodies that will be wanted again are kept in the spool folder. So the memory holds names alone.
/// </summary>
/// <param name="spoolFolder">Where the bodies lie meanwhile.</param>
internal sealed class Revisits(string spoolFolder) : IDisposable
{
    private const int MaxNames = 1_000_000;
    private const int MaxBodies = 100_000;
    private const long MaxBytes = 4L << 30;

    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SpooledBody> _kept = new(StringComparer.Ordinal);
    private readonly List<SpooledBody> _bodies = [];
    private long _bytes;

    /// <summary>Whether a revisit says that the body passed again; after 304 (<c>server-not-modified</c>) none did.</summary>
    public static bool HasBody(ArchivedRecord revisit) =>
        revisit["WARC-Profile"]?.EndsWith("server-not-modified", StringComparison.OrdinalIgnoreCase) != true;

    /// <summary>Notes what a revisit refers to.</summary>
    public void Want(ArchivedRecord revisit)
    {
        if (_wanted.Count < MaxNames && HasBody(revisit))
        {
            _wanted.UnionWith(NamesWanted(revisit));
        }
    }

    /// <summary>Keeps the body of a response that will be wanted.</summary>
    public void Offer(ArchivedMessage response, CancellationToken cancellation)
    {
        var names = Names(response.Record).Where(n => _wanted.Contains(n) && !_kept.ContainsKey(n)).ToList();
        if (names.Count == 0 || _bodies.Count == MaxBodies || _bytes + response.Body.Kept.Length > MaxBytes)
        {
            return;
        }

        using var content = response.Body.Kept.OpenRead();
        var copy = SpooledBody.Read(content, spoolFolder, cancellation, memoryBytes: 0);
        _bodies.Add(copy);
        _bytes += copy.Kept.Length;
        names.ForEach(n => _kept[n] = copy);
    }

    /// <summary>The revisit with the body that it refers to, where that was kept.</summary>
    public ArchivedMessage Resolve(ArchivedMessage revisit, CancellationToken cancellation)
    {
        if (!HasBody(revisit.Record))
        {
            return revisit;
        }

        var original = NamesWanted(revisit.Record).Select(n => _kept.GetValueOrDefault(n)).FirstOrDefault(b => b is not null);
        if (original is null)
        {
            return revisit with { IsWhole = false, Notes = [FlowNote.RevisitUnresolved] };
        }

        revisit.Body.Dispose();
        using var content = original.Kept.OpenRead();
        return revisit with { Body = SpooledBody.Read(content, spoolFolder, cancellation), IsWhole = true, Notes = [FlowNote.RevisitResolved] };
    }

    public void Dispose() => _bodies.ForEach(b => b.Dispose());

    /// <summary>The most certain first: a record's id, then target and time, then the payload's digest.</summary>
    private static IEnumerable<string> NamesWanted(ArchivedRecord revisit)
    {
        if (revisit["WARC-Refers-To"] is { } id)
        {
            yield return $"id {id}";
        }

        if (revisit["WARC-Refers-To-Target-URI"] is { } uri && revisit["WARC-Refers-To-Date"] is { } date)
        {
            yield return $"at {date} {uri}";
        }

        if (revisit[WarcHeaders.PayloadDigest] is { } digest)
        {
            yield return $"payload {digest}";
        }
    }

    private static IEnumerable<string> Names(ArchivedRecord record)
    {
        yield return $"id {record.Id}";
        yield return $"at {record.Date} {record.TargetUri}";
        if (record[WarcHeaders.PayloadDigest] is { } digest)
        {
            yield return $"payload {digest}";
        }
    }
}
