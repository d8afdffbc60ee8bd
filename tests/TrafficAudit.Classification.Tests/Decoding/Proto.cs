using Google.Protobuf;

namespace TrafficAudit.Classification.Tests.Decoding;

/// <summary>Writes protobuf messages with Google's own encoder.</summary>
internal sealed class Proto
{
    private readonly MemoryStream _bytes = new();

    public Proto Text(int number, string value) => Write(number, WireFormat.WireType.LengthDelimited, o => o.WriteString(value));

    public Proto Bytes(int number, byte[] value) => Write(number, WireFormat.WireType.LengthDelimited, o => o.WriteBytes(ByteString.CopyFrom(value)));

    public Proto Message(int number, Proto value) => Bytes(number, value.ToArray());

    public Proto Varint(int number, long value) => Write(number, WireFormat.WireType.Varint, o => o.WriteInt64(value));

    public Proto Double(int number, double value) => Write(number, WireFormat.WireType.Fixed64, o => o.WriteDouble(value));

    public Proto Float(int number, float value) => Write(number, WireFormat.WireType.Fixed32, o => o.WriteFloat(value));

    public Proto Fixed64(int number, ulong value) => Write(number, WireFormat.WireType.Fixed64, o => o.WriteFixed64(value));

    public byte[] ToArray() => _bytes.ToArray();

    private Proto Write(int number, WireFormat.WireType type, Action<CodedOutputStream> write)
    {
        using var output = new CodedOutputStream(_bytes, leaveOpen: true);
        output.WriteTag(number, type);
        write(output);
        return this;
    }
}
