using TrafficAudit.Model;

namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>A text has the format of an item.</summary>
/// <param name="Item">The item's slug.</param>
/// <param name="Form">What the format is called in a reason: <c>a Korean mobile number</c>.</param>
/// <param name="IsChecked">Whether the format checks itself (check digit, issuer range …) and every check passed.</param>
/// <param name="State">Clear, masked or zeroed.</param>
/// <param name="IsProof">Whether nothing else can look so: the checks are worth more than 32 bits, and no key is needed.</param>
internal readonly record struct FormatMatch(
    string Item, string Form, bool IsChecked = false, FindingState State = FindingState.Clear, bool IsProof = false);

/// <summary>A format found inside a longer text.</summary>
/// <param name="Match">Which.</param>
/// <param name="Start">Its first character.</param>
/// <param name="Length">Its length in characters.</param>
internal readonly record struct TextMatch(FormatMatch Match, int Start, int Length);
