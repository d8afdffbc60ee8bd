using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Assessment.Decisions;

/// <summary>The findings of an item in one place of a flow: several, where one text holds several values of it.</summary>
/// <param name="Flow">The flow's number.</param>
/// <param name="Item">The item's slug.</param>
/// <param name="Message">Which message.</param>
/// <param name="Part">Which part of it.</param>
/// <param name="Path">The path, as of <see cref="FindingLocation.Path"/>.</param>
/// <param name="Decodings">What was undone on the way, as of <see cref="FindingLocation.Decodings"/>.</param>
public sealed record FindingSubject(long Flow, string Item, MessageKind Message, MessagePart Part, string Path, ImmutableArray<string> Decodings) : Subject
{
    /// <summary>The place in one number, by which the index knows it.</summary>
    public PlaceDigest Place { get; } = PlaceDigest.Of(Item, new FindingLocation(Message, Part, Path, Decodings));

    /// <summary>The subject that a finding belongs to.</summary>
    public static FindingSubject Of(long flow, Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var at = finding.Location;
        return new FindingSubject(flow, finding.Item, at.Message, at.Part, at.Path, at.Decodings);
    }

    /// <summary>Subjects are the same when flow and place are.</summary>
    public bool Equals(FindingSubject? other) => other is not null && Flow == other.Flow && Place == other.Place;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Flow, Place);
}
