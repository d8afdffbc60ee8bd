namespace TrafficAudit.Classification.EndpointRules.Packs;

/// <summary>
/// A node of a pack's YAML: a text, a list or a map. Asking for what is not there throws a fault that names the line.
/// </summary>
internal sealed class PackNode(string file, int line)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>The line at which it begins, from 1.</summary>
    public int Line => line;

    /// <summary>Its text; null for a list or a map.</summary>
    public string? Scalar { get; init; }

    /// <summary>Its elements; null when it is no list.</summary>
    public List<PackNode>? Items { get; init; }

    /// <summary>Its members in their order; null when it is no map.</summary>
    public Dictionary<string, PackNode>? Members { get; init; }

    /// <summary>The member of this name; null when there is none.</summary>
    public PackNode? Member(string name)
    {
        _asked.Add(name);
        return (Members ?? throw Fault("a map is expected")).GetValueOrDefault(name);
    }

    /// <summary>The text of a member; null when there is none.</summary>
    public string? OptionalText(string name) => Member(name) is { } node ? node.AsText() : null;

    /// <summary>The text of a member.</summary>
    public string Text(string name) => OptionalText(name) ?? throw Fault($"\"{name}\" is missing");

    /// <summary>Whether a member is <c>true</c>.</summary>
    public bool Flag(string name) => OptionalText(name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw Member(name)!.Fault($"\"{name}\" is true or false"),
    };

    /// <summary>The elements of a member; none when it is absent.</summary>
    public IReadOnlyList<PackNode> List(string name) => Member(name) is { } node ? node.Items ?? throw node.Fault($"\"{name}\" must be a list") : [];

    /// <summary>The members of a member; none when it is absent.</summary>
    public IReadOnlyDictionary<string, PackNode> Map(string name) =>
        Member(name) is { } node ? node.Members ?? throw node.Fault($"\"{name}\" must be a map") : new Dictionary<string, PackNode>();

    /// <summary>Its text.</summary>
    public string AsText() => string.IsNullOrEmpty(Scalar) ? throw Fault("a text is expected") : Scalar;

    /// <summary>What a reader makes of its text.</summary>
    public T Read<T>(Func<string, T> reader)
    {
        try
        {
            return reader(AsText());
        }
        catch (FormatException e)
        {
            throw Fault(e.Message, e);
        }
    }

    /// <summary>Tells of a member that nobody asked for: a misspelt one would be passed over in silence.</summary>
    public void Close()
    {
        foreach (var (name, node) in Members ?? [])
        {
            if (!_asked.Contains(name))
            {
                throw node.Fault($"\"{name}\" is unknown here; known are {string.Join(", ", _asked)}");
            }
        }
    }

    /// <summary>A fault at its line.</summary>
    public RulePackException Fault(string what, Exception? inner = null) => RulePackException.At(file, line, what, inner);
}
