using System.Collections.Immutable;

namespace TrafficAudit.Geolocation.Recipients;

/// <summary>One organisation of <c>recipients.yaml</c>.</summary>
public sealed record RecipientEntry
{
    /// <summary>What it is called (<c>Meta Platforms</c>).</summary>
    public required string Organisation { get; init; }

    /// <summary>The company that decisions and contracts name.</summary>
    public string? LegalEntity { get; init; }

    /// <summary>Where that company is registered, ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>The group that controls it.</summary>
    public string? Group { get; init; }

    /// <summary>Where the group sits, ISO 3166-1 alpha-2.</summary>
    public string? GroupCountry { get; init; }

    /// <summary>What it does for an app, one of <see cref="Roles"/>.</summary>
    public string? Role { get; init; }

    /// <summary>Its domains; each stands for itself and everything under it. Lower case, ASCII form.</summary>
    public required ImmutableArray<string> Suffixes { get; init; }

    /// <summary>The networks of <c>hints/networks.yaml</c> that are its own.</summary>
    public ImmutableArray<string> Networks { get; init; } = [];

    /// <summary>Where the row's facts come from.</summary>
    public string? Source { get; init; }

    /// <summary>Whether it is there to observe people for others: what a shop may hide behind a name of its own.</summary>
    public bool IsTracker => Role is "advertising" or "analytics" or "anti_fraud" or "attribution" or "crash" or "messaging" or "push" or "tag_management";

    /// <summary>The roles there are.</summary>
    public static ImmutableArray<string> Roles { get; } =
    [
        "advertising", "analytics", "anti_fraud", "attribution", "cdn", "cloud", "crash", "logistics", "messaging", "payment", "platform", "push",
        "shop", "social", "tag_management",
    ];
}
