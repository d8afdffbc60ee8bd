namespace TrafficAudit.Classification.EndpointRules;

/// <summary>A pack of rules can't be used. The message is one line that names the file, the line and, of an example that fails, the rule.</summary>
public sealed class RulePackException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>A fault at a line of a file.</summary>
    internal static RulePackException At(string file, int line, string what, Exception? inner = null) => new($"{file}, line {line}: {what}", inner);
}
