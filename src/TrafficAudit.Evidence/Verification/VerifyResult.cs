using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Evidence.Walking;

namespace TrafficAudit.Evidence.Verification;

/// <summary>What verifying a case came to.</summary>
public sealed record VerifyResult
{
    /// <summary>How many faults there are.</summary>
    public required long FaultCount { get; init; }

    /// <summary>The first thousand of them, by file and offset.</summary>
    public required IReadOnlyList<Fault> Faults { get; init; }

    /// <summary>Segments that are there.</summary>
    public required int Segments { get; init; }

    /// <summary>Their records, as far as they are whole.</summary>
    public required long Records { get; init; }

    /// <summary>Flows that are completed in them.</summary>
    public required long Flows { get; init; }

    /// <summary>Bytes of evidence.</summary>
    public required long Bytes { get; init; }

    /// <summary>Records behind the newest seal: held by their digests and the chain alone.</summary>
    public required long UnsealedRecords { get; init; }

    /// <summary>The newest seal whose signature is right; null when there is none.</summary>
    public required Seal? Seal { get; init; }

    /// <summary>The timestamps that are right, by the number of their seal.</summary>
    public required IReadOnlyList<SealTimestamp> Timestamps { get; init; }

    /// <summary>Whether the case is encrypted and no passphrase was given: seals and the digests of sealed files were verified, records were not looked at.</summary>
    public required bool IsLocked { get; init; }

    /// <summary>Whether another process is recording the case at the moment.</summary>
    public required bool IsRecording { get; init; }
}

/// <summary>A seal's timestamp.</summary>
/// <param name="Seal">The seal's number.</param>
/// <param name="Timestamp">What is certified.</param>
public sealed record SealTimestamp(int Seal, Timestamp Timestamp);
