using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace TrafficAudit.Evidence.Tests.Recording;

/// <summary>A record as this check sees it.</summary>
internal sealed record CheckedRecord(long Offset, long End, List<(string Name, string Value)> Fields, byte[] Block)
{
    public string Type => this["WARC-Type"]!;

    public string? this[string name] => Fields.Where(f => f.Name == name).Select(f => f.Value).FirstOrDefault();
}

/// <summary>
/// Reads segments by nothing of the program's own: members by the lengths in their <c>sl</c> field, inflated by the framework's
/// <see cref="GZipStream"/>, headers by the WARC/1.1 grammar; then digests, references and chain are computed again.
/// </summary>
internal static class WarcCheck
{
    public static List<CheckedRecord> Read(string path)
    {
        var file = File.ReadAllBytes(path);
        var records = new List<CheckedRecord>();
        for (var at = 0; at < file.Length;)
        {
            Assert.Equal([0x1F, 0x8B, 8, 4], file[at..(at + 4)]);
            Assert.Equal("sl", Encoding.ASCII.GetString(file, at + 12, 2));
            var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 16));
            using var inflated = new MemoryStream();
            using (var gzip = new GZipStream(new MemoryStream(file, at, length), CompressionMode.Decompress))
            {
                gzip.CopyTo(inflated);
            }

            Assert.Equal(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 20)), inflated.Length);
            records.Add(Parse(inflated.ToArray(), at, at + length));
            at += length;
        }

        return records;
    }

    /// <summary>Fails unless every record of the segments, in their order, is sound and tied to the one before.</summary>
    public static void AssertSound(IEnumerable<string> segments)
    {
        var chain = new byte[32];
        long sequence = 0;
        foreach (var path in segments)
        {
            var records = Read(path);
            Assert.Equal("warcinfo", records[0].Type);
            Assert.Equal(Path.GetFileName(path), records[0]["WARC-Filename"]);
            var ids = new HashSet<string>();
            foreach (var record in records)
            {
                AssertRecord(record);
                Assert.True(ids.Add(record["WARC-Record-ID"]!));
                Assert.True(record["WARC-Concurrent-To"] is not { } other || ids.Contains(other));
                chain = Link(chain, ++sequence, record);
                Assert.Equal(sequence.ToString(CultureInfo.InvariantCulture), record["TA-Sequence"]);
                Assert.Equal("sha256:" + Convert.ToHexStringLower(chain), record["TA-Chain"]);
            }
        }
    }

    private static void AssertRecord(CheckedRecord record)
    {
        Assert.Equal("sha256:" + Convert.ToHexStringLower(SHA256.HashData(record.Block)), record["WARC-Block-Digest"]);
        var salt = Convert.FromHexString(record["TA-Salt"]!);
        Assert.Equal(16, salt.Length);
        Assert.Equal("sha256:" + Convert.ToHexStringLower(SHA256.HashData([.. salt, .. record.Block])), record["TA-Content-Digest"]);
        Assert.Matches("^<urn:uuid:[0-9a-f-]{36}>$", record["WARC-Record-ID"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", record["WARC-Date"]);
        if (record["WARC-Payload-Digest"] is { } payload)
        {
            var body = record.Block.AsSpan()[(record.Block.AsSpan().IndexOf("\r\n\r\n"u8) + 4)..];
            Assert.Equal("sha256:" + Convert.ToHexStringLower(SHA256.HashData(body)), payload);
        }
    }

    private static byte[] Link(byte[] previous, long sequence, CheckedRecord r)
    {
        var text = $"{sequence}\n{r["WARC-Record-ID"]}\n{r.Type}\n{r["WARC-Date"]}\n{r["TA-Flow"]}\n{r["TA-Content-Digest"]}\n";
        return SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(text)]);
    }

    private static CheckedRecord Parse(byte[] record, long offset, long end)
    {
        var headerEnd = record.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        var lines = Encoding.UTF8.GetString(record, 0, headerEnd - 4).Split("\r\n");
        Assert.Equal("WARC/1.1", lines[0]);
        var fields = lines.Skip(1).Select(l => l.Split(": ", 2)).Select(p => (p[0], p[1])).ToList();
        var length = int.Parse(fields.Single(f => f.Item1 == "Content-Length").Item2, CultureInfo.InvariantCulture);
        Assert.Equal(headerEnd + length + 4, record.Length);
        Assert.Equal("\r\n\r\n"u8.ToArray(), record[^4..]);
        return new CheckedRecord(offset, end, fields, record[headerEnd..^4]);
    }
}
