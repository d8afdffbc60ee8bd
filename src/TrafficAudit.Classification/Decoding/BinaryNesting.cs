using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrafficAudit.Classification.Decoding;

/// <summary>How many items the open maps and arrays of a document still hold. Begins with the one item that the document is.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct BinaryNesting
{
    /// <summary>Of a map or array that ends where a mark says so.</summary>
    public const long Indefinite = -1;

    private Counts _left;
    private int _depth;

    /// <summary>Ready for one document.</summary>
    public BinaryNesting() => _left[0] = 1;

    /// <summary>Whether no map or array is open.</summary>
    public readonly bool IsAtRoot => _depth == 0;

    /// <summary>Whether the innermost one holds no more items.</summary>
    public readonly bool IsAtEnd => _left[_depth] == 0;

    /// <summary>Whether the innermost one ends at a mark.</summary>
    public readonly bool IsIndefinite => _left[_depth] < 0;

    /// <summary>Counts an item.</summary>
    public void Take() => _left[_depth] -= _left[_depth] > 0 ? 1 : 0;

    /// <summary>Opens one with <paramref name="items"/> items; false when that is too deep.</summary>
    public bool TryOpen(long items)
    {
        if (_depth == IBinaryReader.Deepest)
        {
            return false;
        }

        _left[++_depth] = items;
        return true;
    }

    /// <summary>Closes the innermost one.</summary>
    public void Close() => _depth--;

    [InlineArray(IBinaryReader.Deepest + 1)]
    private struct Counts
    {
        private long _first;
    }
}
