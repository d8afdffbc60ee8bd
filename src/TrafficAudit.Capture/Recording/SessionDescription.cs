using System.Collections.Immutable;

namespace TrafficAudit.Capture.Recording;

/// <summary>What is tested in a session, as people say it; null where nobody has.</summary>
/// <param name="Apps">The ids of the apps under test.</param>
/// <param name="AppVersion">Their version.</param>
/// <param name="Persona">The name of the persona that the test account is known by.</param>
/// <param name="Scenario">The scenario that is gone through.</param>
/// <param name="By">Who began the session; null for the one who started the program.</param>
public sealed record SessionDescription(ImmutableArray<string> Apps, string? AppVersion, string? Persona, string? Scenario, string? By = null);
