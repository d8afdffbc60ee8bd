using TrafficAudit.Evidence.Storage;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Storage;

/// <summary>Files whose frames are whole, damaged in every way, exchanged, or brought from elsewhere.</summary>
public sealed class EncryptedFileTests : IDisposable
{
    private static readonly int[] Pieces = [1, 100, 3000, 64 * 1024, (64 * 1024) + 1, 5, 200_000, 17];

    private readonly TemporaryFolder _folder = new();
    private readonly CaseKey _key = new(new byte[CaseKey.Length]);
    private readonly byte[] _content = new byte[Pieces.Sum()];

    public EncryptedFileTests() => new Random(1).NextBytes(_content);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WhatWasWritten_IsReadAtEveryPosition()
    {
        var file = Write("whole", Pieces);
        using var opened = file.Open();
        var random = new Random(2);
        Assert.Equal(_content.Length, opened.Length);
        Assert.Equal(0, opened.TornBytes);
        for (var round = 0; round < 500; round++)
        {
            var from = random.Next(_content.Length);
            var buffer = new byte[random.Next(1, 150_000)];
            var count = Math.Min(buffer.Length, _content.Length - from);
            Assert.Equal(count, opened.Read(buffer, from));
            Assert.Equal(_content.AsSpan(from, count), buffer.AsSpan(0, count));
        }
    }

    [Fact]
    public void Pieces_AreWhereTheFileCanBeCutAndGoesOn()
    {
        var file = Write("cut", Pieces);
        long end = 0;
        foreach (var piece in Pieces)
        {
            end += piece;
            using var opened = file.Open();
            Assert.Equal(end, opened.LengthOf(opened.StoredLengthOf(end)));
        }

        var kept = Pieces[..4].Sum();
        using (var writing = file.OpenToWrite(FileMode.Open))
        {
            writing.CutTo(kept);
            writing.Write(_content.AsSpan(kept, 10), kept);
        }

        AssertReads(file, _content.AsSpan(0, kept + 10));
    }

    [Fact]
    public void BytesWrittenOver_AreTheNewOnes_AlsoAcrossFrames()
    {
        var file = Write("over", [100, 100, 100]);
        using (var writing = file.OpenToWrite(FileMode.Open))
        {
            writing.Write(new byte[150], 75);
        }

        new byte[150].CopyTo(_content, 75);
        AssertReads(file, _content.AsSpan(0, 300));
    }

    [Fact]
    public void FlippedByte_CostsItsFrameAndNoOther_InTheHeaderNothing()
    {
        int[] pieces = [40, 50, 60, 70];
        var whole = File.ReadAllBytes(Write("small", pieces).Path);
        for (var at = 0; at < whole.Length; at++)
        {
            var bytes = whole.ToArray();
            bytes[at] ^= 0x11;
            var frame = FrameOf(at, pieces);

            var read = ReadAll(bytes);

            for (var (piece, start) = (0, 0); piece < pieces.Length; start += pieces[piece++])
            {
                var expected = piece == frame ? new byte[pieces[piece]] : _content.AsSpan(start, pieces[piece]).ToArray();
                var found = read.AsSpan(Math.Min(start, read.Length), Math.Clamp(read.Length - start, 0, pieces[piece])).ToArray();
                Array.Resize(ref found, pieces[piece]);
                Assert.True(expected.AsSpan().SequenceEqual(found), $"byte {at} of frame {frame}: piece {piece}");
            }
        }
    }

    [Fact]
    public void CutOffAnywhere_KeepsTheWholeFramesAndSaysWhatIsTorn()
    {
        int[] pieces = [40, 50, 60, 70];
        var whole = File.ReadAllBytes(Write("small", pieces).Path);
        for (var length = 0; length < whole.Length; length++)
        {
            var count = FrameOf(length, pieces);
            Assert.Equal(_content[..pieces.Take(Math.Max(0, count)).Sum()], ReadAll(whole[..length]));
        }
    }

    [Fact]
    public void FramesOfAnotherPlaceOrFile_DoNotOpen()
    {
        int[] pieces = [50, 50, 50];
        const int frame = 50 + Frame.Overhead;
        var whole = File.ReadAllBytes(Write("one", pieces).Path);
        var other = File.ReadAllBytes(Write("two", pieces).Path);
        var first = whole.AsSpan(FrameHeader.Length, frame);
        var second = whole.AsSpan(FrameHeader.Length + frame, frame);

        var swapped = ReadAll([.. whole[..FrameHeader.Length], .. second, .. first, .. whole[(FrameHeader.Length + (2 * frame))..]]);
        var removed = ReadAll([.. whole[..FrameHeader.Length], .. whole[(FrameHeader.Length + frame)..]]);
        var doubled = ReadAll([.. whole[..FrameHeader.Length], .. first, .. first, .. whole[(FrameHeader.Length + (2 * frame))..]]);
        var foreign = ReadAll([.. whole[..(FrameHeader.Length + frame)], .. other[(FrameHeader.Length + frame)..(FrameHeader.Length + (2 * frame))], .. whole[(FrameHeader.Length + (2 * frame))..]]);

        byte[] withoutFirst = [.. new byte[50], .. _content[50..150]];
        byte[] withoutSecond = [.. _content[..50], .. new byte[50], .. _content[100..150]];
        Assert.Equal(withoutFirst, swapped);
        Assert.Equal(withoutFirst, removed);
        Assert.Equal(withoutSecond, doubled);
        Assert.Equal(withoutSecond, foreign);
    }

    [Fact]
    public void OtherKey_OpensNothing()
    {
        var file = Write("whole", [500]);
        using var opened = new CaseFile(file.Path, new CaseKey([.. Enumerable.Repeat((byte)1, CaseKey.Length)])).Open();
        var buffer = new byte[500];

        Assert.Equal(500, opened.Read(buffer, 0));
        Assert.Equal(new byte[500], buffer);
    }

    [Fact]
    public void EndThatWasCopied_IsReadWithTheSameKeyAtItsPlace()
    {
        var file = Write("whole", [100, 200, 300]);
        var target = _folder.File("end");

        var copied = file.CopyEnd(100, target);

        Assert.Equal(500 + (2 * Frame.Overhead), copied);
        using var opened = new CaseFile(target, _key).Open();
        var buffer = new byte[500];
        Assert.Equal(500, opened.Read(buffer, 100));
        Assert.Equal(_content[100..600], buffer);
    }

    private static int FrameOf(int stored, int[] pieces)
    {
        var at = FrameHeader.Length;
        var frame = stored < at ? -1 : 0;
        while (frame >= 0 && frame < pieces.Length && stored >= at + pieces[frame] + Frame.Overhead)
        {
            at += pieces[frame++] + Frame.Overhead;
        }

        return frame;
    }

    private CaseFile Write(string name, int[] pieces)
    {
        var file = new CaseFile(_folder.File(name), _key);
        using var writing = file.OpenToWrite(FileMode.CreateNew);
        var at = 0;
        foreach (var piece in pieces)
        {
            writing.Write(_content.AsSpan(at, piece), at);
            at += piece;
        }

        return file;
    }

    private byte[] ReadAll(byte[] stored)
    {
        var file = new CaseFile(_folder.File(Guid.NewGuid().ToString("N")), new CaseKey(new byte[CaseKey.Length]));
        File.WriteAllBytes(file.Path, stored);
        using var opened = file.Open();
        var buffer = new byte[1000];
        var read = opened.Read(buffer, 0);
        Assert.Equal(opened.Length, read);
        Assert.InRange(opened.TornBytes, 0, stored.Length);
        return buffer[..read];
    }

    private static void AssertReads(CaseFile file, ReadOnlySpan<byte> expected)
    {
        using var opened = new CaseFile(file.Path, new CaseKey(new byte[CaseKey.Length])).Open();
        var buffer = new byte[expected.Length + 1];
        Assert.Equal(expected.Length, opened.Read(buffer, 0));
        Assert.Equal(expected, buffer.AsSpan(0, expected.Length));
    }
}
