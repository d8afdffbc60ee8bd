using System.Diagnostics;
using System.Text;
using TrafficAudit.Evidence.Har;
using TrafficAudit.Evidence.Tests.Imports;

namespace TrafficAudit.Evidence.Tests.Har;

[Collection(nameof(MeasuredAlone))]
public sealed class HarLargeFileTests
{
    [Fact]
    public async Task FileOf200Megabytes_IsReadInConstantMemory()
    {
        const int Entries = 4_000;
        var body = new string('x', 50_000);
        var entry = Encoding.UTF8.GetBytes(HarText.Entry(response: HarText.Ok.Replace("\"ok\"", $"\"{body}\"")) + ",\n");
        await using var har = new RepeatingStream(
            Encoding.UTF8.GetBytes("{\"log\":{\"entries\":["), entry, Entries, Encoding.UTF8.GetBytes(HarText.Entry() + "]}}"));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = 0L;
        var sink = new FlowList(keep: false)
        {
            OnRecord = n => peak = n % 500 == 0 ? Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before) : peak,
        };
        var clock = Stopwatch.StartNew();

        var result = await new HarFormat().ImportAsync(har, "a.har", sink);

        Assert.Null(result.Fault);
        Assert.Equal(Entries + 1, result.Imported);
        Assert.True(har.Given > 200_000_000);
        Assert.InRange(peak, 1, 4_000_000);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{har.Given / 1e6 / clock.Elapsed.TotalSeconds:F0} MB/s, peak of live managed memory {peak / 1e6:F1} MB");
    }

    [Fact]
    public async Task StringOf300Megabytes_IsPassedOverInConstantMemory()
    {
        await using var har = new RepeatingStream(
            Encoding.UTF8.GetBytes("{\"log\":{\"comment\":\""), Encoding.UTF8.GetBytes(new string('{', 100_000)), 3_000,
            Encoding.UTF8.GetBytes("\",\"entries\":[" + HarText.Entry() + "]}}"));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var held = 0L;
        var sink = new FlowList(keep: false) { OnRecord = _ => held = GC.GetTotalMemory(forceFullCollection: true) - before };

        var result = await new HarFormat().ImportAsync(har, "a.har", sink);

        Assert.Equal(1, result.Imported);
        Assert.InRange(held, -4_000_000, 4_000_000);
    }

    [Fact]
    public async Task LargeEntry_GivesItsBufferBack()
    {
        var large = HarText.Entry(response: HarText.Ok.Replace("\"ok\"", $"\"{new string('x', 40_000_000)}\""));
        var bytes = Encoding.UTF8.GetBytes(HarText.File([large, .. Enumerable.Repeat(HarText.Entry(), 2_000)]));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var held = long.MaxValue;
        var sink = new FlowList(keep: false) { OnRecord = n => held = n == 2_001 ? GC.GetTotalMemory(forceFullCollection: true) - before : held };

        await new HarFormat().ImportAsync(new MemoryStream(bytes), "a.har", sink);

        Assert.InRange(held, -4_000_000, 4_000_000);
    }
}
