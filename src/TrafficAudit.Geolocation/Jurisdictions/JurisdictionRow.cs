using System.Collections.Immutable;

namespace TrafficAudit.Geolocation.Jurisdictions;

/// <summary>One row of a jurisdiction's profile: some countries, something that has to be told to people, or a class of data; and how that is known.</summary>
public sealed record JurisdictionRow
{
    /// <summary>The countries it is about, ISO 3166-1 alpha-2; empty where it is about something else.</summary>
    public ImmutableArray<string> Countries { get; init; } = [];

    /// <summary>What has to be told, or which class of data is protected; null for rows of countries.</summary>
    public string? Text { get; init; }

    /// <summary>On which condition it holds; null for none.</summary>
    public string? Condition { get; init; }

    /// <summary>Items that it does not hold for, by their slugs or, where the law names a class, its name.</summary>
    public ImmutableArray<string> Excluded { get; init; } = [];

    /// <summary>First day it holds; null where no beginning is known.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day it holds; null while no end is known.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The provision (<c>PIPA art. 28-8(2) no. 1</c>).</summary>
    public string? Rule { get; init; }

    /// <summary>The day on which the source was read.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Where it comes from.</summary>
    public required string Source { get; init; }

    /// <summary>Whether it was read there; false for general knowledge that has to be checked before it is relied on.</summary>
    public required bool IsChecked { get; init; }

    /// <summary>Whether it holds on a day.</summary>
    public bool HoldsOn(DateOnly day) => (From is not { } from || from <= day) && (To is not { } to || day <= to);
}
