namespace TrafficAudit.Classification.EndpointRules;

/// <summary>The names of <see cref="RuleFunction"/> in packs.</summary>
internal static class RuleFunctions
{
    /// <summary>The function of this name (<c>parseJson</c>).</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static RuleFunction Parse(string name) =>
        name.Length > 0 && char.IsAsciiLetterLower(name[0]) && Enum.TryParse<RuleFunction>(name, ignoreCase: true, out var function)
            ? function
            : throw new FormatException($"'{name}' is no decoding step");
}
