namespace TrafficAudit.Classification.Correlation;

/// <summary>What a case's journal says of a session; null where nobody noted it.</summary>
/// <param name="DeviceName">What the device is called.</param>
/// <param name="AppVersion">The version of the app under test.</param>
/// <param name="Persona">The test identity that was signed in.</param>
/// <param name="Scenario">What was gone through; a name such as <c>reinstall</c> says that the app was installed anew before.</param>
public sealed record SessionFacts(string? DeviceName = null, string? AppVersion = null, string? Persona = null, string? Scenario = null)
{
    /// <summary>Nothing was noted.</summary>
    public static SessionFacts None { get; } = new();

    /// <summary>
    /// Whether a phase or scenario is called after a re-install: <c>reinstall</c>, <c>after-re-install</c>, <c>재설치</c>; not <c>before_reinstall</c>.
    /// </summary>
    internal static bool IsReinstall(string? name) =>
        name is not null
        && (Has(name, "reinstall") || Has(name, "re-install") || Has(name, "re_install") || Has(name, "재설치"))
        && !Has(name, "before") && !Has(name, "pre") && !Has(name, "전");

    private static bool Has(string name, string word) => name.Contains(word, StringComparison.OrdinalIgnoreCase);
}
