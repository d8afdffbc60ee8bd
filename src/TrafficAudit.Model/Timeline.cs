using System.Collections.Immutable;

namespace TrafficAudit.Model;

/// <summary>What was found in a session, over time: its length in slices of equal length.</summary>
/// <param name="From">Where the first slice begins.</param>
/// <param name="Slice">How long a slice is: whole seconds.</param>
/// <param name="Slices">How many there are.</param>
/// <param name="Bands">The phases, in order; the first may have no name.</param>
/// <param name="Marks">The findings, in order of slice, group and country.</param>
public sealed record Timeline(
    DateTimeOffset From, TimeSpan Slice, int Slices, ImmutableArray<TimelineBand> Bands, ImmutableArray<TimelineMark> Marks)
{
    /// <summary>The end of the last slice.</summary>
    public DateTimeOffset To => StartOf(Slices);

    /// <summary>When a slice begins.</summary>
    public DateTimeOffset StartOf(int slice) => From + (slice * Slice);
}

/// <summary>A stretch of a session in one phase, as the flows in it show.</summary>
/// <param name="Phase">Its label; null before one was set.</param>
/// <param name="From">When the first flow of the stretch started.</param>
/// <param name="To">When the first flow of the next started; of the last stretch, when its last flow did.</param>
public sealed record TimelineBand(string? Phase, DateTimeOffset From, DateTimeOffset To);

/// <summary>The counted findings of a group of items that went to one country within a slice.</summary>
/// <param name="Slice">Which slice, from 0.</param>
/// <param name="Group">The group of items.</param>
/// <param name="Country">The server's country; null when unknown.</param>
/// <param name="Items">The items, sorted.</param>
/// <param name="Flows">In how many flows; each counts once.</param>
public sealed record TimelineMark(int Slice, string Group, string? Country, ImmutableArray<string> Items, long Flows);
