namespace TrafficAudit.Evidence.Har;

/// <summary>The file's outer structure ends or breaks; nothing after this place can be read.</summary>
/// <param name="what">What was found instead of what was due.</param>
/// <param name="offset">The byte, from 0, at which it was found.</param>
/// <param name="line">The line, from 1.</param>
internal sealed class HarBreakException(string what, long offset, long line) : Exception(what)
{
    /// <summary>The place as messages name it.</summary>
    public string Place { get; } = $"at byte {offset} (line {line})";
}
