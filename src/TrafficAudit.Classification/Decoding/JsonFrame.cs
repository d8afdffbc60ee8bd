namespace TrafficAudit.Classification.Decoding;

/// <summary>An array or object of which the end was not read yet.</summary>
internal struct JsonFrame(Field container, RunMark mark, bool isArray)
{
    /// <summary>Its field.</summary>
    public readonly Field Container = container;

    /// <summary>Where its children start.</summary>
    public readonly RunMark Mark = mark;

    private int _next = isArray ? 0 : -1;

    /// <summary>The position of the next element; -1 in an object.</summary>
    public int Next() => _next < 0 ? -1 : _next++;
}
