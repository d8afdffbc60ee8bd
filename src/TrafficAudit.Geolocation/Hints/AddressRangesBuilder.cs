using System.Net;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>Gathers ranges that must not overlap.</summary>
internal sealed class AddressRangesBuilder
{
    private readonly SortedList<UInt128, (UInt128 Last, int Owner)> _ranges = [];

    /// <summary>False where the range overlaps one that is there.</summary>
    public bool TryAdd(IPNetwork range, int owner)
    {
        var first = AddressRanges.Number(range.BaseAddress);
        var width = (range.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128) - range.PrefixLength;
        var last = width == 128 ? UInt128.MaxValue : first + ((UInt128.One << width) - 1);
        var next = FindNext(first);
        if ((next > 0 && _ranges.GetValueAtIndex(next - 1).Last >= first) || (next < _ranges.Count && _ranges.GetKeyAtIndex(next) <= last))
        {
            return false;
        }

        _ranges.Add(first, (last, owner));
        return true;
    }

    public AddressRanges Build() => new([.. _ranges.Keys], [.. _ranges.Values.Select(range => range.Last)], [.. _ranges.Values.Select(range => range.Owner)]);

    /// <summary>The index of the first range that begins after an address.</summary>
    private int FindNext(UInt128 address)
    {
        var (low, high) = (0, _ranges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _ranges.GetKeyAtIndex(middle) <= address ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
