using System.Runtime.InteropServices;

namespace TrafficAudit.Evidence.Walking;

/// <summary>What the sequence number of a record says of its place.</summary>
internal enum Place
{
    /// <summary>It follows the record before.</summary>
    Next,

    /// <summary>Some before it have not come yet.</summary>
    AfterGap,

    /// <summary>It should have come before.</summary>
    Late,

    /// <summary>It came already, or has no number.</summary>
    Again,
}

/// <summary>Keeps which sequence numbers have come. Gaps beyond the bound are taken to be missing when they would be kept.</summary>
internal sealed class SequenceOrder(long last)
{
    private const int MostGaps = 1000;

    private readonly List<Gap> _gaps = [];

    /// <summary>The highest number so far.</summary>
    public long Last { get; private set; } = last;

    /// <summary>The numbers that have not come.</summary>
    public IReadOnlyList<Gap> Gaps => _gaps;

    public Place Add(long sequence, long offset)
    {
        if (sequence == Last + 1)
        {
            Last = sequence;
            return Place.Next;
        }

        if (sequence > Last)
        {
            if (_gaps.Count < MostGaps)
            {
                _gaps.Add(new Gap(Last + 1, sequence - 1, offset));
            }

            Last = sequence;
            return Place.AfterGap;
        }

        var at = _gaps.FindIndex(g => g.From <= sequence && sequence <= g.To);
        if (at < 0)
        {
            return Place.Again;
        }

        Fill(at, sequence);
        return Place.Late;
    }

    /// <summary>Takes back the last gap: what stood there is damaged, and said to be.</summary>
    public Gap TakeLastGap()
    {
        var gap = _gaps[^1];
        _gaps.RemoveAt(_gaps.Count - 1);
        return gap;
    }

    private void Fill(int at, long sequence)
    {
        var gap = _gaps[at];
        _gaps.RemoveAt(at);
        if (sequence < gap.To)
        {
            _gaps.Insert(at, gap with { From = sequence + 1 });
        }

        if (gap.From < sequence)
        {
            _gaps.Insert(at, gap with { To = sequence - 1 });
        }
    }
}

/// <summary>Numbers that did not come where they should.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
/// <param name="Offset">Where the record lies that came instead.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Gap(long From, long To, long Offset);
