using System.Security.Cryptography;
using System.Text;

namespace TrafficAudit.Model.Tests;

public sealed class SpoolFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("spool").FullName;

    private string FilePath => Path.Combine(_folder, "body");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(131_072)]
    [InlineData(300_001)]
    public void WhatWasWritten_IsReadFromEveryPlace(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);
        using var body = Spool(content, pieces: 10_007);

        Assert.Equal(length, body.Length);
        Assert.Equal(content, body.ToMemory().ToArray());
        using var stream = body.OpenRead();
        Assert.Equal(length, stream.Length);
        foreach (var from in new[] { length - 1, 0, length / 2 })
        {
            stream.Position = from;
            var rest = new byte[length - from];
            stream.ReadExactly(rest);
            Assert.Equal(content[from..], rest);
            Assert.Equal(0, stream.Read(rest));
        }
    }

    [Fact]
    public void FileHoldsNothingOfTheBodyAndGoesWithIt()
    {
        using (Spool(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("010-0000-0000 ", 20_000))), pieces: 5000))
        {
            Assert.True(File.ReadAllBytes(FilePath).AsSpan().IndexOf("010-0000"u8) < 0);
        }

        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public void FileThatWasNotCompleted_GoesWithItsWriter()
    {
        using (var file = new SpoolFile(FilePath))
        {
            file.Write(new byte[200_000]);
        }

        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public void FileThatLostItsEnd_SaysHowMuchIsLeft_AndChangedBytesAreNotRead()
    {
        var content = RandomNumberGenerator.GetBytes(150_000);
        using var body = Spool(content, pieces: 150_000);
        var stored = File.ReadAllBytes(FilePath);
        File.WriteAllBytes(FilePath, stored[..((64 * 1024) + 16)]);
        using (var shorter = body.OpenRead())
        {
            Assert.Equal(64 * 1024, shorter.Length);
            var rest = new byte[shorter.Length];
            shorter.ReadExactly(rest);
            Assert.Equal(content[..rest.Length], rest);
        }

        stored[100] ^= 1;
        File.WriteAllBytes(FilePath, stored);
        Assert.Throws<IOException>(() => body.ToMemory());
    }

    private Body Spool(ReadOnlySpan<byte> content, int pieces)
    {
        using var file = new SpoolFile(FilePath);
        for (; content.Length > 0; content = content[Math.Min(pieces, content.Length)..])
        {
            file.Write(content[..Math.Min(pieces, content.Length)]);
        }

        return file.Complete();
    }
}
