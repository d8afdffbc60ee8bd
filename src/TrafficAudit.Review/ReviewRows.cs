using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrafficAudit.Model;

namespace TrafficAudit.Review;

/// <summary>How much a case holds.</summary>
/// <param name="Flows">Flows of every kind.</param>
/// <param name="Findings">Counted findings (<see cref="Finding.IsCounted"/>).</param>
/// <param name="Failures">Flows with a failure.</param>
/// <param name="ReadPercent">Connections that could be read, in percent (<see cref="CoverageCounts.ReadPercent"/>); null when there were none.</param>
/// <param name="Recording">How the recording keeps up; null when nothing is being recorded.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ReviewCounters(long Flows, long Findings, long Failures, int? ReadPercent = null, RecordingLoad? Recording = null);

/// <summary>How a recording keeps up.</summary>
/// <param name="Waiting">Flows that wait to be written to the evidence.</param>
/// <param name="DiskFree">Room on the disk that holds the case, in bytes.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RecordingLoad(int Waiting, long DiskFree)
{
    private const long Short = 5_000_000_000;

    /// <summary>Whether the room may not last for a session.</summary>
    public bool IsDiskShort => DiskFree < Short;
}

/// <summary>A flow in the list.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Items">The items found in it (counted findings), each once, in the order to show them.</param>
/// <param name="PathValues">
/// Values of findings located in the URL's path (<see cref="MessagePart.Path"/>), which the list masks there. Values, not masked.
/// </param>
/// <param name="Session">From whose session it is; null where none is known.</param>
public sealed record FlowRow(FlowSummary Flow, ImmutableArray<string> Items, ImmutableArray<string> PathValues, SessionLabel? Session = null);

/// <summary>What people call a session.</summary>
/// <param name="Device">The device's name.</param>
/// <param name="App">The app under test.</param>
public sealed record SessionLabel(string? Device, string? App);

/// <summary>A notice that a source's licence asks for.</summary>
/// <param name="Text">The notice (<c>IP geolocation by DB-IP</c>).</param>
/// <param name="Link">Where it leads: an absolute http or https address.</param>
public sealed record Attribution(string Text, Uri Link);

/// <summary>A request that can't be carried out, for a reason that the person at the command line can mend.</summary>
public class RejectedRequestException : Exception
{
    /// <summary>Creates it with no more than a standard message.</summary>
    public RejectedRequestException()
        : base("The request can't be carried out.")
    {
    }

    /// <summary>Creates it with one sentence for people, without personal values.</summary>
    public RejectedRequestException(string message)
        : base(message)
    {
    }

    /// <summary>Creates it with one sentence for people, without personal values, and what lies behind.</summary>
    public RejectedRequestException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
