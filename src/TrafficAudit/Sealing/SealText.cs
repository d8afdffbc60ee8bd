using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Evidence.Walking;
using TrafficAudit.Model;
using TrafficAudit.Results;

namespace TrafficAudit.Sealing;

/// <summary>Seals and faults as people read them.</summary>
internal static class SealText
{
    public static string Of(SealOutcome outcome)
    {
        var seal = outcome.Seal;
        var lines = new List<string>
        {
            $"Seal        {seal.Number}: {Counted.Of(seal.Segments.Length, "segment")}, {Counted.Of(seal.Segments.Sum(s => s.Records), "record")}, {Counted.Of(seal.Segments.Sum(s => s.Flows), "flow")}",
            $"Key         SHA-256 {seal.Key}   ({outcome.PublicKeyFile})",
        };
        lines.Add(outcome switch
        {
            { Timestamp: { } timestamp } => $"Timestamp   {Of(timestamp)}",
            { TimestampFault: { } fault } => $"Timestamp   none: {PlainText.Of(fault)}; any authority can still answer {outcome.TimestampRequestFile}",
            _ => $"Timestamp   none; any authority can answer {outcome.TimestampRequestFile}",
        });
        lines.AddRange(outcome.Faults.Select(Of));
        return string.Join('\n', lines);
    }

    public static string Of(Timestamp timestamp) => $"{timestamp.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z by {PlainText.Of(timestamp.Authority)}, certificate SHA-256 {timestamp.Fingerprint}";

    public static string Of(SealedErasure erasure) => PlainText.Of(
        $"Erased      {Counted.Of(erasure.Flows, "flow")}, {Counted.Of(erasure.Records, "record")}, {erasure.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z by {erasure.Operator}: {erasure.Reason}  (erasure {erasure.Id})");

    public static string Of(Fault fault)
    {
        var offset = fault.Offset is { } at ? $" offset {at}" : "";
        var record = fault.Record is { } name ? $" {PlainText.Of(name)}" : "";
        return $"{Token.Of(fault.Kind)}  {PlainText.Of(fault.File)}{offset}{record}: {PlainText.Of(fault.Detail)}";
    }
}
