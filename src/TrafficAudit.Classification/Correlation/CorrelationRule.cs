using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Correlation;

/// <summary>What the values at a place are.</summary>
internal enum PlaceKind
{
    /// <summary>The same on all devices.</summary>
    Constant,

    /// <summary>Stays on a device.</summary>
    OfDevice,

    /// <summary>Stays on a device until the app is installed anew.</summary>
    OfInstallation,
}

/// <summary>
/// The rule (<c>README.md</c> beside it says why): a value identifies what it stays with, over launches, and where all others have another. Whatever else
/// could make it look so must be excluded by what was recorded, or keeps it from being certain.
/// </summary>
internal sealed class CorrelationRule
{
    /// <summary>Characters of the longest digest in hex (SHA-512): what is longer was put together of several things.</summary>
    private const int LongestDigest = 128;

    private readonly ImmutableArray<Launch> _launches;
    private readonly SessionFacts[] _facts;
    private readonly int[] _installations;
    private readonly bool[] _isAfterReinstall;

    public CorrelationRule(ImmutableArray<Launch> launches, IReadOnlyDictionary<string, SessionFacts> sessions)
    {
        _launches = launches;
        _facts = [.. launches.Select(l => sessions.GetValueOrDefault(l.Session) ?? SessionFacts.None)];
        _installations = new int[launches.Length];
        _isAfterReinstall = new bool[launches.Length];

        // Where a phase says when, the scenario's name does not say it again.
        var split = launches.Where(l => l.IsAfterReinstall).Select(l => (l.Device, l.Session)).ToHashSet();
        foreach (var device in Enumerable.Range(0, launches.Length).GroupBy(i => launches[i].Device, StringComparer.Ordinal))
        {
            var installation = 0;
            foreach (var i in device.OrderBy(i => launches[i].First))
            {
                _isAfterReinstall[i] = split.Contains((launches[i].Device, launches[i].Session))
                    ? launches[i].IsAfterReinstall
                    : SessionFacts.IsReinstall(_facts[i].Scenario);
                installation += _isAfterReinstall[i] ? 1 : 0;
                _installations[i] = installation;
            }
        }
    }

    /// <summary>What the values of a place are; null for nothing to speak of.</summary>
    public (PlaceKind Kind, CorrelatedPlace Place)? Judge(UInt128 digest, PlaceHistory history)
    {
        // 1. What does each value stay with?
        var holders = new List<Holder>();
        var kind = PlaceKind.OfDevice;
        foreach (var device in history.Sightings.GroupBy(s => _launches[s.Launch].Device, StringComparer.Ordinal))
        {
            if (!TryHold(device.Key, [.. device.OrderBy(s => s.First)], holders, ref kind))
            {
                return null;
            }
        }

        // 2. Has each its own?
        var values = holders.Select(h => h.Value).Distinct().Count();
        var devices = holders.Select(h => h.Device).Distinct(StringComparer.Ordinal).Count();
        if (values == 1 && devices > 1)
        {
            // Two devices may have a short value in common by chance: that one is no constant either.
            return history.IsGenerated ? (PlaceKind.Constant, Place(digest, history, holders, PlaceKind.Constant, Strength.F, [])) : null;
        }

        // 3. Was any seen to stay? A value that two devices share identifies neither.
        if (values < holders.Count || !holders.Exists(h => h.Sightings.Count > 1))
        {
            return null;
        }

        // 4. What else could make it look so?
        var doubts = Doubts(history, holders, devices, kind);
        var strength = doubts.Exists(d => d.IsDecisive()) ? Strength.F : doubts.Count > 0 ? Strength.D : Strength.C;
        return (kind, Place(digest, history, holders, kind, strength, doubts));
    }

    /// <summary>Whether a device's value changes with its installations at most; then who holds which.</summary>
    private bool TryHold(string device, List<Sighting> sightings, List<Holder> holders, ref PlaceKind kind)
    {
        if (sightings.TrueForAll(s => s.Value == sightings[0].Value))
        {
            holders.Add(new Holder(device, sightings[0].Value, sightings));
            return true;
        }

        var installations = sightings.GroupBy(s => _installations[s.Launch]).ToList();
        if (installations.Exists(i => i.DistinctBy(s => s.Value).Count() > 1)
            || installations.Select(i => i.First().Value).Distinct().Count() < installations.Count)
        {
            return false;
        }

        kind = PlaceKind.OfInstallation;
        holders.AddRange(installations.Select(i => new Holder(device, i.First().Value, [.. i])));
        return true;
    }

    private List<CorrelationDoubt> Doubts(PlaceHistory history, List<Holder> holders, int devices, PlaceKind kind)
    {
        var repeated = holders.Where(h => h.Sightings.Count > 1).ToList();
        var repeatedDevices = repeated.Select(h => h.Device).Distinct(StringComparer.Ordinal).Count();
        var doubts = new List<CorrelationDoubt>();
        if (devices == 1)
        {
            doubts.Add(CorrelationDoubt.OneDevice);
        }
        else
        {
            if (repeatedDevices == 1)
            {
                doubts.Add(CorrelationDoubt.OneDeviceRepeated);
            }

            if (!repeated.Exists(a => holders.Exists(b => IsBetween(a, b))))
            {
                doubts.Add(CorrelationDoubt.NotInterleaved);
            }

            var compared = repeatedDevices == 1 ? holders : repeated;
            AddIf(doubts, Agreement(compared, f => f.AppVersion), CorrelationDoubt.OtherAppVersion, CorrelationDoubt.AppVersionNotNoted);
            AddIf(doubts, Agreement(compared, f => f.Persona), CorrelationDoubt.OtherPersona, CorrelationDoubt.PersonaNotNoted);
            AddIf(doubts, Agreement(compared, f => f.Scenario), CorrelationDoubt.OtherScenario, notNoted: null);
        }

        if (!history.IsGenerated)
        {
            doubts.Add(CorrelationDoubt.Short);
        }

        if (kind == PlaceKind.OfInstallation)
        {
            doubts.Add(CorrelationDoubt.ChangedByReinstall);
        }
        else if (!holders.Exists(Outlived))
        {
            doubts.Add(CorrelationDoubt.NoReinstall);
        }

        doubts.Sort();
        return doubts;
    }

    /// <summary>
    /// Whether the other device's value was seen while the first one's was: what changes with the time alone would have to change to and fro between them.
    /// </summary>
    private static bool IsBetween(Holder a, Holder b) =>
        a.Device != b.Device && b.Sightings.Exists(s => (s.First > a.First && s.First < a.Last) || (s.Last > a.First && s.Last < a.Last));

    /// <summary>Whether two devices had something in common and different values all the same; null when it was not noted for both.</summary>
    private bool? Agreement(List<Holder> holders, Func<SessionFacts, string?> fact)
    {
        var noted = holders.GroupBy(h => h.Device, StringComparer.Ordinal)
            .Select(d => d.SelectMany(h => h.Sightings).Select(s => fact(_facts[s.Launch])).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase))
            .Where(facts => facts.Count > 0)
            .ToList();
        return noted.Exists(a => noted.Exists(b => a != b && a.Overlaps(b))) ? true : noted.Count > 1 ? false : null;
    }

    private static void AddIf(List<CorrelationDoubt> doubts, bool? agrees, CorrelationDoubt contradicted, CorrelationDoubt? notNoted)
    {
        if (agrees == false)
        {
            doubts.Add(contradicted);
        }
        else if (agrees is null && notNoted is { } doubt)
        {
            doubts.Add(doubt);
        }
    }

    private bool Outlived(Holder holder) => holder.Sightings.Select(s => _installations[s.Launch]).Distinct().Skip(1).Any();

    private CorrelatedPlace Place(
        UInt128 digest, PlaceHistory history, List<Holder> holders, PlaceKind kind, Strength strength, IReadOnlyList<CorrelationDoubt> doubts)
    {
        var place = new CorrelatedPlace
        {
            Place = history.Place,
            Item = kind == PlaceKind.Constant ? "" : ItemOf(history, isOfDevice: kind == PlaceKind.OfDevice && holders.Exists(Outlived)),
            Strength = strength,
            Doubts = [.. doubts],
            Values = [.. holders.OrderBy(h => h.First).Select(Evidence)],
            Reason = "",
            Digest = digest,
        };
        return place with { Reason = CorrelationReason.Of(place) };
    }

    /// <summary>
    /// No more than is proven: what was not seen to outlive a re-install may be the installation's. A digest can't be told from an identifier; what is longer
    /// than any was put together.
    /// </summary>
    private static string ItemOf(PlaceHistory history, bool isOfDevice) =>
        history.Place.Part == MessagePart.Cookie ? "web_id_cookie"
        : !isOfDevice ? "install_id"
        : history.Length > LongestDigest ? "device_fingerprint"
        : "vendor_device_id";

    private ValueEvidence Evidence(Holder holder) => new(
        holder.Device,
        holder.Sightings.Select(s => _facts[s.Launch].DeviceName).OfType<string>().FirstOrDefault() ?? holder.Device,
        holder.Sightings[0].Shown,
        Outlived(holder),
        [.. holder.Sightings.Select(s => new LaunchEvidence(_launches[s.Launch].Session, _isAfterReinstall[s.Launch], s.FirstFlow, s.Flows))]);

    /// <summary>A device, or one installation on it, with its value.</summary>
    private sealed record Holder(string Device, UInt128 Value, List<Sighting> Sightings)
    {
        public DateTimeOffset First { get; } = Sightings.Min(s => s.First);

        public DateTimeOffset Last { get; } = Sightings.Max(s => s.Last);
    }
}
