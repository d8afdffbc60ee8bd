using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Tests.Erasing;
using TrafficAudit.Evidence.Tests.Recording;
using TrafficAudit.Evidence.Tests.Sealing;
using TrafficAudit.Evidence.Verification;
using TrafficAudit.Testing;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Evidence.Tests.Verification;

/// <summary>Changes a sealed case in every way that a hand or a disk may, at random places: each change is found.</summary>
public sealed class TamperTests
{
    private const int Rounds = 200;
    private const int Seed = 20261125;

    [Fact]
    public async Task EveryChangeOfASealedCase_IsFound()
    {
        using var @case = new SealedCase();
        using var older = new TemporaryFolder();
        await using var authority = await TimestampServer.StartAsync("127.0.61.1");
        await @case.RecordAndSealAsync(25);
        await @case.RecordAndSealAsync(8);
        Copy(@case.Folder.Path, older.Path);
        await @case.RecordAndSealAsync(30, new Evidence.Sealing.TimestampAuthority(authority.Address));
        SealedCase.AssertSound(await @case.VerifyAsync());
        var random = new Random(Seed);
        var files = SealedFiles(@case.Folder.Path);
        // Four segments with their indexes, case.json, the guide, and three seals, the last with a timestamp.
        Assert.Equal((4 * 2) + 2 + 5 + 5 + 6, files.Count);
        await AssertFoundAsync(@case.Folder.Path, older.Path, files, random);
    }

    [Fact]
    public async Task EveryChangeOfAnErasedCase_IsFound()
    {
        using var @case = new ErasedCase();
        using var older = new TemporaryFolder();
        await @case.RecordAsync(25);
        await @case.RecordAsync(10);
        Copy(@case.Folder.Path, older.Path);
        await @case.EraseAsync([.. Enumerable.Range(3, 9).Select(n => (long)n), 24, 33]);
        await @case.AssertSoundAsync();
        var files = SealedFiles(@case.Folder.Path);
        Assert.Equal((2 * 2) + 2 + (3 * 5), files.Count);

        await AssertFoundAsync(@case.Folder.Path, older.Path, files, new Random(Seed));
    }

    private static async Task AssertFoundAsync(string folder, string older, IReadOnlyList<string> files, Random random)
    {
        var unfound = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            using var copy = new TemporaryFolder();
            Copy(folder, copy.Path);
            var what = Tamper.Apply(copy.Path, older, files, random);

            var result = await SealedCase.VerifyAsync(CaseFolder.FindToVerify("", copy.Path)!);
            if (result.FaultCount == 0)
            {
                unfound.Add($"{round}: {what}");
            }
        }

        Assert.Empty(unfound);
    }

    [Fact]
    public async Task RecordsOfOneSegmentSwapped_AreNamedWhereTheyLie()
    {
        using var @case = new SealedCase();
        await @case.RecordAndSealAsync(5);
        var records = WarcCheck.Read(@case.Case.FirstSegment);
        var file = await File.ReadAllBytesAsync(@case.Case.FirstSegment);
        var (first, second) = (records[5], records[6]);
        await File.WriteAllBytesAsync(
            @case.Case.FirstSegment,
            [.. file[..(int)first.Offset], .. file[(int)second.Offset..(int)second.End], .. file[(int)first.Offset..(int)first.End], .. file[(int)second.End..]]);

        var result = await @case.VerifyAsync();

        var fault = Assert.Single(result.Faults);
        Assert.Equal("reordered", Model.Token.Of(fault.Kind));
        Assert.Equal(first.Offset + (second.End - second.Offset), fault.Offset);
        Assert.Contains(first["WARC-Record-ID"]!, fault.Record, StringComparison.Ordinal);
    }

    internal static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>All that a seal covers or consists of; not the lock nor the index, which can be thrown away.</summary>
    private static List<string> SealedFiles(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f))
            .Where(f => !f.StartsWith("case.lock", StringComparison.Ordinal) && !f.StartsWith("case.owner", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];
}
