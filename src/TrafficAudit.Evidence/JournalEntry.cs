using System.Text.Json;

namespace TrafficAudit.Evidence;

/// <summary>Something that people or the program did, kept in the evidence beside the flows.</summary>
/// <param name="Kind">One of <see cref="JournalKinds"/>.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="Content">What, as JSON.</param>
public sealed record JournalEntry(string Kind, DateTimeOffset Time, JsonElement Content);

/// <summary>The kinds of journal records; a closed list, never reused for another meaning.</summary>
public static class JournalKinds
{
    /// <summary>The case came to be: its <c>case.json</c>.</summary>
    public const string CaseCreated = "case_created";

    /// <summary>What <c>case.json</c> says was changed: who, and what it said before and says now. A seal that comes after it covers the file as it is then.</summary>
    public const string CaseChanged = "case_changed";

    /// <summary>The program began to record: its version, its options and their digest, operator, machine, clock, and the data that locating rests on.</summary>
    public const string RecordingStarted = "recording_started";

    /// <summary>
    /// A device's session began: session, device, its name, apps with version and package, who is there, persona, scenario, address that the servers see.
    /// </summary>
    public const string SessionStarted = "session_started";

    /// <summary>A session ended.</summary>
    public const string SessionStopped = "session_stopped";

    /// <summary>A phase began.</summary>
    public const string Phase = "phase";

    /// <summary>A phone was paired.</summary>
    public const string DevicePaired = "device_paired";

    /// <summary>A paired phone came from another address and was paired again.</summary>
    public const string DeviceMoved = "device_moved";

    /// <summary>A phone got another name.</summary>
    public const string DeviceRenamed = "device_renamed";

    /// <summary>A phone was blocked: nothing of it is forwarded from then on.</summary>
    public const string DeviceBlocked = "device_blocked";

    /// <summary>A blocked phone is served again.</summary>
    public const string DeviceUnblocked = "device_unblocked";

    /// <summary>A persona whose values are searched for, whole.</summary>
    public const string Persona = "persona";

    /// <summary>A file was imported: name, size, digest, counts.</summary>
    public const string Import = "import";

    /// <summary>
    /// The import of a file begins: its id, the file's name, size and digest, device, app version, persona and scenario where they were named. Without an
    /// <see cref="Import"/> of that id it was interrupted.
    /// </summary>
    public const string ImportStarted = "import_started";

    /// <summary>An imported file itself was copied into the case: its name, size, digest, and where it lies.</summary>
    public const string OriginalKept = "original_kept";

    /// <summary>Flows were exported: format, filter, how many, redacted or whole, the file's name, size and digest.</summary>
    public const string Exported = "exported";

    /// <summary>A person had personal values shown unmasked: name, role, view, flows or filter. Written before they are shown.</summary>
    public const string Revealed = "revealed";

    /// <summary>A person marked a flow for the own work, or took the mark away: flow, marked, by.</summary>
    public const string FlowMarked = "flow_marked";

    /// <summary>A person kept a filter under a name: name, filter, by. Without a filter it is kept no longer.</summary>
    public const string FilterSaved = "filter_saved";

    /// <summary>For a while a client's connections to a host are relayed without decryption, since it refused the proxy's certificate.</summary>
    public const string Exemption = "exemption";

    /// <summary>A lab's own rules changed while a recording ran: every pack of rules in use from then on.</summary>
    public const string RulesChanged = "rules_changed";

    /// <summary>Databases that locate addresses changed while a recording ran: every one in use from then on.</summary>
    public const string DatabasesChanged = "databases_changed";

    /// <summary>An address was looked up: every database's answer.</summary>
    public const string Lookup = "lookup";

    /// <summary>Flow numbers up to <c>to</c> are taken.</summary>
    public const string NumberBlock = "number_block";

    /// <summary>The case is sealed up to and with this record: number of the seal, digest of the one before, key.</summary>
    public const string Sealed = "sealed";

    /// <summary>A timestamp that was got elsewhere was put beside a seal: number of the seal, digest of the token, its time.</summary>
    public const string Timestamped = "timestamped";

    /// <summary>
    /// Blocks of records were replaced by tombstones: id of the erasure, when it was ordered, operator, reason, filter, numbers of the records, digests of the
    /// segments before.
    /// </summary>
    public const string Erasure = "erasure";

    /// <summary>
    /// Somebody confirmed, rejected, reopened, commented, tagged or assigned findings or transfers, or took such a decision back: its id, who, on what, and what. It
    /// names findings by flow, item and place, never by value.
    /// </summary>
    public const string Decision = "decision";

    /// <summary>How many reviewers must agree from then on, and who said so.</summary>
    public const string ReviewersRequired = "reviewers_required";

    /// <summary>A rejection was made a rule of the lab: decision, who, the rule's id, the pack's file and its digest.</summary>
    public const string RuleMade = "rule_made";

    /// <summary>A torn end was cut off and kept aside.</summary>
    public const string Recovered = "recovered";
}
