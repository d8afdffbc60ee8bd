namespace TrafficAudit.Index.Columns;

/// <summary>Gives equal values one number each. One writer; readers look up numbers that a published row holds.</summary>
internal sealed class Interner<T>
    where T : notnull
{
    private readonly AppendOnlyList<T> _values = new();

    // Needed for adding only, and as large as the values: a segment that was loaded and is not added to goes without.
    private Dictionary<T, int>? _numbers;

    /// <summary>How many values there are; for the writer only.</summary>
    public int Count => _values.Count;

    public T this[int number] => _values[number];

    public int NumberOf(T value)
    {
        _numbers ??= Numbers();
        if (!_numbers.TryGetValue(value, out var number))
        {
            number = _values.Count;
            _values.Add(value);
            _numbers.Add(value, number);
        }

        return number;
    }

    /// <summary>Adds a value that without looking whether it is there: for loading.</summary>
    public void Load(T value) => _values.Add(value);

    private Dictionary<T, int> Numbers()
    {
        var numbers = new Dictionary<T, int>();
        for (var i = 0; i < _values.Count; i++)
        {
            // Text that is no valid UTF-16 may have become equal on its way through a file; the first number serves for both.
            numbers.TryAdd(_values[i], i);
        }

        return numbers;
    }
}
