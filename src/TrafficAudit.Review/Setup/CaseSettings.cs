using System.Collections.Immutable;

namespace TrafficAudit.Review.Setup;

/// <summary>What may be changed of what a case says of itself.</summary>
/// <param name="Company">The company under investigation; null where nobody says it.</param>
/// <param name="AppIds">The apps' ids (package names, bundle ids).</param>
/// <param name="FirstPartyDomains">Domains of the company itself; everything else is a third party.</param>
/// <param name="Profile">The jurisdiction by which destinations are judged.</param>
public sealed record CaseSettings(string? Company, ImmutableArray<string> AppIds, ImmutableArray<string> FirstPartyDomains, string Profile);

/// <summary>What settings would change.</summary>
/// <param name="Settings">The settings as they would be written.</param>
/// <param name="BecomeFirst">Hosts with flows that would become first party, in order.</param>
/// <param name="BecomeThird">Hosts with flows that would become third party, in order.</param>
public sealed record CasePreview(CaseSettings Settings, ImmutableArray<string> BecomeFirst, ImmutableArray<string> BecomeThird);

/// <summary>A case in the list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Created">When it was created.</param>
/// <param name="Segments">How many segments of evidence it has.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Written">When evidence was last written; null when there is none.</param>
/// <param name="Sealed">When it was last sealed; null when never.</param>
/// <param name="IsEncrypted">Whether it is encrypted.</param>
/// <param name="IsThis">Whether it is the one that is open.</param>
public sealed record CaseRow(string Name, DateTimeOffset Created, int Segments, long Bytes, DateTimeOffset? Written, DateTimeOffset? Sealed, bool IsEncrypted, bool IsThis);
