using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Exports;

/// <summary>What an export says of itself: it is a copy, and of what.</summary>
/// <param name="Software">The program that wrote it.</param>
/// <param name="Case">The case's name.</param>
/// <param name="Created">When it was begun, UTC.</param>
/// <param name="Filter">Which flows were asked for, as it was written; empty for all.</param>
/// <param name="Redacted">Whether personal values were replaced.</param>
/// <param name="Personas">The case's personas; the caller decides how much their values show.</param>
public sealed record ExportInfo(string Software, string Case, DateTimeOffset Created, string Filter, bool Redacted, ImmutableArray<Persona> Personas)
{
    /// <summary>The same in one sentence.</summary>
    public string Sentence =>
        $"Copy of flows of case {Case}, {(Filter.Length == 0 ? "all of them" : $"those that match {Filter}")}, {(Redacted ? "redacted" : "whole")}; the evidence is the case itself";
}
