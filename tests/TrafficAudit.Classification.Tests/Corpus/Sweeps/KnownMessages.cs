using System.Globalization;
using TrafficAudit.Classification.Tests.Corpus.Carriers;
using TrafficAudit.Classification.Tests.Corpus.Values;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Sweeps;

/// <summary>The persona's values in every form, digest, encoding and carrier.</summary>
internal sealed class KnownMessages(Chance chance)
{
    private static readonly IReadOnlyList<Carrier> Carriers = [.. TextCarriers.All, .. BinaryCarriers.All];

    // Those in which a value is a field of its own: in a running text only what is written plainly is found.
    private static readonly IReadOnlyList<Carrier> Documents = [.. Carriers.Where(carrier => carrier.Name != "text")];

    private int _next;

    public IEnumerable<LabelledMessage> All() => [.. Plain(), .. Digests(), .. Named(), .. InEachCarrier(), .. Encoded(), .. InCharsets(), .. Numbers()];

    // Every form twice: under a key that says nothing, and under one of the item's.
    private IEnumerable<LabelledMessage> Plain() => KnownForms.Rare.SelectMany(value => new[]
    {
        Next(chance.Of(ItemKeys.Neutral), value, Carriers),
        Next(chance.Of(ItemKeys.Of(value.Places[0].Mark.Item)), value, Carriers, needsKey: true),
    });

    private IEnumerable<LabelledMessage> Digests() => KnownDigests.Rare.Select(value => Next(chance.Of(ItemKeys.Neutral), value, Carriers));

    private IEnumerable<LabelledMessage> Named() => KnownForms.ByKey.Concat(KnownDigests.ByKey).Select(known => Next(known.Key, known.Value, Carriers, needsKey: true));

    private IEnumerable<LabelledMessage> InEachCarrier() => Carriers.SelectMany(carrier => new[] { "email", "phone", "name", "gaid" }.Select(item =>
        carrier.Carry(chance, chance.Of(ItemKeys.Neutral), Any(item))));

    // In documents, as apps do it, and by themselves.
    private IEnumerable<LabelledMessage> Encoded() => Wrapping.All.SelectMany(wrapping => new[] { "email", "phone", "name", "postal_address", "user_id", "gaid" }.Select((item, i) =>
        Next(chance.Of(ItemKeys.Neutral), wrapping.Encode(wrapping.OnlyDocuments || i % 2 == 0 ? Surroundings.Flat(chance, chance.Of(ItemKeys.Neutral), Any(item)).ToJson() : Any(item)), Documents)));

    private IEnumerable<LabelledMessage> InCharsets()
    {
        foreach (var item in new[] { "name", "postal_address", "device_name" })
        {
            foreach (var carrier in CharsetCarriers.Korean)
            {
                yield return carrier.Carry(chance, chance.Of(ItemKeys.Neutral), Value.Of(item, Korean(item), Evidence.Known));
            }
        }

        foreach (var carrier in CharsetCarriers.Chinese)
        {
            yield return carrier.Carry(chance, "q1", Value.Of("name", $"请送到{CorpusPersona.ChineseName}先生收", Evidence.Known));
        }

        foreach (var carrier in CharsetCarriers.Any)
        {
            yield return carrier.Carry(chance, "x1", Value.Of("name", CorpusPersona.EnglishName, Evidence.Known));
            yield return carrier.Carry(chance, "x1", Any("email"));
            yield return carrier.Carry(chance, "x1", Any("phone"));
        }
    }

    // What binary formats write as numbers.
    private IEnumerable<LabelledMessage> Numbers()
    {
        foreach (var (key, item, number) in new (string, string, decimal)[]
        {
            ("phone", "phone", 821000004821), ("mobile", "phone", 1000004821), ("jumin", "rrn", Number(CorpusPersona.Rrn)), ("imei", "imei", Number(CorpusPersona.Imei)),
        })
        {
            foreach (var carrier in Carriers.Where(carrier => carrier.Name is "json" or "msgpack" or "cbor" or "bplist" || (carrier.Name is "protobuf" && number > 10_000_000_000)))
            {
                yield return carrier.Carry(chance, key, Value.Of(item, number, number < 10_000_000_000 ? Evidence.KnownByKey : Evidence.Known));
            }
        }
    }

    private static decimal Number(string text) => decimal.Parse(text.Replace("-", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    private static string Korean(string item) => item switch
    {
        "name" => CorpusPersona.Name,
        "postal_address" => CorpusPersona.Street,
        _ => CorpusPersona.DeviceName,
    };

    private Value Any(string item) => chance.Of([.. KnownForms.Rare.Where(value => value.Places[0].Mark.Item == item)]);

    private LabelledMessage Next(string key, Value value, IReadOnlyList<Carrier> carriers, bool needsKey = false)
    {
        while (needsKey && !carriers[_next % carriers.Count].Shows(key))
        {
            _next++;
        }

        return carriers[_next++ % carriers.Count].Carry(chance, key, value);
    }
}
