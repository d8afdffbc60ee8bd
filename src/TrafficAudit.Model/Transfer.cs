using System.Collections.Immutable;

namespace TrafficAudit.Model;

/// <summary>An item that went to a recipient in a country, over all flows: what reviewers judge.</summary>
/// <param name="Item">The item's slug.</param>
/// <param name="Recipient">The organisation.</param>
/// <param name="Hosts">Its hosts that took part, sorted.</param>
/// <param name="Country">Server country; null when unknown.</param>
/// <param name="CountryGrade">The weakest grade among the destinations.</param>
/// <param name="Destinations">The addresses, sorted.</param>
/// <param name="Flows">Numbers of the flows, ascending.</param>
/// <param name="First">Start of the first of them.</param>
/// <param name="Last">Start of the last of them.</param>
/// <param name="Phases">The phases in which it happened, in order of first appearance.</param>
/// <param name="Confidence">The best confidence among the findings.</param>
/// <param name="Verdict">The outcome of holding it against a declaration; null until that was done.</param>
public sealed record Transfer(
    string Item, string Recipient, ImmutableArray<string> Hosts, string? Country, CountryGrade CountryGrade, ImmutableArray<string> Destinations,
    ImmutableArray<long> Flows, DateTimeOffset First, DateTimeOffset Last, ImmutableArray<string> Phases, Confidence Confidence, string? Verdict)
{
    /// <summary>Where the recipient is registered, ISO 3166-1 alpha-2; null when unknown.</summary>
    public string? RecipientCountry { get; init; }

    /// <summary>Where the group that controls it sits, ISO 3166-1 alpha-2; null when unknown.</summary>
    public string? GroupCountry { get; init; }

    /// <summary>Delivery networks and clouds of other companies that carried it, sorted.</summary>
    public ImmutableArray<string> Carriers { get; init; } = [];

    /// <summary>How many findings it rests on; a flow may hold the item several times.</summary>
    public long Findings { get; init; }

    /// <summary>Bytes of body and of messages that went to the server in its flows, whatever else was in them.</summary>
    public long BytesSent { get; init; }

    /// <summary>Where the lab was at the last of its flows that says so; null when none does.</summary>
    public GeoPosition? LabPosition { get; init; }

    /// <summary>True when a destination's address was looked up at import, not recorded.</summary>
    public bool IsResolvedLater { get; init; }

    /// <summary>Where the judging of the transfer stands; that of its findings is apart from it.</summary>
    public Judgement Judgement { get; init; } = Judgement.Open;

    /// <summary>Of <see cref="Findings"/>, those that reviewers have rejected.</summary>
    public long RejectedFindings { get; init; }
}
