using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using TrafficAudit.Model;

namespace TrafficAudit.Index.Storage;

/// <summary>
/// A whole flow as the file holds it: 16 bytes of SHA-256 over the rest, flow number, offset, JSON. LiteDB has no page checksums, so
/// each document carries its own.
/// </summary>
internal sealed record FlowDocument(long Number, byte[] Bytes)
{
    private const int DigestLength = 16;
    private const int HeaderLength = DigestLength + (2 * sizeof(long));

    // Nothing here reaches a page: unescaped Korean text takes half the room.
    private static readonly ModelJson Json = new(new JsonSerializerOptions(ModelJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>What this document adds to its file's checksum.</summary>
    public UInt128 Digest => BinaryPrimitives.ReadUInt128LittleEndian(Bytes);

    public long Offset => BinaryPrimitives.ReadInt64LittleEndian(Bytes.AsSpan(DigestLength + sizeof(long)));

    public static FlowDocument Of(long offset, AnalyzedFlow flow)
    {
        using var memory = new MemoryStream(1024);
        memory.Write(new byte[HeaderLength]);
        using (var writer = new Utf8JsonWriter(memory, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            JsonSerializer.Serialize(writer, flow, Json.AnalyzedFlow);
        }

        var bytes = memory.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(DigestLength), flow.Summary.Number);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(DigestLength + sizeof(long)), offset);
        DigestOf(bytes).CopyTo(bytes, 0);
        return new FlowDocument(flow.Summary.Number, bytes);
    }

    /// <summary>A document read from a file.</summary>
    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public static FlowDocument Read(long number, byte[] bytes)
    {
        if (bytes.Length < HeaderLength
            || !DigestOf(bytes).AsSpan().SequenceEqual(bytes.AsSpan(0, DigestLength))
            || BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(DigestLength)) != number)
        {
            throw new InvalidDataException("a document of the index does not match its digest");
        }

        return new FlowDocument(number, bytes);
    }

    public AnalyzedFlow ToFlow() =>
        JsonSerializer.Deserialize(Bytes.AsSpan(HeaderLength), Json.AnalyzedFlow) ?? throw new InvalidDataException("a document of the index is empty");

    private static byte[] DigestOf(byte[] bytes) => SHA256.HashData(bytes.AsSpan(DigestLength))[..DigestLength];
}
