namespace TrafficAudit.Index.Columns;

/// <summary>
/// A list that only grows, in pieces that never move: one writer appends while any number of readers read what was published to them.
/// The writer publishes by handing out a count (see <see cref="SegmentSnapshot"/>); a reader never asks for an index at or past it.
/// </summary>
internal sealed class AppendOnlyList<T>
{
    private const int Shift = 10;
    private const int ChunkSize = 1 << Shift;

    private T[][] _chunks = [];

    /// <summary>How many were appended; for the writer only.</summary>
    public int Count { get; private set; }

    public ref readonly T this[int index] => ref _chunks[index >> Shift][index & (ChunkSize - 1)];

    public void Add(in T value)
    {
        var chunk = Count >> Shift;
        if (chunk == _chunks.Length)
        {
            // The outer array is replaced, never changed: a reader that holds the old one still finds everything it was told of.
            Volatile.Write(ref _chunks, [.. _chunks, new T[ChunkSize]]);
        }

        _chunks[chunk][Count & (ChunkSize - 1)] = value;
        Count++;
    }
}
