using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using TrafficAudit.Evidence.Tests.Recording;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Tests.Warc;

[Collection(nameof(MeasuredAlone))]
public sealed class HostileSegmentTests : IDisposable
{
    private readonly TestCase _case = new();

    public void Dispose() => _case.Dispose();

    [Fact]
    public async Task RandomBytes_HoldNothingAndGoAside()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var bytes = new byte[1 + (seed * 997)];
            new Random(seed).NextBytes(bytes);
            await CheckAsync(bytes);
        }
    }

    [Fact]
    public async Task RandomBytesThatBeginLikeMembers_HoldNothing()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var bytes = new byte[5_000];
            new Random(seed).NextBytes(bytes);
            for (var at = 0; at + 24 < bytes.Length; at += 24 + (seed * 10))
            {
                Header(0, 0)[..16].CopyTo(bytes, at);
            }

            await CheckAsync(bytes);
        }
    }

    [Fact]
    public async Task ManyBeginningsOfMembers_AreGivenUpOnSoon()
    {
        var bytes = Enumerable.Repeat(Header(5_000_000, 100), 100_000).SelectMany(h => h).ToArray();

        Assert.InRange(await CheckAsync(bytes), 1, 200);
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(1u, 1u)]
    [InlineData(32u, 0u)]
    [InlineData(33u, 5u)]
    [InlineData(uint.MaxValue, uint.MaxValue)]
    [InlineData(100u, uint.MaxValue)]
    public async Task AbsurdLengths_HoldNothing(uint compressed, uint uncompressed)
    {
        var bytes = new byte[400];
        Header(compressed, uncompressed).CopyTo(bytes, 0);

        await CheckAsync(bytes);
    }

    [Fact]
    public async Task BombThatSaysItIsSmall_StopsWhereItSays()
    {
        var header = "WARC/1.1\r\nWARC-Type: request\r\nTA-Flow: 1\r\nContent-Length: 100\r\n\r\n";
        var member = Member(header, 1_000_000_000, (uint)header.Length + 104);
        using var file = new CaseFile(_case, member);
        using var reader = new SegmentReader(file.Path);

        Assert.Empty(reader.Read());
        await CheckAsync(member);
    }

    [Fact]
    public async Task HonestBomb_NeedsNoMemory()
    {
        const long length = 300_000_000;
        var header = $"WARC/1.1\r\nWARC-Type: metadata\r\nTA-Flow: 1\r\nContent-Length: {length}\r\n\r\n";
        var member = Member(header, length + 4, (uint)(header.Length + length + 4));
        var before = GC.GetTotalAllocatedBytes();

        await CheckAsync(member);

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100_000_000);
    }

    [Theory]
    [InlineData("WARC/1.1\r\nX: {0}\r\n\r\n")]
    [InlineData("{0}")]
    public async Task HugeHeader_HoldsNothing(string form)
    {
        var header = string.Format(form, new string('a', 50_000_000));

        await CheckAsync(Member(header, 4, (uint)header.Length + 4));
    }

    [Theory]
    [InlineData("WARC/1.1\r\n\r\n")]
    [InlineData("WARC/1.1\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("WARC/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n")]
    [InlineData("WARC/1.1\r\nContent-Length: 5\r\n\r\n")]
    [InlineData("WARC/0.9\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("WARC/1.1\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("WARC/1.1\r\nContent-Length: 0\r\nTA-Chain: sha256:\r\nTA-Sequence: 1\r\n\r\n")]
    [InlineData("WARC/1.1\r\nContent-Length: 0\r\nTA-Chain: sha256:zz\r\nTA-Sequence: 1\r\n\r\n")]
    [InlineData("WARC/1.1\r\nContent-Length: 0\r\nTA-Chain: x\r\nTA-Sequence: x\r\nTA-Flow: 99999999999999999999\r\n\r\n")]
    [InlineData("WARC/1.1\r\nContent-Length: 0\r\nTA-Flow: 4\r\nWARC-Type: metadata\r\n\r\n")]
    [InlineData("WARC/1.1\r\nContent-Length: 0\r\nTA-Journal: phase\r\n\r\n")]
    public async Task OddHeader_HoldsNothing(string header) => await CheckAsync(Member(header, 4, (uint)header.Length + 4));

    [Fact]
    public async Task MemberOfAnotherTool_IsNotOurs()
    {
        using var memory = new MemoryStream();
        await using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\n"u8);
        }

        await CheckAsync(memory.ToArray());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"flow\":null}")]
    [InlineData("{\"flow\":{\"number\":1}}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("{\"flow\":{\"number\":1,\"kind\":\"http\",\"started\":\"2026-01-02T03:04:05Z\",\"origin\":\"x\",\"scheme\":\"http\",\"host\":null,\"port\":1}}")]
    [InlineData("{\"flow\":{\"number\":1,\"kind\":\"nothing\",\"started\":\"2026-01-02T03:04:05Z\",\"origin\":\"x\",\"scheme\":\"http\",\"host\":\"h\",\"port\":1}}")]
    [InlineData("{\"flow\":{\"number\":1,\"kind\":\"http\",\"started\":\"2026-01-02T03:04:05Z\",\"origin\":\"x\",\"scheme\":\"http\",\"host\":\"h\",\"port\":1},\"request_head_length\":9}")]
    public void OddMetadata_IsDamageAndNoFlow(string json)
    {
        var header = $"WARC/1.1\r\nWARC-Type: metadata\r\nTA-Flow: 1\r\nContent-Length: {json.Length}\r\n\r\n{json}";
        using var file = new CaseFile(_case, Member(header + "\r\n\r\n", 0, (uint)header.Length + 4));
        var damaged = new List<FlowPosition>();

        Assert.Empty(new EvidenceReader(_case.Folder, damaged.Add).ReadAll());

        Assert.Equal([new FlowPosition(1, 0)], damaged);
    }

    /// <summary>Reads the bytes as a segment in every way, and opens the case over them; gives how many damages were told.</summary>
    private async Task<int> CheckAsync(byte[] segment)
    {
        using var file = new CaseFile(_case, segment);
        var damaged = 0;
        Assert.Empty(new EvidenceReader(_case.Folder, _ => damaged++).ReadAll());
        Assert.Null(_case.Reader.ReadFlow(new FlowPosition(1, 0)));
        await _case.RecordAsync(1);
        Assert.Single(_case.Flows());
        return damaged;
    }

    private static byte[] Header(uint compressed, uint uncompressed)
    {
        byte[] header = [0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 0xFF, 12, 0, (byte)'s', (byte)'l', 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), compressed);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(20), uncompressed);
        return header;
    }

    /// <summary>A member with <paramref name="text"/> and line ends behind it, which says it is <paramref name="says"/> bytes long.</summary>
    private static byte[] Member(string text, long more, uint says)
    {
        using var memory = new MemoryStream();
        memory.Write(Header(0, 0));
        var crc = new Crc32();
        using (var deflate = new DeflateStream(memory, CompressionLevel.Fastest, leaveOpen: true))
        {
            Write(Encoding.UTF8.GetBytes(text));
            var filler = new byte[1_000_000];
            filler.AsSpan().Fill((byte)'\n');
            for (var left = more; left > 0; left -= filler.Length)
            {
                Write(left == 4 ? "\r\n\r\n"u8 : filler.AsSpan(0, (int)Math.Min(left, filler.Length)));
            }

            void Write(ReadOnlySpan<byte> bytes)
            {
                crc.Append(bytes);
                deflate.Write(bytes);
            }
        }

        Span<byte> trailer = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, crc.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], says);
        memory.Write(trailer);
        var member = memory.ToArray();
        Header((uint)member.Length, says).CopyTo(member, 0);
        return member;
    }

    /// <summary>The case with nothing but this segment.</summary>
    private sealed class CaseFile : IDisposable
    {
        private readonly TestCase _case;

        public CaseFile(TestCase given, byte[] segment)
        {
            _case = given;
            Remove();
            File.WriteAllBytes(Path, segment);
        }

        public string Path => _case.FirstSegment;

        public void Dispose() => Remove();

        private void Remove()
        {
            foreach (var path in Directory.GetFiles(_case.Folder.Path, "evidence-*"))
            {
                File.Delete(path);
            }
        }
    }
}
