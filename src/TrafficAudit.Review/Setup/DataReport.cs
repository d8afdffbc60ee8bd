using System.Collections.Immutable;

namespace TrafficAudit.Review.Setup;

/// <summary>What results rest on.</summary>
/// <param name="Databases">The databases that locate addresses, best first.</param>
/// <param name="Warnings">A line for each database that is too old, with what to do.</param>
/// <param name="Packs">The packs of rules.</param>
/// <param name="RecipientsSha256">SHA-256 of the directory of recipients.</param>
/// <param name="Folder">Where a lab's own databases lie.</param>
/// <param name="RulesFolder">Where a lab's own packs of rules lie.</param>
public sealed record DataReport(
    ImmutableArray<DatabaseReport> Databases, ImmutableArray<string> Warnings, ImmutableArray<string> Packs, string RecipientsSha256, string Folder, string RulesFolder);

/// <summary>A database that locates addresses.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Its file; null for one that is built in.</param>
/// <param name="Type">What it calls itself.</param>
/// <param name="Answers">What it is asked for.</param>
/// <param name="Built">When it was built.</param>
/// <param name="AgeDays">How many days ago that is.</param>
/// <param name="IsOutdated">Whether that is too long.</param>
/// <param name="Sha256">SHA-256 of its file.</param>
/// <param name="Licence">On which terms it may be shown; null where nobody knows.</param>
public sealed record DatabaseReport(
    string Name, string? Path, string Type, string Answers, DateTimeOffset Built, int AgeDays, bool IsOutdated, string Sha256, string? Licence);
