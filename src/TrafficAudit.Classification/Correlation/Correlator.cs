using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Correlation;

/// <summary>
/// Watches which values stay the same on one device over its launches and differ between devices. Flows go in, in any order; what follows from
/// them comes out:
/// <code>
/// flow ─► what the device sent ─► place, shape, digest ─► history of the place ─► rule ─► identifiers, near misses, app constants
/// </code>
/// A place at which a value changes within a launch is forgotten, but for a few bits that keep it out for good. Memory is bounded
/// (<see cref="CorrelationLimits"/>). One thread at a time.
/// </summary>
/// <param name="launches">Which flow belongs to which launch.</param>
/// <param name="limits">The bounds; null for the defaults.</param>
public sealed class Correlator(LaunchMap launches, CorrelationLimits? limits = null)
{
    private const int KeyBytes = 32;

    private readonly CorrelationLimits _limits = limits ?? CorrelationLimits.Default;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(KeyBytes);
    private readonly PlaceReader _places = new();
    private readonly VariedPlaces _varied = new();
    private readonly Dictionary<UInt128, PlaceHistory> _followed = [];
    private int _sightings;
    private int _begun;
    private long _changing;
    private long _notFollowed;

    /// <summary>Takes note of what a flow's device sent. Flows to hosts that are not compared, and of no launch, are passed over.</summary>
    /// <exception cref="IOException">The file that holds a body or messages can't be read.</exception>
    public void Observe(FlowRecord flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var launch = launches.IndexOf(flow.Metadata);
        if (launch < 0 || !launches.IsCompared(flow.Metadata.Host))
        {
            return;
        }

        _places.Begin(flow);
        _begun = 0;
        foreach (var value in PlacedValue.Of(flow))
        {
            var place = _places.DigestOf(value.Field);
            if (!_varied.Contains(place))
            {
                Observe(flow.Metadata, launch, place, value.Field);
            }
        }
    }

    /// <summary>What follows from the flows so far.</summary>
    /// <param name="sessions">What is known of the sessions, by their ids.</param>
    public CorrelationResult Judge(IReadOnlyDictionary<string, SessionFacts> sessions)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        var rule = new CorrelationRule(launches.Launches, sessions);
        var (identifiers, nearMisses, constants) = (new List<CorrelatedPlace>(), new List<CorrelatedPlace>(), new List<CorrelatedPlace>());
        var unlisted = 0L;
        foreach (var (digest, history) in _followed)
        {
            if (rule.Judge(digest, history) is var (kind, place))
            {
                var list = kind switch { PlaceKind.Constant => constants, _ when place.Strength == Strength.F => nearMisses, _ => identifiers };
                if (list == identifiers || list.Count < _limits.Listed)
                {
                    list.Add(place);
                }
                else
                {
                    unlisted++;
                }
            }
        }

        return new CorrelationResult
        {
            Identifiers = InOrder(identifiers),
            NearMisses = InOrder(nearMisses),
            Constants = InOrder(constants),
            Unlisted = unlisted,
            Devices = launches.Devices.Length,
            Launches = launches.Count,
            Changing = _changing,
            NotFollowed = _notFollowed,
        };
    }

    private static ImmutableArray<CorrelatedPlace> InOrder(List<CorrelatedPlace> places) =>
        [.. places.OrderBy(p => p.Place.Host, StringComparer.Ordinal).ThenBy(p => p.Place.ToString(), StringComparer.Ordinal)];

    private void Observe(FlowMetadata flow, int launch, UInt128 place, Field field)
    {
        switch (ShapeReader.Of(field, flow.Started))
        {
            case ValueShape.Nothing:
                break;
            case ValueShape.Plain:
                // Also for a place where something generated stood before: that was no identifier then.
                Forget(place);
                break;
            case var shape:
                Follow(flow, launch, place, field, shape);
                break;
        }
    }

    private void Follow(FlowMetadata flow, int launch, UInt128 place, Field field, ValueShape shape)
    {
        if (!_followed.TryGetValue(place, out var history))
        {
            if (_followed.Count >= _limits.Places || _sightings >= _limits.Sightings || _begun++ >= _limits.PlacesOfFlow)
            {
                NotFollow(place);
                return;
            }

            _followed.Add(place, history = new PlaceHistory(_places.NameOf(field)));
        }

        var value = DigestOf(field);
        if (history.Sightings.Find(s => s.Launch == launch) is not { } sighting)
        {
            if (_sightings >= _limits.Sightings)
            {
                Forget(place);
                _notFollowed++;
                return;
            }

            _sightings++;
            history.Sightings.Add(sighting = new Sighting
            {
                Launch = launch, Value = value, Shown = MaskedValue.Of(ValueOf(field)), FirstFlow = flow.Number, First = flow.Started, Last = flow.Started,
            });
        }
        else if (sighting.Value != value)
        {
            _changing++;
            Forget(place);
            return;
        }

        sighting.Note(flow.Number, flow.Started);
        history.IsGenerated &= shape == ValueShape.Generated;
        history.Length = Math.Max(history.Length, field.Text?.Length ?? field.Bytes.Length);
    }

    /// <summary>Never asks for a place again.</summary>
    private void Forget(UInt128 place)
    {
        _varied.Add(place);
        if (_followed.Remove(place, out var history))
        {
            _sightings -= history.Sightings.Count;
        }
    }

    // What was not followed once can't be from then on: it may have changed meanwhile.
    private void NotFollow(UInt128 place)
    {
        _varied.Add(place);
        _notFollowed++;
    }

    internal static string ValueOf(Field field) => field.Text?.Trim() ?? Convert.ToHexStringLower(field.Bytes.Span[..Math.Min(field.Bytes.Length, 512)]);

    private UInt128 DigestOf(Field field)
    {
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (field.Text is null)
        {
            HMACSHA256.HashData(_key, field.Bytes.Span, digest);
        }
        else
        {
            var text = field.Text.AsSpan().Trim();
            var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
            HMACSHA256.HashData(_key, bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)), digest);
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }

        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }
}
