using System.Text;
using TrafficAudit.Classification.Tests.Decoding;

namespace TrafficAudit.Classification.Tests.Fuzzing;

/// <summary>Whole bodies of every format, the words of the formats, and the labels under which each body is read.</summary>
internal static class FuzzCorpus
{
    /// <summary>No label at all: a message of a WebSocket.</summary>
    public const string WebSocket = "websocket";

    private static readonly byte[] Json = Reading.Utf8(
        """{"mail":"hong@example.com","b":"aG9uZ0BleGFtcGxlLmNvbQ==","l":"BYewdg5gAgpgHgQwLYAcA2MB0BjESg==","n":[1,-2.5e3,true,null],"q":"a=%7B%7D&b=2","x":"<?xml version=\"1.0\"?><a b=\"&#64;\"><c>d</c></a>","query":"{ a(b: {c: [\"d\", 1]}) { e } }","r":"a||b||c||d=1,e=2"}""");

    public static IReadOnlyList<byte[]> Bodies { get; } =
    [
        Json, Reading.Gzip(Json), Reading.Zlib(Json), Reading.RawDeflate(Json), Reading.Zstd(Json), .. PackedTextTests.Lz4,
        ProtobufTests.Sample, GrpcTests.Sample, Reading.Utf8(Convert.ToBase64String(GrpcTests.Sample)), DocumentTests.MessagePack, DocumentTests.Cbor, DocumentTests.PropertyList,
        PackedTextTests.Zip(("a.json", "{\"a\":1}"), ("b", "hong@example.com")), Reading.Utf8(MarkupTests.Xml), SocketPayloadTests.Connect, SocketPayloadTests.Publish,
        PackedTextTests.Lz4Packed, SocketPayloadTests.PublishWithProperties, [0x0B, 0x12, 0x04, 0x6D, 0x61, 0x69, 0x6C, 0x13, 0x18, 0x05, 0x14, 0x0C], Encoding.Unicode.GetBytes("{\"mail\":\"hong@example.com\"}"),
        Reading.Utf8("451-/chat,12[\"a\",{\"b\":1}]"), Reading.Utf8("0{\"a\":1}\u001e40{\"b\":2}"), Reading.Utf8("a=%41&b=%7B%22a%22%3A1%7D&c=aGVsbG8gd29ybGQh"),
        Reading.Utf8("--b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n{\"a\":1}\r\n--b--\r\n"),
    ];

    public static IReadOnlyList<byte[]> Words { get; } =
    [
        .. "{\"|[|}|]|\\u00|%25|&#|&|=|<a>|</a>|<!DOCTYPE a [|<![CDATA[|eyJ|bplist00|(|$|\"\"\"|--b\r\n|\u001e".Split('|').Select(Encoding.UTF8.GetBytes),
        [0x1F, 0x8B, 8, 0], [0x28, 0xB5, 0x2F, 0xFD], [4, 0x22, 0x4D, 0x18], [0x50, 0x4B, 3, 4], [0x50, 0x4B, 1, 2], [0x50, 0x4B, 5, 6],
        [0xDD, 0xFF, 0xFF, 0xFF, 0xFF], [0xDF, 0x7F, 0xFF, 0xFF, 0xFF], [0x9F], [0xBF], [0x7F], [0x5F], [0xFF], [0xD9, 0xD9, 0xF7], [0x9B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0x0A], [0x08, 0x96, 0x01], [0, 0xFF, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0, 1],
    ];

    public static IReadOnlyList<string?> Types { get; } =
    [
        null, WebSocket, "application/json", "application/x-protobuf", "application/grpc", "application/grpc-web-text", "application/msgpack", "application/cbor",
        "application/xml", "text/html", "multipart/form-data; boundary=b",
    ];
}
