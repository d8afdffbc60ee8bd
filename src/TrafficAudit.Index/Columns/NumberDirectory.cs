namespace TrafficAudit.Index.Columns;

/// <summary>
/// Which row holds which flow number, in number order. Flows arrive in the order in which they end, so rows are not sorted; numbers are
/// dense from 1 with gaps, so a sparse table of chunks sorts them for nothing. A new number is entered in place (a row past a
/// snapshot's count is invisible to it), a number given again gets its chunk copied, so that older snapshots keep the older row.
/// </summary>
internal sealed class NumberDirectory
{
    private const int Shift = 8;
    private const int ChunkSize = 1 << Shift;

    private readonly long[] _keys;
    private readonly int[][] _chunks;

    private NumberDirectory(long[] keys, int[][] chunks)
    {
        _keys = keys;
        _chunks = chunks;
    }

    public static NumberDirectory Empty { get; } = new([], []);

    /// <summary>The row of a number among the first <paramref name="rows"/>; -1 when there is none.</summary>
    public int Find(long number, int rows)
    {
        var chunk = Array.BinarySearch(_keys, number >> Shift);
        var row = chunk < 0 ? -1 : _chunks[chunk][Slot(number)] - 1;
        return row < rows ? row : -1;
    }

    /// <summary>The directory with this number; for the writer only.</summary>
    public NumberDirectory With(long number, int row)
    {
        var key = number >> Shift;
        var chunk = Array.BinarySearch(_keys, key);
        if (chunk < 0)
        {
            var entries = new int[ChunkSize];
            entries[Slot(number)] = row + 1;
            return new NumberDirectory([.. _keys[..~chunk], key, .. _keys[~chunk..]], [.. _chunks[..~chunk], entries, .. _chunks[~chunk..]]);
        }

        if (_chunks[chunk][Slot(number)] == 0)
        {
            _chunks[chunk][Slot(number)] = row + 1;
            return this;
        }

        int[][] chunks = [.. _chunks];
        chunks[chunk] = [.. _chunks[chunk]];
        chunks[chunk][Slot(number)] = row + 1;
        return new NumberDirectory(_keys, chunks);
    }

    /// <summary>Rows in ascending order of number, those of numbers above <paramref name="after"/>.</summary>
    public IEnumerable<int> Ascending(long after, int rows)
    {
        var (chunk, slot) = after == long.MaxValue ? (_keys.Length, 0) : Place(after + 1);
        for (; chunk < _keys.Length; chunk++, slot = 0)
        {
            for (; slot < ChunkSize; slot++)
            {
                var row = _chunks[chunk][slot] - 1;
                if (row >= 0 && row < rows)
                {
                    yield return row;
                }
            }
        }
    }

    /// <summary>Rows in descending order of number, those of numbers below <paramref name="before"/>.</summary>
    public IEnumerable<int> Descending(long before, int rows)
    {
        var (chunk, slot) = Place(before);
        for (; chunk >= 0; chunk--, slot = ChunkSize)
        {
            for (var i = slot - 1; i >= 0; i--)
            {
                var row = _chunks[chunk][i] - 1;
                if (row >= 0 && row < rows)
                {
                    yield return row;
                }
            }
        }
    }

    private static int Slot(long number) => (int)(number & (ChunkSize - 1));

    /// <summary>Where a number is, or the first place after it.</summary>
    private (int Chunk, int Slot) Place(long number)
    {
        var chunk = Array.BinarySearch(_keys, number >> Shift);
        return chunk < 0 ? (~chunk, 0) : (chunk, Slot(number));
    }
}
