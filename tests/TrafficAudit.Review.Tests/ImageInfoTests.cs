using TrafficAudit.Review.Flows;

namespace TrafficAudit.Review.Tests;

/// <summary>What the first bytes of images say, and that other bytes say nothing.</summary>
public sealed class ImageInfoTests
{
    [Theory]
    [InlineData("image/gif", 3, 2, "474946383961030002000000")]
    [InlineData("image/jpeg", 16, 8, "FFD8FFE000104A46494600010100000100010000FFC0001108000800100301")]
    [InlineData("image/webp", 5, 7, "524946461A000000574542505650382000000000000000009D012A00050007000000")]
    [InlineData("image/webp", 5, 7, "52494646000000005745425056503858000000000000000004000006000000000000")]
    public void KnownForms_GiveTypeAndSize(string type, int width, int height, string hex)
    {
        var bytes = Convert.FromHexString(hex);
        if (hex.Contains("9D012A", StringComparison.Ordinal))
        {
            // A frame header begins 20 bytes in: three bytes of tag, the start code, then the sizes.
            bytes = [.. bytes[..20], 0, 0, 0, 0x9D, 0x01, 0x2A, (byte)width, 0, (byte)height, 0, 0, 0];
        }

        Assert.Equal(new ImageInfo(type, width, height), ImageInfo.Of(bytes));
    }

    [Fact]
    public void Png_GivesTypeAndSize() => Assert.Equal(new ImageInfo("image/png", 1, 1), ImageInfo.Of(Images.Png));

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='pwned()'/>")]
    [InlineData("<html>GIF89a</html>")]
    [InlineData("")]
    public void OtherBytes_AreNoImage(string text) => Assert.Null(ImageInfo.Of(System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void EveryTruncation_IsReadWithoutFailing()
    {
        byte[] jpeg = Convert.FromHexString("FFD8FFE000104A46494600010100000100010000FFC0001108000800100301");
        foreach (var image in new[] { Images.Png, jpeg })
        {
            Assert.All(Enumerable.Range(0, image.Length), length => ImageInfo.Of(image.AsSpan(0, length)));
        }
    }
}
