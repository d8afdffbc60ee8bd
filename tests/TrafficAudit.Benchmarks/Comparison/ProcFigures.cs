using System.Globalization;

namespace TrafficAudit.Benchmarks.Comparison;

/// <summary>What Linux's /proc says of processes (proc(5)).</summary>
internal static class ProcFigures
{
    /// <summary>USER_HZ, which is 100 on every architecture that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>CPU seconds of a process and its descendants so far, user and system.</summary>
    public static double CpuSeconds(int process)
    {
        var own = Fields(File.ReadAllText($"/proc/{process}/stat"));

        // Fields 14 to 17: user and system time, its own and of children that have ended. The rest counts from field 3.
        var ticks = Enumerable.Range(11, 4).Sum(i => long.Parse(own[i], CultureInfo.InvariantCulture));
        return (ticks / TicksPerSecond) + Children(process).Sum(CpuSeconds);
    }

    /// <summary>The largest resident memory so far in MiB, its descendants' added.</summary>
    public static double PeakMebibytes(int process) => (Status(process, "VmHWM:") / 1024.0) + Children(process).Sum(PeakMebibytes);

    /// <summary>The resident memory of a process alone in MiB.</summary>
    public static double ResidentMebibytes(int process) => Status(process, "VmRSS:") / 1024.0;

    /// <summary>Its threads.</summary>
    public static int Threads(int process) => (int)Status(process, "Threads:");

    /// <summary>Its open file descriptors.</summary>
    public static int Handles(int process) => Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Count();

    /// <summary>CPU seconds that all processes of the machine used so far.</summary>
    public static double MachineCpuSeconds()
    {
        // user nice system idle iowait irq softirq steal
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9];
        var ticks = fields.Select(f => long.Parse(f, CultureInfo.InvariantCulture)).ToArray();
        return (ticks.Sum() - ticks[3] - ticks[4]) / TicksPerSecond;
    }

    private static long Status(int process, string name)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);
    }

    /// <summary>What follows the command's name, which may hold blanks and parentheses.</summary>
    private static string[] Fields(string stat) => stat[(stat.LastIndexOf(')') + 2)..].Split(' ');

    private static IEnumerable<int> Children(int process) =>
        Directory.EnumerateDirectories($"/proc/{process}/task")
            .SelectMany(task => ChildrenOfThread(task).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture));

    private static string ChildrenOfThread(string task)
    {
        try
        {
            return File.ReadAllText($"{task}/children");
        }
        catch (IOException)
        {
            // The thread ended between the listing and the reading; what it started belongs to another thread now.
            return "";
        }
    }
}
