using System.Diagnostics;
using System.Numerics;

namespace TrafficAudit.Benchmarks.Load;

/// <summary>Times in microseconds, in buckets about 1.5 % wide. One thread adds.</summary>
internal sealed class LatencyHistogram
{
    private const int Bits = 6;
    private const int Buckets = (32 - Bits) << Bits;

    private readonly long[] _counts = new long[Buckets];

    public long Count { get; private set; }

    public void AddSince(long startedAt)
    {
        _counts[IndexOf((uint)Math.Min(int.MaxValue, Stopwatch.GetElapsedTime(startedAt).TotalMicroseconds))]++;
        Count++;
    }

    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < Buckets; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
    }

    /// <summary>The time that this share of all times does not exceed, in milliseconds; 0 when there is none.</summary>
    /// <param name="share">Between 0 and 1.</param>
    public double Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(Count * share);
        long seen = 0;
        for (var i = 0; i < Buckets && Count > 0; i++)
        {
            seen += _counts[i];
            if (seen >= wanted)
            {
                return UpperBound(i) / 1000.0;
            }
        }

        return 0;
    }

    /// <summary>Values below 2^(Bits+1) have a bucket each; above, each power of two has 2^Bits.</summary>
    private static int IndexOf(uint value)
    {
        var shift = Math.Max(0, 31 - BitOperations.LeadingZeroCount(value) - Bits);
        return (shift << Bits) + (int)(value >> shift);
    }

    private static long UpperBound(int index)
    {
        var shift = Math.Max(0, (index >> Bits) - 1);
        return ((index - ((long)shift << Bits) + 1) << shift) - 1;
    }
}
