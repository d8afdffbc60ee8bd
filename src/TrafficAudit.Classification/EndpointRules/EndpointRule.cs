using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>What lies where in the messages of some endpoints.</summary>
internal sealed record EndpointRule
{
    /// <summary>Its name, which no other rule has (<c>facebook/graph</c>).</summary>
    public required string Id { get; init; }

    /// <summary>The pack that it is of.</summary>
    public required PackName Pack { get; init; }

    /// <summary>The line in the pack's file at which it begins, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Who the endpoints belong to.</summary>
    public required string Recipient { get; init; }

    /// <summary>How it is known.</summary>
    public required string Source { get; init; }

    /// <summary>Whether it rests on what nobody has checked against traffic: its findings are <i>likely</i>, no more.</summary>
    public bool IsUnchecked { get; init; }

    /// <summary>In which message to look: the request, the response, or those of the WebSocket that the request opens.</summary>
    public MessageKind Message { get; init; } = MessageKind.Request;

    /// <summary>Where the requests go.</summary>
    public required ImmutableArray<Endpoint> Endpoints { get; init; }

    /// <summary>What must be so beside; all of it.</summary>
    public ImmutableArray<RuleCondition> Conditions { get; init; } = [];

    /// <summary>How the message is decoded, as far as that is not seen from it.</summary>
    public ImmutableArray<RuleStep> Steps { get; init; } = [];

    /// <summary>What lies where.</summary>
    public required ImmutableArray<RulePlace> Places { get; init; }

    /// <summary>What is not to be found where; such a rule may have no <see cref="Places"/>.</summary>
    public ImmutableArray<ExcludedPlace> Excludes { get; init; } = [];

    /// <summary>Requests that it must, or must not, find something in.</summary>
    public ImmutableArray<RuleExample> Examples { get; init; } = [];
}

/// <summary>A pack of rules.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="File">The file that it was read from.</param>
internal sealed record PackName(string Name, string Version, string File);
