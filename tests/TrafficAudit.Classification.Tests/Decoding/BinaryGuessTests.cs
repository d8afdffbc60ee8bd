using System.Security.Cryptography;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Decoding;

/// <summary>Random bytes, digests, pictures and tokens must not become documents.</summary>
public sealed class BinaryGuessTests(ITestOutputHelper output)
{
    /// <summary>What is expected here, or guessed with evidence of its own.</summary>
    private static readonly string[] Others =
        [Decodings.Json, Decodings.Base64, Decodings.Base64Url, Decodings.Hex, Decodings.EucKr, Decodings.Gbk, Decodings.Utf16, Decodings.Form];

    [Fact]
    public void RandomBytes_AreHardlyEverTakenForADocument()
    {
        var random = new Random(71);
        var wrong = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < 100_000; i++)
        {
            var bytes = new byte[random.Next(8, i % 10 == 0 ? 2000 : 65)];
            random.NextBytes(bytes);
            foreach (var step in Steps(Reading.Body(bytes)))
            {
                wrong[step] = wrong.GetValueOrDefault(step) + 1;
            }
        }

        output.WriteLine(string.Join(", ", wrong));
        Assert.InRange(wrong.Values.Sum(), 0, 10);
    }

    [Fact]
    public void RandomTokens_AreHardlyEverTakenForADocument()
    {
        var random = new Random(72);
        var wrong = new List<string>();
        for (var i = 0; i < 30_000; i++)
        {
            var bytes = new byte[random.Next(8, 90)];
            random.NextBytes(bytes);
            var digest = SHA256.HashData(bytes);
            var text = $$"""{"a":"{{Convert.ToBase64String(bytes)}}","b":"{{System.Buffers.Text.Base64Url.EncodeToString(digest)}}","c":"{{Convert.ToHexString(digest)}}"}""";
            wrong.AddRange(Steps(Reading.Body(text)));
        }

        output.WriteLine(string.Join(", ", wrong));
        Assert.InRange(wrong.Count, 0, 5);
    }

    [Fact]
    public void PicturesAndArchives_StayUndecoded()
    {
        var random = new Random(73);
        for (var i = 0; i < 200; i++)
        {
            var noise = new byte[random.Next(200, 5000)];
            random.NextBytes(noise);
            foreach (var mark in new byte[][] { [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10], [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46, 0x49, 0x46, 0], [.. "RIFF"u8], [.. "GIF89a"u8] })
            {
                byte[] picture = [.. mark, .. noise];
                Assert.Equal([$"[] <{picture.Length} bytes>"], Reading.Body(picture).Lines());
            }
        }
    }

    private static IEnumerable<string> Steps(DecodedMessage message) =>
        message.Fields.Where(f => f.Part == MessagePart.Body).SelectMany(f => f.Decodings).Distinct().Except(Others);
}
