using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Assessment.Notes;

namespace TrafficAudit.Pipeline;

/// <summary>What people made of a case, replayed from its journal.</summary>
/// <param name="Decisions">What they decided.</param>
/// <param name="Notes">What they keep for their own work.</param>
internal sealed record CaseBooks(DecisionBook Decisions, NoteBook Notes);
