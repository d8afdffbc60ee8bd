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

    /// <summary>A recording started: session, app, device.</summary>
    public const string SessionStarted = "session_started";

    /// <summary>A recording ended.</summary>
    public const string SessionStopped = "session_stopped";

    /// <summary>A phase began.</summary>
    public const string Phase = "phase";

    /// <summary>A phone was paired.</summary>
    public const string DevicePaired = "device_paired";

    /// <summary>A persona whose values are searched for, whole.</summary>
    public const string Persona = "persona";

    /// <summary>A file was imported: name, size, digest, counts.</summary>
    public const string Import = "import";

    /// <summary>For a while a client's connections to a host are relayed without decryption, since it refused the proxy's certificate.</summary>
    public const string Exemption = "exemption";

    /// <summary>An address was looked up: every database's answer.</summary>
    public const string Lookup = "lookup";

    /// <summary>Flow numbers up to <c>to</c> are taken.</summary>
    public const string NumberBlock = "number_block";

    /// <summary>A torn end was cut off and kept aside.</summary>
    public const string Recovered = "recovered";
}
