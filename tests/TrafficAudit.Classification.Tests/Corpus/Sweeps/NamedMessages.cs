using TrafficAudit.Classification.Tests.Corpus.Carriers;
using TrafficAudit.Classification.Tests.Corpus.Values;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Sweeps;

/// <summary>Values that are nobody's known ones: every item under every key of it.</summary>
internal sealed class NamedMessages(Chance chance)
{
    private static readonly IReadOnlyList<Carrier> Carriers = [.. TextCarriers.All.Concat(BinaryCarriers.All).Where(carrier => carrier.Keys != CarriedKeys.None)];

    // Of behaviour, a phone's state and what lies on it an app tells; an answer with a bare model, language or goods number speaks of things.
    private static readonly IReadOnlyList<Carrier> Reports = [.. Carriers.Where(carrier => carrier.Name is not ("json-response" or "socket-received"))];

    private int _next;

    public IEnumerable<LabelledMessage> All() =>
    [
        .. PersonItems.Checked.Concat(PersonItems.Named).Concat(DeviceItems.Identifiers).SelectMany(item => UnderEachKey(item, Carriers)),
        .. PersonItems.Content.Concat(DeviceItems.States).Concat(DeviceItems.Behaviour).SelectMany(item => UnderEachKey(item, Reports)),
    ];

    private IEnumerable<LabelledMessage> UnderEachKey(ItemCase item, IReadOnlyList<Carrier> carriers)
    {
        foreach (var key in item.Keys)
        {
            while (!carriers[_next % carriers.Count].Shows(key.Replace('-', '_')))
            {
                _next++;
            }

            yield return carriers[_next++ % carriers.Count].Carry(chance, key, item.Make(chance));
        }
    }
}
