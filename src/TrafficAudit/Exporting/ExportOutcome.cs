using System.Text.Json.Nodes;

namespace TrafficAudit.Exporting;

/// <summary>What became of an export.</summary>
/// <param name="Flows">How many flows are in the file.</param>
/// <param name="LeftOut">Flows that match and are left out whole, since they could not be redacted.</param>
/// <param name="PartsLeftOut">Parts of flows (bodies, fields, messages) that are left out, for the same reason.</param>
/// <param name="Damaged">Flows that match and can't be read from the evidence.</param>
/// <param name="Bytes">The file's length.</param>
/// <param name="Sha256">The file's digest, lower-case hex.</param>
internal sealed record ExportOutcome(long Flows, long LeftOut, long PartsLeftOut, long Damaged, long Bytes, string Sha256)
{
    /// <summary>The journal's entry.</summary>
    public JsonObject ToJson(ExportRequest request) => new()
    {
        ["format"] = request.Format,
        ["filter"] = request.Filter,
        ["redacted"] = request.Redact,
        ["revealed"] = request.Reveal,
        ["flows"] = Flows,
        ["flows_left_out"] = LeftOut,
        ["parts_left_out"] = PartsLeftOut,
        ["flows_damaged"] = Damaged,
        ["file"] = request.File,
        ["bytes"] = Bytes,
        ["sha256"] = Sha256,
    };
}
