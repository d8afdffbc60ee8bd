using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Results;

/// <summary>Where a finding lies, as the contract has it.</summary>
public sealed record FindingPlace(MessageKind Message, MessagePart Part, string Path, ImmutableArray<string> Decodings)
{
    public static FindingPlace Of(FindingLocation location) => new(location.Message, location.Part, location.Path, location.Decodings);

    public override string ToString() => $"{Token.Of(Message)} {Token.Of(Part)} {Path}".TrimEnd();
}
