using System.Globalization;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Erasing;
using TrafficAudit.Results;

namespace TrafficAudit.Erasing;

/// <summary>What <c>erase</c> prints.</summary>
internal static class ErasureText
{
    private static readonly string[] Known = ["case.json", "case.lock", "case.owner", "VERIFY.md", "erasure.json", "index", "originals", "seals", "spool"];

    public static string Of(ErasureChoice choice) => string.Join('\n', (string[])
    [
        $"Flows       {choice.Flows.Count}{(choice.Flows.Count == 0 ? "" : $", of {Clock(choice.First)} to {Clock(choice.Last)}")}",
        $"Sessions    {choice.Sessions.Count}{(choice.Sessions.Count == 0 ? "" : $": {PlainText.Of(string.Join(", ", choice.Sessions))}")}",
        string.Create(CultureInfo.InvariantCulture, $"Bytes       {choice.BytesSent} sent, {choice.BytesReceived} received"),
    ]);

    public static string Of(PendingErasure erasure) => PlainText.Of(string.Create(
        CultureInfo.InvariantCulture,
        $"Erased      {Counted.Of(erasure.Flows, "flow")}, {Counted.Of(erasure.Records, "record")} in {Counted.Of(erasure.Segments.Length, "segment")}, {Clock(erasure.Erasure.Time)} by {erasure.Erasure.Operator}: {erasure.Erasure.Reason}  (erasure {erasure.Erasure.Id})"));

    /// <summary>What erasing flows does not touch, as far as the case has it.</summary>
    public static string NotErased(CaseFolder folder)
    {
        var lines = new List<string> { "Not erased  of the flows: number, time, session, phase, device, host, address, the server's certificate, sizes; the journal" };
        if (new EvidenceReader(folder).ReadJournal(JournalKinds.Persona).Any())
        {
            lines.Add("Not erased  personas: the values that they are known by stay in the journal");
        }

        if (new EvidenceReader(folder).ReadJournal(JournalKinds.Decision).Any())
        {
            lines.Add("Not erased  decisions: where findings were (items, paths of fields) and what reviewers wrote of them stay in the journal");
        }

        if (Directory.Exists(folder.OriginalsFolder))
        {
            lines.Add("Not erased  originals/: imported files are kept there whole, with what was erased of their flows");
        }

        lines.AddRange(Directory.EnumerateFileSystemEntries(folder.Path)
            .Select(f => Path.GetFileName(f)!)
            .Where(f => !Known.Contains(f, StringComparer.Ordinal) && !f.EndsWith(".warc.gz", StringComparison.Ordinal) && !f.EndsWith(".cdxj", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(f => $"Not erased  {PlainText.Of(f)}: look whether it may stay"));
        lines.Add("Not erased  copies and exports made before, and what a disk keeps of files that are gone");
        return string.Join('\n', lines);
    }

    private static string Clock(DateTimeOffset? time) => time is { } t ? t.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "";
}
