using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Carriers;

/// <summary>Binary documents, sockets, tokens, archives.</summary>
internal static class BinaryCarriers
{
    public static IReadOnlyList<Carrier> All { get; } =
    [
        new("protobuf", (chance, key, value) => Surroundings.Post(chance).Body("application/x-protobuf", Surroundings.Deep(chance, key, value).ToProtobuf()).Build("protobuf"), CarriedKeys.None),
        new("protobuf-unlabelled", (chance, key, value) => Surroundings.Post(chance).Body("application/octet-stream", Surroundings.Flat(chance, key, value).ToProtobuf()).Build("protobuf-unlabelled"), CarriedKeys.None),
        new("grpc", (chance, key, value) => Surroundings.Post(chance).Body("application/grpc", Surroundings.Flat(chance, key, value).ToGrpc()).Build("grpc"), CarriedKeys.None),
        new("msgpack", (chance, key, value) => Surroundings.Post(chance).Body("application/msgpack", Surroundings.Flat(chance, key, value).ToMessagePack()).Build("msgpack")),
        new("msgpack-unlabelled", (chance, key, value) => Surroundings.Post(chance).Body(null, Surroundings.Deep(chance, key, value).ToMessagePack()).Build("msgpack-unlabelled")),
        new("cbor", (chance, key, value) => Surroundings.Post(chance).Body("application/cbor", Surroundings.Deep(chance, key, value).ToCbor()).Build("cbor")),
        new("bplist", (chance, key, value) => Surroundings.Post(chance).Body("application/x-plist", PropertyListFormat.Write(Surroundings.Deep(chance, key, value))).Build("bplist")),
        new("jwt", (chance, key, value) => Surroundings.Post(chance).Json(Tree.Object(Tree.Leaf("msg", Surroundings.Flat(chance, key, value).ToToken(chance)))).Build("jwt")),
        new("zip", (chance, key, value) => Surroundings.Post(chance).Body("application/zip", Zip(Surroundings.Flat(chance, key, value).ToJson())).Build("zip")),
        new("zlib", (chance, key, value) => Surroundings.Post(chance).Body("application/octet-stream", Surroundings.Deep(chance, key, value).ToJson().Packed(Pack.Zlib)).Build("zlib")),
        new("socket-json", (chance, key, value) => Socket.Sent("socket-json", Surroundings.Host(chance), "ping", Surroundings.Flat(chance, key, value).ToJson())),
        new("socket.io", (chance, key, value) => Socket.Sent("socket.io", Surroundings.Host(chance), "2", Event("42/chat,", Surroundings.Flat(chance, key, value).ToJson()))),
        new("engine.io", (chance, key, value) => Socket.Sent("engine.io", Surroundings.Host(chance), Event("42", Surroundings.Flat(chance, key, value).ToJson()))),
        new("mqtt", (chance, key, value) => Socket.Sent("mqtt", Surroundings.Host(chance), Mqtt.Publish("app/" + chance.Word(2), Surroundings.Flat(chance, key, value).ToJson()))),
        new("socket-received", (chance, key, value) => Socket.Received("socket-received", Surroundings.Host(chance), Surroundings.Deep(chance, key, value).ToMessagePack())),
    ];

    private static Value Zip(Value value) => new(Pack.Zip("events.json", value.Bytes), [.. value.Places.Select(placed => placed.Under("\"events.json\""))]);

    private static Value Event(string packet, Value value) => new($"{packet}[\"put\",{value.Text}]", [.. value.Places.Select(placed => placed.Under("[1]"))]);
}
