using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>A rule for people to read.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Pack">Its pack.</param>
/// <param name="Version">The pack's version.</param>
/// <param name="File">The pack's file, and the line there.</param>
/// <param name="Recipient">Who the endpoints belong to.</param>
/// <param name="Source">How it is known.</param>
/// <param name="IsUnchecked">Whether nobody has checked it against traffic.</param>
/// <param name="Message">The message that it looks at.</param>
/// <param name="Endpoints">Hosts and paths.</param>
/// <param name="Examples">How many examples test it.</param>
/// <param name="Places">What lies where.</param>
public sealed record RuleDescription(
    string Id, string Pack, string Version, string File, string Recipient, string Source, bool IsUnchecked, MessageKind Message,
    ImmutableArray<string> Endpoints, int Examples, ImmutableArray<PlaceDescription> Places)
{
    internal static RuleDescription Of(EndpointRule rule) => new(
        rule.Id, rule.Pack.Name, rule.Pack.Version, $"{rule.Pack.File}, line {rule.Line}", rule.Recipient, rule.Source, rule.IsUnchecked, rule.Message,
        [.. rule.Endpoints.Select(endpoint => endpoint.Text)], rule.Examples.Length,
        [.. rule.Places.Select(place => new PlaceDescription(place.Items, RuleParts.Name(place.Part), place.Path.Text, place.Source))]);
}

/// <summary>A place that a rule names.</summary>
/// <param name="Items">What it is, or one of these.</param>
/// <param name="Part">In which part of the message.</param>
/// <param name="Path">Where in it.</param>
/// <param name="Source">How that is known; empty for what the rule's source says.</param>
public sealed record PlaceDescription(ImmutableArray<string> Items, string Part, string Path, string Source);
