using System.Formats.Cbor;
using System.Text;
using TrafficAudit.Classification.Decoding;

namespace TrafficAudit.Classification.Tests.Decoding;

/// <summary>MessagePack, CBOR and binary property lists, written by others' encoders.</summary>
public sealed class DocumentTests
{
    /// <summary>Written by npm @msgpack/msgpack 3.</summary>
    internal static byte[] MessagePack { get; } = Convert.FromBase64String(
        "haRtYWlssGhvbmdAZXhhbXBsZS5jb22lcGhvbmWrMDEwMDAwMDAwMDChbpkB/80BLNL//u6QzwAAAAEqBfIAyz/4AAAAAAAAw8LApGRlZXCCpG5hbWWp7ZmN6ri464+ZpGJsb2LEBP/BAAGkd2hlbtb/ZVPxAA==");

    /// <summary>Written by Python's plistlib.</summary>
    internal static byte[] PropertyList { get; } = Convert.FromBase64String(
        "YnBsaXN0MDDVAQIDBAUGBwgRFlRtYWlsVXBob25lUW5UZGVlcFRib3JuXxAQaG9uZ0BleGFtcGxlLmNvbVswMTAwMDAwMDAwMKgJCgsMDQ4PEBABE///////////EQEsE////////u6QEwAAAAEqBfIAIz/4AAAAAAAACQjSEhMUFVRuYW1lVGJsb2Jj1k2uOLPZRP/BAAEzwbP93wAAAAAIExgeICUqPUlSVF1gaXJ7fH2Ch4yTmAAAAAAAAAEBAAAAAAAAABcAAAAAAAAAAAAAAAAAAACh");

    internal static byte[] Cbor { get; } = WriteCbor();

    [Theory]
    [InlineData("application/msgpack")]
    [InlineData("application/x-msgpack")]
    [InlineData("application/octet-stream")]
    [InlineData(null)]
    public void MessagePack_IsFields(string? type) =>
        Assert.Equal([.. Lines("msgpack", "[8] null"), "when [msgpack] 1700000000"], Reading.Body(MessagePack, type).Lines());

    [Theory]
    [InlineData("application/cbor")]
    [InlineData(null)]
    public void Cbor_IsFields(string? type) =>
        Assert.Equal([.. Lines("cbor", "[8] null"), "7 [cbor] in two chunks", "last [cbor] 18446744073709551615"], Reading.Body(Cbor, type).Lines());

    [Fact]
    public void PropertyList_IsFields() =>
        Assert.Equal([.. Lines("bplist", null), "born [bplist] 1990-05-17T00:00:00Z"], Reading.Body(PropertyList).Lines());

    [Fact]
    public void Texts_KnowTheirPlace()
    {
        foreach (var sample in new[] { MessagePack, Cbor, PropertyList })
        {
            var fields = Reading.Body(sample).Fields.Where(f => f.Text is "hong@example.com" or "01000000000").ToList();
            Assert.Equal(2, fields.Count);
            Assert.All(fields, f => Assert.Equal(f.Text, Encoding.UTF8.GetString(sample, f.Start, f.Length)));
        }
    }

    [Theory]
    [InlineData("81A3696431C0")]
    [InlineData("C1")]
    [InlineData("DDFFFFFFFF")]
    [InlineData("DFFFFFFFFF01")]
    [InlineData("C6FFFFFFFF")]
    [InlineData("8192A161")]
    public void BrokenMessagePack_IsNoFault(string hex) => AssertBorne(hex, "application/msgpack");

    [Theory]
    [InlineData("FF")]
    [InlineData("9F")]
    [InlineData("BF6161")]
    [InlineData("BFFF")]
    [InlineData("BF6161FF")]
    [InlineData("5F5F")]
    [InlineData("7F4101FF")]
    [InlineData("9BFFFFFFFFFFFFFFFF")]
    [InlineData("BB7FFFFFFFFFFFFFFF00")]
    [InlineData("5BFFFFFFFFFFFFFFFF")]
    [InlineData("A1A0A0")]
    [InlineData("C0C0C0C0C0")]
    [InlineData("1C1C")]
    [InlineData("7F6161FF")]
    public void BrokenCbor_IsNoFault(string hex) => AssertBorne(hex, "application/cbor");

    [Fact]
    public void PropertyListThatHoldsItself_Ends()
    {
        // An array whose two elements are itself: doubling at every step.
        byte[] list = [.. "bplist00"u8, 0xA2, 0, 0, 8, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11];

        Assert.InRange(Reading.Body(list).Fields.Count, 1, 200_000);
    }

    [Fact]
    public void TreeOfAFewBytes_IsBounded()
    {
        // 40 arrays, each of twice the next one.
        List<byte> list = [.. "bplist00"u8];
        for (byte i = 0; i < 40; i++)
        {
            list.AddRange([0xA2, (byte)(i + 1), (byte)(i + 1)]);
        }

        list.Add(0x09);
        var offsets = list.Count;
        list.AddRange(Enumerable.Range(0, 41).Select(i => (byte)(8 + (3 * i))));
        list.AddRange([0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 41, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)offsets]);

        Assert.InRange(Reading.Body([.. list]).Fields.Count, 1, 200_000);
    }

    [Theory]
    [InlineData(0x91, "application/msgpack")]
    [InlineData(0x81, "application/cbor")]
    [InlineData(0x9F, "application/cbor")]
    [InlineData(0xC1, "application/cbor")]
    [InlineData(0xC4, "application/msgpack")]
    public void MegabytesOfOneByte_AreReadInTime(byte value, string type)
    {
        var body = new byte[5_000_000];
        body.AsSpan().Fill(value);

        Assert.InRange(Reading.Body(body, type).Fields.Count, 0, 200_000);
        Assert.InRange(Reading.Body(body).Fields.Count, 0, 200_000);
    }

    private static void AssertBorne(string hex, string type)
    {
        var bytes = Convert.FromHexString(hex);
        foreach (var field in Reading.Body(bytes, type).Fields.Where(f => f.Part == TrafficAudit.Model.MessagePart.Body))
        {
            Assert.InRange(field.Start + field.Length, -1, bytes.Length);
        }
    }

    private static IEnumerable<string> Lines(string step, string? more)
    {
        var numbers = new[] { "1", "-1", "300", "-70000", "5000000000", "1.5", "true", "false" };
        return new[] { $"mail [{step}] hong@example.com", $"phone [{step}] 01000000000" }
            .Concat(numbers.Select((n, i) => $"n[{i}] [{step}] {n}"))
            .Concat(more is null ? [] : [$"n{more[..3]} [{step}]{more[3..]}"])
            .Concat([$"deep.name [{step}] 홍길동", $"deep.blob [{step}] <4 bytes>"]);
    }

    private static byte[] WriteCbor()
    {
        var writer = new CborWriter(CborConformanceMode.Lax);
        writer.WriteTag(CborTag.SelfDescribeCbor);
        writer.WriteStartMap(null);
        writer.WriteTextString("mail");
        writer.WriteTextString("hong@example.com");
        writer.WriteTextString("phone");
        writer.WriteTextString("01000000000");
        writer.WriteTextString("n");
        writer.WriteStartArray(9);
        writer.WriteInt32(1);
        writer.WriteInt32(-1);
        writer.WriteInt32(300);
        writer.WriteInt32(-70000);
        writer.WriteInt64(5000000000);
        writer.WriteHalf((Half)1.5);
        writer.WriteBoolean(true);
        writer.WriteBoolean(false);
        writer.WriteNull();
        writer.WriteEndArray();
        writer.WriteTextString("deep");
        writer.WriteStartMap(2);
        writer.WriteTextString("name");
        writer.WriteTextString("홍길동");
        writer.WriteTextString("blob");
        writer.WriteByteString([0xFF, 0xC1, 0, 1]);
        writer.WriteEndMap();
        writer.WriteInt32(7);
        writer.WriteStartIndefiniteLengthTextString();
        writer.WriteTextString("in two ");
        writer.WriteTextString("chunks");
        writer.WriteEndIndefiniteLengthTextString();
        writer.WriteTextString("last");
        writer.WriteUInt64(ulong.MaxValue);
        writer.WriteEndMap();
        return writer.Encode();
    }
}
