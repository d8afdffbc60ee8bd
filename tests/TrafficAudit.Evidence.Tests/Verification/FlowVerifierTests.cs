using System.IO.Compression;
using TrafficAudit.Evidence.Tests.Erasing;
using TrafficAudit.Evidence.Tests.Sealing;
using TrafficAudit.Evidence.Verification;

namespace TrafficAudit.Evidence.Tests.Verification;

/// <summary>The digests and links of one flow, computed again.</summary>
public sealed class FlowVerifierTests
{
    [Fact]
    public async Task SealedFlow_IsSoundTiedAndCovered()
    {
        using var @case = new SealedCase();
        await @case.RecordAndSealAsync(5);
        var flows = Positions(@case);

        var first = Verify(@case, flows[0], before: null)!;
        var last = Verify(@case, flows[4], flows[3].Offset)!;

        Assert.All([first, last], proof =>
        {
            Assert.True(proof.IsSound);
            Assert.True(proof.IsTiedToBefore);
            Assert.Equal(1, proof.Seal);
            Assert.Equal(["request", "response", "metadata"], proof.Records.Select(record => record.Type));
            Assert.All(proof.Records, record => Assert.True(record.Follows));
        });
        Assert.Equal("evidence-00001.warc.gz", last.File);
    }

    [Fact]
    public async Task FlowBehindTheSeal_IsNotCovered()
    {
        using var @case = new SealedCase();
        await @case.RecordAndSealAsync(2);
        var seal = Directory.GetFiles(Path.Combine(@case.Folder.Path, "seals"));
        await @case.RecordAndSealAsync(2);
        foreach (var newer in Directory.GetFiles(Path.Combine(@case.Folder.Path, "seals")).Except(seal, StringComparer.Ordinal))
        {
            File.Delete(newer);
        }

        var flows = Positions(@case);

        Assert.Equal(1, Verify(@case, flows[0], null)!.Seal);
        Assert.Null(Verify(@case, flows[^1], flows[^2].Segment == flows[^1].Segment ? flows[^2].Offset : null)!.Seal);
    }

    [Fact]
    public async Task ErasedFlow_IsSoundByItsTombstones()
    {
        using var @case = new ErasedCase();
        await @case.RecordAsync(5);
        await @case.EraseAsync(3);
        var flows = Positions(@case.Sealed);

        var proof = Verify(@case.Sealed, flows[2], flows[1].Offset)!;

        Assert.True(proof.IsSound, string.Join('\n', proof.Records));
        Assert.All(proof.Records, record => Assert.True(record.IsErased));
    }

    [Fact]
    public async Task ChangedByteOfItsRecords_IsSeen()
    {
        using var @case = new SealedCase();
        await @case.RecordAndSealAsync(4);
        var flows = Positions(@case);
        var path = @case.Folder.SegmentPath(1);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var plain = Unpacked(bytes);
        var unseen = new List<long>();

        for (var at = flows[2].Offset; at < flows[3].Offset; at += 3)
        {
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 0x10;
            await File.WriteAllBytesAsync(path, changed, TestContext.Current.CancellationToken);

            // Of the bits that fill up the last byte of a compressed block nothing depends; 'verify' sees them in the segment's own digest.
            if (Verify(@case, flows[2], flows[1].Offset) is { IsSound: true } && !Unpacked(changed).AsSpan().SequenceEqual(plain))
            {
                unseen.Add(at);
            }
        }

        Assert.Empty(unseen);
    }

    [Fact]
    public async Task RecordBefore_ExchangedForAnother_IsSeenInTheLink()
    {
        using var @case = new SealedCase();
        await @case.RecordAndSealAsync(4);
        var flows = Positions(@case);
        var path = @case.Folder.SegmentPath(1);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

        // The third flow is taken out: the fourth then stands behind the second.
        await File.WriteAllBytesAsync(path, [.. bytes[..(int)flows[2].Offset], .. bytes[(int)flows[3].Offset..]], TestContext.Current.CancellationToken);
        var proof = Verify(@case, new FlowPosition(1, flows[2].Offset), flows[1].Offset)!;

        Assert.False(proof.IsSound);
        Assert.False(proof.Records[0].Follows);
        Assert.All(proof.Records, record => Assert.Null(record.Fault));
    }

    [Fact]
    public async Task NoFlowThere_GivesNothing()
    {
        using var @case = new SealedCase();
        await @case.RecordAndSealAsync(1);

        Assert.Null(Verify(@case, new FlowPosition(9, 0), null));
        Assert.Null(Verify(@case, new FlowPosition(1, 7), null));
    }

    private static byte[] Unpacked(byte[] segment)
    {
        using var gzip = new GZipStream(new MemoryStream(segment), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    private static FlowProof? Verify(SealedCase @case, FlowPosition position, long? before) =>
        new FlowVerifier(@case.Folder).Verify(position, before, TestContext.Current.CancellationToken);

    private static List<FlowPosition> Positions(SealedCase @case)
    {
        var positions = new List<FlowPosition>();
        foreach (var entry in new EvidenceReader(@case.Folder).ReadAll())
        {
            if (entry.Flow is { } stored)
            {
                positions.Add(stored.Position);
                stored.Flow.Dispose();
            }
        }

        return positions;
    }
}
