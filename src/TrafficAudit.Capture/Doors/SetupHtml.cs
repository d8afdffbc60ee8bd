using System.Collections.Immutable;

namespace TrafficAudit.Capture.Doors;

/// <summary>The set-up pages as HTML: each in both languages, without scripts, styled by <see cref="Style"/> alone.</summary>
internal static class SetupHtml
{
    public const string Style = """
        body { font: 1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 0 auto; padding: 1rem; color: #1b1b1f; background: #fff }
        h1 { font-size: 1.3rem } h2 { font-size: 1.1rem }
        section + section { border-top: 1px solid #c8c8d0; margin-top: 2rem }
        .state { padding: .6rem .8rem; border-left: .3rem solid #b3261e; background: #f4f4f8 }
        .state.paired { border-color: #1d7a46 }
        code { overflow-wrap: anywhere }
        input, button { font: inherit; padding: .5rem }
        @media (prefers-color-scheme: dark) { body { color: #e6e6ea; background: #16161a } .state { background: #26262c } a { color: #8ab4f8 } }

        """;

    public static Html Page(ImmutableArray<SetupLanguage> languages, Func<SetupLanguage, Html> section, bool styled = true) => Html.Of(
        $"""
        <!DOCTYPE html>
        <html lang="{languages[0].Tag}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{languages[0].Title}</title>
        {(styled ? Html.Of($"<link rel=\"stylesheet\" href=\"{SetupPages.StylePath}\">") : Html.Empty)}</head><body>
        {Html.Join(languages.Select(l => Html.Of($"<section lang=\"{l.Tag}\">{section(l)}</section>\n")))}</body></html>

        """);

    /// <summary>The start page: state, steps, certificate; the form only for a phone that has shown its cookie.</summary>
    public static Html Start(SetupLanguage words, Device? device, bool everyoneServed, bool mayRename, string proxy, string fingerprint) => Html.Of(
        $"""
        <h1>{words.Title}</h1>
        {State(words, device, everyoneServed)}
        {(device is not null && mayRename ? NameForm(words, SetupPages.NamePath, device.Name, Html.Empty, words.RenameButton) : Html.Empty)}
        <h2>{words.StepsTitle}</h2>
        <ol>{Html.Join(words.Steps.Select(s => Html.Of($"<li>{Fill(s, proxy)}</li>")))}</ol>
        <p><a href="{SetupPages.CertificatePath}">{words.Download}</a> (<a href="{SetupPages.CertificatePemPath}">PEM</a>)</p>
        <p>{words.Fingerprint}<br><code>{fingerprint}</code></p>
        <p>{words.Afterwards}</p>
        """);

    public static Html Pair(SetupLanguage words, string secret, string name) => Html.Of(
        $"""
        <h1>{words.PairTitle}</h1>
        {NameForm(words, SetupPages.PairPath, name, Html.Of($"<input type=\"hidden\" name=\"s\" value=\"{secret}\">"), words.PairButton)}
        """);

    /// <summary>One sentence and the way back.</summary>
    public static Html Message(SetupLanguage words, string text, string setupPage) => Html.Of(
        $"""
        <h1>{words.Title}</h1>
        <p class="state">{text}</p>
        <p><a href="{setupPage}">{words.ToSetup}</a></p>
        """);

    private static Html State(SetupLanguage words, Device? device, bool everyoneServed) => device is not null
        ? Html.Of($"<p class=\"state paired\">{Fill(words.PairedAs, device.Name)}</p>")
        : Html.Of($"<p class=\"state\">{(everyoneServed ? words.NotPairedButServed : words.NotPaired)}</p>");

    private static Html NameForm(SetupLanguage words, string action, string name, Html hidden, string button) => Html.Of(
        $"""
        <form method="post" action="{action}">{hidden}
        <label>{words.NameLabel} <input name="name" value="{name}" maxlength="64" autocomplete="off"></label> <button>{button}</button></form>
        """);

    private static string Fill(string text, string value) => text.Replace("{0}", value, StringComparison.Ordinal);
}
