using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Model;

namespace TrafficAudit.Review;

/// <summary>What somebody wants to say, and on what: findings and transfers by name, or all that a filter lets through.</summary>
public sealed record DecisionRequest
{
    // What JSON does not say comes here as no array at all.
    /// <summary>Findings by name.</summary>
    public ImmutableArray<FindingName> Findings { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Transfers by name.</summary>
    public ImmutableArray<TransferName> Transfers { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>All that this filter lets through; null for none.</summary>
    public string? Filter { get; init; }

    /// <summary>Of which kind, with a filter.</summary>
    public SubjectKind Of { get; init; }

    /// <summary>What is said; null to only comment, tag or assign.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Why, of a rejection: a token of <see cref="RejectionReason"/>, or own words.</summary>
    public string? Reason { get; init; }

    /// <summary>A remark.</summary>
    public string? Comment { get; init; }

    /// <summary>Labels to put on.</summary>
    public ImmutableArray<string> Tags { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Labels to take off.</summary>
    public ImmutableArray<string> Untags { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Who is to decide; empty for nobody any more.</summary>
    public string? Assignee { get; init; }
}

/// <summary>Findings by flow, item and place; a null is any.</summary>
public sealed record FindingName(long Flow, string Item, string? Path = null, MessageKind? Message = null, MessagePart? Part = null)
{
    /// <summary>Whether a finding of the flow is meant.</summary>
    public bool Includes(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var at = finding.Location;
        return finding.Item == Item && (Path ?? at.Path) == at.Path && (Message ?? at.Message) == at.Message && (Part ?? at.Part) == at.Part;
    }
}

/// <summary>A transfer by name.</summary>
/// <param name="Item">The item.</param>
/// <param name="Recipient">The recipient.</param>
/// <param name="Country">The server's country; null when it is unknown.</param>
public sealed record TransferName(string Item, string Recipient, string? Country = null);

/// <summary>What a filter of a decision means.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SubjectKind>))]
public enum SubjectKind
{
    /// <summary>Findings that count.</summary>
    [JsonStringEnumMemberName("findings")] Findings,

    /// <summary>Transfers.</summary>
    [JsonStringEnumMemberName("transfers")] Transfers,
}
