using System.Runtime.InteropServices;

namespace TrafficAudit.Provenance;

/// <summary>Who writes evidence, with what settings, on which machine and clock: what a report's other side asks first.</summary>
/// <param name="Operator">The operator's name; null when it was not given.</param>
/// <param name="Options">What the command runs with.</param>
/// <param name="Clock">The clock when it began.</param>
internal sealed record Recorder(string? Operator, CommandOptions Options, ClockReading Clock)
{
    /// <summary>The machine, its system and its runtime.</summary>
    public static string Machine { get; } =
        $"{RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture}), {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} processors";

    /// <summary>Lines for <c>warcinfo</c>: <c>operator</c> and <c>hostname</c> are WARC's own names, the others ours.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Lines =>
    [
        new("operator", Operator ?? "not given"),
        new("hostname", Environment.MachineName),
        new("machine", Machine),
        new("optionsDigest", $"sha256:{Options.Sha256}"),
        new("clockSource", Clock.SourceText),
        new("clockOffset", Clock.OffsetText),
    ];

    public static Recorder Of(System.CommandLine.ParseResult parsed, string? @operator = null) => new(@operator, CommandOptions.Of(parsed), ClockReading.Take());
}
