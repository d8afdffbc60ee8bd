using TrafficAudit.Classification.Tests.Corpus.Carriers;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Traps;

/// <summary>Every trap in many values and documents. None of it is personal data.</summary>
internal sealed class TrapMessages(Chance chance)
{
    private const int OfEach = 10;

    private static readonly Func<Chance, Tree, string, LabelledMessage>[] Answers =
    [
        (chance, tree, name) => Answer(chance).Json(tree).Build(name),
        (chance, tree, name) => Answer(chance).Body("application/json", tree.ToIndentedJson(), "gzip", Pack.Gzip).Build(name),
        (chance, tree, name) => Answer(chance).Body("application/json", tree.ToEscapedJson(), "br", Pack.Brotli).Build(name),
        (chance, tree, name) => Answer(chance).Body("application/msgpack", tree.ToMessagePack()).Build(name),
        (chance, tree, name) => Answer(chance).Json(Tree.Object(Tree.Leaf("ret", "OK"), Tree.Leaf("data", tree.ToJson()))).Build(name),
        (chance, tree, name) => Answer(chance).Body("application/x-protobuf", tree.ToProtobuf()).Build(name),
        (chance, tree, name) => Socket.Received(name, Surroundings.Host(chance), tree.ToJson()),
    ];

    private static readonly Func<Chance, Tree, string, LabelledMessage>[] Reports =
    [
        (chance, tree, name) => Surroundings.Post(chance).Json(tree).Build(name),
        (chance, tree, name) => Surroundings.Get(chance).Query("data", tree.ToJson()).Build(name),
        (chance, tree, name) => Surroundings.Post(chance).Body("application/x-www-form-urlencoded", Tree.Object(Tree.Leaf("d", tree.ToJson().Base64())).ToForm()).Build(name),
        (chance, tree, name) => Surroundings.Post(chance).Body("application/cbor", tree.ToCbor()).Build(name),
        (chance, tree, name) => Surroundings.Post(chance).Body("application/octet-stream", tree.ToJson().Packed(Pack.Gzip)).Build(name),
        (chance, tree, name) => Surroundings.Post(chance).Body("application/grpc", tree.ToGrpc()).Build(name),
        (chance, tree, name) => Surroundings.Get(chance).Header("X-Ext", tree.ToJson().Base64Url()).Build(name),
        (chance, tree, name) => Socket.Sent(name, Surroundings.Host(chance), tree.ToJson()),
    ];

    public IEnumerable<LabelledMessage> All() => NumberTraps.All.Concat(IdentifierTraps.All).Concat(WordTraps.All).Concat(PhoneWordTraps.All).Concat(PublishedTraps.All).Concat(ServiceTraps.All)
        .SelectMany((trap, t) => Enumerable.Range(0, OfEach).Select(i => Carried(trap, t + i)));

    private static Traffic Answer(Chance chance) => Traffic.Response(Surroundings.Host(chance), Surroundings.Path(chance));

    private LabelledMessage Carried(Trap trap, int index)
    {
        var carriers = trap.IsAnswer || index % 3 == 0 ? Answers : Reports;
        return carriers[index % carriers.Length](chance, trap.Make(chance), $"trap: {trap.Name}");
    }
}
