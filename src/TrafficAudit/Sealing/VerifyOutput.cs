using System.Globalization;
using System.Text.Json.Serialization;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Verification;
using TrafficAudit.Results;

namespace TrafficAudit.Sealing;

/// <summary>What <c>verify</c> prints.</summary>
internal static class VerifyOutput
{
    public static string Text(CaseFolder folder, VerifyResult result, VerifyOptions options)
    {
        var lines = new List<string>
        {
            $"Case        {PlainText.Of(folder.Info.Name)} ({folder.Path})",
            string.Create(
                CultureInfo.InvariantCulture, $"Evidence    {Counted.Of(result.Segments, "segment")}, {Counted.Of(result.Records, "record")}, {Counted.Of(result.Flows, "flow")}, {Counted.Of(result.Bytes, "byte")}{(result.IsRecording ? ", being recorded at the moment" : "")}"),
        };
        if (result.IsLocked)
        {
            lines.Add("Encrypted   seals and the digests of sealed files were verified; records can't be looked at without the passphrase (--passphrase-file)");
        }

        if (result.Seal is { } seal)
        {
            lines.Add($"Seal        {seal.Number}, of {seal.SealedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, key SHA-256 {PlainText.Of(seal.Key)}");
            lines.AddRange(result.Timestamps.Select(t =>
                $"Timestamp   of seal {t.Seal}: {SealText.Of(t.Timestamp)}"
                + (t.Timestamp.Distrust is { } why && options.TimestampRoots is null ? $"; no root trusted here leads to it ({why}), --tsa-ca FILE names one" : "")));
            lines.Add(
                result.IsLocked ? $"Not sealed  {result.Bytes - seal.Segments.Sum(s => s.Bytes)} bytes, which were not verified"
                : result.UnsealedRecords == 0 ? "Not sealed  nothing" : $"Not sealed  {result.UnsealedRecords} records that came after the seal; the chain alone ties them to it");
            lines.AddRange((seal.Erasures ?? []).Select(SealText.Of));
            lines.Add(options.Key is null
                ? "Note        a seal alone can't show that the key's owner did not seal anew; --key holds it to a fingerprint that was lodged elsewhere, a timestamp to a time"
                : "Note        the key is the one that was lodged");
        }
        else
        {
            lines.Add("Seal        none; digests and chain alone were verified, which whoever owns the case could make anew");
        }

        lines.Add(result.FaultCount == 0 ? "Faults      none" : $"Faults      {result.FaultCount}");
        lines.AddRange(result.Faults.Select(SealText.Of));
        if (result.FaultCount > result.Faults.Count)
        {
            lines.Add($"… and {result.FaultCount - result.Faults.Count} more");
        }

        return string.Join('\n', lines);
    }

    public static Task WriteJsonAsync(Stream output, VerifyResult result, CancellationToken cancellation) =>
        JsonArrayOutput.WriteObjectAsync(output, result, VerifyJson.Default.VerifyResult, cancellation);
}

/// <summary>The JSON of <c>verify</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(VerifyResult))]
internal sealed partial class VerifyJson : JsonSerializerContext;
