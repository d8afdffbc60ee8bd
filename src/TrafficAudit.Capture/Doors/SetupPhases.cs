using Microsoft.AspNetCore.Http;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Doors;

/// <summary>The part of the start page on which a paired phone's tester says what happens from now on.</summary>
internal static class SetupPhases
{
    /// <summary>Where the forms lead, and the name of their field.</summary>
    public const string Path = "/phase";

    /// <summary>The field that holds the label.</summary>
    public const string Field = "phase";

    /// <param name="words">In which language.</param>
    /// <param name="now">The phase now; null before one was set.</param>
    public static Html Form(SetupLanguage words, string? now) => Html.Of(
        $"""
        <h2>{words.Phases.Title}</h2>
        <p role="status">{(now is null ? words.Phases.None : SetupHtml.Fill(words.Phases.Now, NameOf(words, now)))}</p>
        <form method="post" action="{Path}">{Html.Join(PhaseLabel.Standard.Select(p => Html.Of(
            $"<button name=\"{Field}\" value=\"{p}\">{NameOf(words, p)}</button>\n")))}</form>
        <form method="post" action="{Path}">
        <label>{words.Phases.Own} <input name="{Field}" maxlength="64" autocomplete="off" required></label> <button>{words.Phases.Set}</button></form>
        """);

    /// <summary>
    /// Whether a form was sent from these pages themselves. Browsers say so in every POST (Fetch, "append a request Origin header"); what says nothing is none of
    /// their forms.
    /// </summary>
    public static bool IsFromHere(HttpRequest request) =>
        request.Headers.Origin is [{ } origin]
        && Uri.TryCreate(origin, UriKind.Absolute, out var sender)
        && request.Host is { HasValue: true } host
        && Uri.TryCreate($"{sender.Scheme}://{host.Value}", UriKind.Absolute, out var here)
        && string.Equals(sender.Authority, here.Authority, StringComparison.OrdinalIgnoreCase);

    private static string NameOf(SetupLanguage words, string phase) =>
        PhaseLabel.Standard.IndexOf(phase) is >= 0 and var place ? words.Phases.Names[place] : phase;
}
