using TrafficAudit.Model;

namespace TrafficAudit.Classification.Explaining;

/// <summary>Which fields of a flow are to be explained.</summary>
/// <param name="Path">Their path, see <see cref="FindingLocation.Path"/>; empty for a part that is one text.</param>
/// <param name="Message">In which message; null for any.</param>
/// <param name="Part">In which part; null for any.</param>
public sealed record FieldChoice(string Path, MessageKind? Message = null, MessagePart? Part = null);
