using System.Collections.Immutable;

namespace TrafficAudit.Model;

/// <summary>What a stretch of a session may be called.</summary>
public static class PhaseLabel
{
    /// <summary>How many UTF-16 units a label may have.</summary>
    public const int Longest = 64;

    /// <summary>Nobody has been asked for consent yet, or has not answered.</summary>
    public const string BeforeConsent = "before_consent";

    /// <summary>The labels that every lab uses, in the order of a session; others may be made up.</summary>
    public static ImmutableArray<string> Standard { get; } =
        [BeforeConsent, "consented", "refused", "withdrawn", "sign_up", "browse", "checkout", "idle"];

    /// <summary>Whether a phase begins with the user's answer to the question for consent: what follows is not before it any more.</summary>
    public static bool IsAnswer(string? phase) => phase is "consented" or "refused" or "withdrawn";

    /// <summary>A label as it is used, without space around it; null when the text is none: empty, too long, or with a control character.</summary>
    public static string? Of(string? text) =>
        text?.Trim() is { Length: >= 1 and <= Longest } label && !label.Any(char.IsControl) ? label : null;
}
