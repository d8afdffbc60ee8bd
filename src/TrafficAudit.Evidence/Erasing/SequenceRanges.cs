using System.Globalization;
using System.Runtime.InteropServices;

namespace TrafficAudit.Evidence.Erasing;

/// <summary>Numbers of records in the chain, ascending, as seals and the journal write them: <c>12-14,20</c>.</summary>
internal sealed class SequenceRanges
{
    private readonly List<SequenceRange> _ranges = [];

    /// <summary>How many numbers there are.</summary>
    public long Count { get; private set; }

    /// <summary>The highest; 0 when there is none.</summary>
    public long Last => _ranges is [.., var last] ? last.To : 0;

    /// <summary>Reads the text form; null when it is none.</summary>
    public static SequenceRanges? Parse(string? text)
    {
        var ranges = new SequenceRanges();
        foreach (var piece in (text ?? "").Split(','))
        {
            var ends = piece.Split('-');
            if (ends.Length > 2 || !TryNumber(ends[0], out var from) || !TryNumber(ends[^1], out var to) || from > to || from <= ranges.Last)
            {
                return null;
            }

            ranges.Add(new SequenceRange(from, to));
        }

        return ranges;
    }

    /// <summary>Adds a number that is higher than all before.</summary>
    public void Add(long sequence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(sequence, Last);
        Add(new SequenceRange(sequence, sequence));
    }

    public bool Contains(long sequence)
    {
        var at = CollectionsMarshal.AsSpan(_ranges).BinarySearch(new SequenceRange(sequence, sequence));
        return at >= 0 || (~at > 0 && _ranges[~at - 1].To >= sequence) || (~at < _ranges.Count && _ranges[~at].From == sequence);
    }

    public override string ToString() =>
        string.Join(',', _ranges.Select(r => r.From == r.To ? string.Create(CultureInfo.InvariantCulture, $"{r.From}") : string.Create(CultureInfo.InvariantCulture, $"{r.From}-{r.To}")));

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private void Add(SequenceRange range)
    {
        Count += range.To - range.From + 1;
        if (_ranges is [.., var last] && last.To + 1 == range.From)
        {
            _ranges[^1] = last with { To = range.To };
        }
        else
        {
            _ranges.Add(range);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct SequenceRange(long From, long To) : IComparable<SequenceRange>
    {
        public int CompareTo(SequenceRange other) => From.CompareTo(other.From);
    }
}
