using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Recipients;

/// <summary>
/// Which organisation is behind a host: by the longest domain suffix that <c>recipients.yaml</c> knows, else by the organisation in the server's
/// certificate, the registrable domain, the autonomous system's name, the address. Thread-safe.
/// </summary>
public sealed class RecipientDirectory
{
    private const string FileName = "recipients.yaml";

    // Emptied when full: a capture names some thousand hosts, a hostile one as many as it likes.
    private const int MaxCached = 10_000;

    private readonly FrozenDictionary<string, RecipientEntry> _bySuffix;
    private readonly FrozenSet<string> _carriers;
    private readonly FrozenDictionary<string, RecipientEntry> _byName;
    private readonly FrozenDictionary<string, RecipientEntry> _byNetwork;
    private readonly ConcurrentDictionary<string, Known> _hosts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Host, string Sha256), string?> _certificates = new();

    private RecipientDirectory(ImmutableArray<RecipientEntry> entries, string sha256)
    {
        Sha256 = sha256;
        Entries = entries;
        _bySuffix = entries.SelectMany(entry => entry.Suffixes.Select(suffix => (suffix, entry)))
            .ToFrozenDictionary(pair => pair.suffix, pair => pair.entry, StringComparer.Ordinal);
        _byName = entries.DistinctBy(entry => entry.Organisation).ToFrozenDictionary(entry => entry.Organisation, StringComparer.Ordinal);
        _byNetwork = entries.SelectMany(entry => entry.Networks.Select(network => (network, entry)))
            .DistinctBy(pair => pair.network)
            .ToFrozenDictionary(pair => pair.network, pair => pair.entry, StringComparer.Ordinal);
        _carriers = entries.Where(entry => entry.Role is "cdn" or "cloud")
            .SelectMany(entry => new[] { entry.Organisation, entry.LegalEntity })
            .OfType<string>()
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public string Sha256 { get; }

    /// <summary>Every organisation in the directory.</summary>
    public IReadOnlyList<RecipientEntry> Entries { get; }

    /// <summary>The embedded directory, or the <c>recipients.yaml</c> of a folder (which may be null or missing) in its place.</summary>
    /// <exception cref="RecipientFileException">The folder's file can't be used.</exception>
    public static RecipientDirectory Load(string? folder)
    {
        var path = folder is null ? null : Path.Combine(folder, FileName);
        try
        {
            using var data = path is not null && File.Exists(path) ? File.OpenRead(path) : EmbeddedData.Open(FileName);
            var entries = RecipientFile.Read(data, FileName);
            data.Position = 0;
            return new RecipientDirectory(entries, Convert.ToHexStringLower(SHA256.HashData(data)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecipientFileException($"{FileName} can't be read: check the disk and the file's permissions", e);
        }
    }

    /// <summary>The directory's row for a host; null when no suffix of it is known, or it is an address.</summary>
    public RecipientMatch? Match(string host) =>
        HostName.Parse(host) is { IsAddress: false } name ? Lookup(name.Text).Match : null;

    /// <summary>
    /// The organisation behind a host. A server that was reached by its address counts under the name in its SNI, if it was given one. Certificates
    /// of content delivery and cloud companies name the carrier and are passed over.
    /// </summary>
    /// <param name="host">A name in any case, with or without a trailing dot, IDN in either form; or an IP address.</param>
    /// <param name="metadata">The flow, for its certificate and the CNAMEs that its host led to; may be null.</param>
    /// <param name="lookup">The look-up of the address that was connected to; may be null.</param>
    public Recipient Find(string host, FlowMetadata? metadata, AddressLookup? lookup)
    {
        var owner = FindOwner(host, metadata, lookup);
        return owner with { Cloaks = FindCloaked(host, metadata?.Resolution)?.Organisation, Carrier = FindCarrier(owner, lookup?.Network) };
    }

    /// <summary>The first name that a host led to (CNAME) that is a tracker's; none where the host's own organisation, or one of its group, is that tracker.</summary>
    public CloakedTracker? FindCloaked(string host, NameResolution? resolution)
    {
        if (resolution is null or { Names: [] })
        {
            return null;
        }

        var owner = Match(host)?.Entry;
        return resolution.Names.Select(name => Match(name)?.Entry is { IsTracker: true } tracker && !IsOf(tracker) ? new CloakedTracker(tracker.Organisation, name) : null)
            .FirstOrDefault(tracker => tracker is not null);

        bool IsOf(RecipientEntry tracker) =>
            owner is not null && (owner.Organisation == tracker.Organisation || (owner.Group is not null && owner.Group == tracker.Group));
    }

    /// <summary>The network that carries the data, where it is not the recipient's own group's.</summary>
    private string? FindCarrier(Recipient recipient, string? network)
    {
        if (network is null)
        {
            return null;
        }

        var isOwn = _byNetwork.TryGetValue(network, out var carrier)
            && (carrier.Organisation == recipient.Name || (carrier.Group is { } group && group == _byName.GetValueOrDefault(recipient.Name)?.Group));
        return isOwn ? null : network;
    }

    private Recipient FindOwner(string host, FlowMetadata? metadata, AddressLookup? lookup)
    {
        var name = HostName.Parse(host);
        if (name is not { IsAddress: false } && HostName.Parse(metadata?.Upstream?.Tls?.ServerName) is { IsAddress: false } sni)
        {
            name = sni;
        }

        var known = name is { IsAddress: false } ? Lookup(name.Value.Text) : default;
        if (known.Match is { Entry: var entry })
        {
            return new Recipient(entry.Organisation, entry.Country, "directory", GroupCountry: entry.GroupCountry);
        }

        if (name is not null && FindInCertificate(metadata, name.Value.Text) is { } organization)
        {
            return new Recipient(organization, Country: null, "certificate");
        }

        if (known.Domain is { } domain)
        {
            return new Recipient(domain, Country: null, "domain");
        }

        return string.IsNullOrWhiteSpace(lookup?.AsOrganization)
            ? new Recipient(lookup?.Address ?? metadata?.Upstream?.Address ?? name?.Text ?? host, Country: null, "address")
            : new Recipient(lookup.AsOrganization, Country: null, "as_organization");
    }

    private Known Lookup(string host) => Cached(_hosts, host, Look);

    private Known Look(string host)
    {
        for (var suffix = host; ;)
        {
            if (_bySuffix.TryGetValue(suffix, out var entry))
            {
                return new Known(new RecipientMatch(entry, suffix), Domain: null);
            }

            var dot = suffix.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0)
            {
                return new Known(Match: null, PublicSuffixes.Embedded.Value.FindRegistrableDomain(host));
            }

            suffix = suffix[(dot + 1)..];
        }
    }

    private string? FindInCertificate(FlowMetadata? metadata, string host)
    {
        if (metadata?.Upstream?.Tls is not { Certificates: { IsDefaultOrEmpty: false } certificates })
        {
            return null;
        }

        var der = certificates[0];
        var name = Cached(_certificates, (host, Convert.ToHexStringLower(SHA256.HashData(der))), _ => CertificateOrganization.Find(der, host));
        return name is null || _carriers.Contains(name) ? null : name;
    }

    private static TValue Cached<TKey, TValue>(ConcurrentDictionary<TKey, TValue> cache, TKey key, Func<TKey, TValue> find)
        where TKey : notnull
    {
        if (cache.TryGetValue(key, out var value))
        {
            return value;
        }

        if (cache.Count >= MaxCached)
        {
            cache.Clear();
        }

        return cache[key] = find(key);
    }

    private readonly record struct Known(RecipientMatch? Match, string? Domain);
}
