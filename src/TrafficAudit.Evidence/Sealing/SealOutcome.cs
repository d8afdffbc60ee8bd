using TrafficAudit.Evidence.Walking;

namespace TrafficAudit.Evidence.Sealing;

/// <summary>A seal that was made.</summary>
/// <param name="Seal">What it says.</param>
/// <param name="PublicKeyFile">Where the public key lies.</param>
/// <param name="TimestampRequestFile">Where the request lies that any authority can answer later.</param>
/// <param name="Timestamp">Its timestamp; null when it has none.</param>
/// <param name="TimestampFault">Why it has none although an authority was asked.</param>
/// <param name="Faults">What was found to be wrong with what was sealed; it is sealed all the same, as it is.</param>
public sealed record SealOutcome(
    Seal Seal, string PublicKeyFile, string TimestampRequestFile, Timestamp? Timestamp, string? TimestampFault, IReadOnlyList<Fault> Faults);
