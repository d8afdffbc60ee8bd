using System.Globalization;

namespace TrafficAudit.Benchmarks.Endurance;

/// <summary>
/// Whether memory, handles or threads grow: the median of the last quarter of a series against that of the first quarter after the warm-up.
/// The columns of every recorded flow stay in memory, as the index is designed; what they account for is taken off, and said.
/// </summary>
internal sealed record GrowthVerdict(
    double FirstResident, double LastResident, double FirstHandles, double LastHandles, double FirstThreads, double LastThreads, double Flows)
{
    /// <summary>Of each flow: its row (112 bytes), its findings (8 bytes each), its place in the order of numbers.</summary>
    private const double BytesOfAFlow = 150;

    /// <summary>The share of a series that is warm-up: .NET still compiles, pools still fill.</summary>
    private const double WarmUp = 0.2;

    private const double Mebibyte = 1024 * 1024;

    /// <summary>Differences of the collector's whims, and a few handles of files that are open just now.</summary>
    private const double AllowedShare = 0.05;

    private const double AllowedMebibytes = 16;
    private const double AllowedNumber = 10;

    public double Columns => Flows * BytesOfAFlow / Mebibyte;

    private bool ResidentGrows => LastResident - FirstResident - Columns > AllowedMebibytes + (AllowedShare * FirstResident);

    public static GrowthVerdict Of(IReadOnlyList<ProcessSample> samples)
    {
        ProcessSample[] warm = [.. samples.Skip((int)(samples.Count * WarmUp))];
        var quarter = Math.Max(1, warm.Length / 4);
        var (first, last) = (warm[..quarter], warm[^quarter..]);
        return new GrowthVerdict(
            Median(first, s => s.Resident), Median(last, s => s.Resident), Median(first, s => s.Handles), Median(last, s => s.Handles),
            Median(first, s => s.Threads), Median(last, s => s.Threads), Median(last, s => s.Flows) - Median(first, s => s.Flows));
    }

    /// <summary>Writes the comparison; false when something grows.</summary>
    public bool Write(TextWriter output)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Medians of the first and the last quarter after warm-up: {FirstResident:N0} → {LastResident:N0} MiB ({Columns:N0} MiB of it for the index's columns of {Flows:N0} flows recorded in between): {Word(ResidentGrows)}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"handles {FirstHandles:N0} → {LastHandles:N0}: {Word(Grows(FirstHandles, LastHandles))}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"threads {FirstThreads:N0} → {LastThreads:N0}: {Word(Grows(FirstThreads, LastThreads))}"));
        return !ResidentGrows && !Grows(FirstHandles, LastHandles) && !Grows(FirstThreads, LastThreads);
    }

    private static double Median(ProcessSample[] samples, Func<ProcessSample, double> figure) => Medians.Of(samples.Select(figure));

    private static bool Grows(double first, double last) => last - first > AllowedNumber + (AllowedShare * first);

    private static string Word(bool grows) => grows ? "GROWS" : "does not grow";
}
