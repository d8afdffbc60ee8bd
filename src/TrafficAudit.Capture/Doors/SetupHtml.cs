using System.Collections.Immutable;

namespace TrafficAudit.Capture.Doors;

/// <summary>The set-up pages as HTML: each in both languages, styled by <see cref="Style"/> and with the one script of the checklist.</summary>
internal static class SetupHtml
{
    public const string Style = """
        body { font: 1rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 0 auto; padding: 1rem; color: #1b1b1f; background: #fff }
        h1 { font-size: 1.3rem } h2 { font-size: 1.1rem } summary { font-weight: 600; padding: .3rem 0; cursor: pointer }
        .language { border-top: 1px solid #c8c8d0; margin-top: 2rem }
        .state { padding: .6rem .8rem; border-left: .3rem solid #b3261e; background: #f4f4f8 }
        .state.paired { border-color: #1d7a46 }
        .checks { list-style: none; padding: 0; background: #f4f4f8 }
        .checks li { padding: .35rem .8rem; border-left: .3rem solid #8a8a94; overflow-wrap: anywhere }
        .checks li[data-state=passed] { border-color: #1d7a46 } .checks li[data-state=failed] { border-color: #b3261e }
        .checks .detail { display: block; font-size: .85em; font-family: ui-monospace, monospace } .checks .detail:empty { display: none }
        code { overflow-wrap: anywhere } pre { overflow-x: auto; padding: .6rem; background: #f4f4f8; font-size: .8rem; line-height: 1.4 }
        input, button { font: inherit; padding: .5rem; max-width: 100% }
        @media (prefers-color-scheme: dark) {
          body { color: #e6e6ea; background: #16161a } .state, .checks, pre { background: #26262c } a { color: #8ab4f8 }
        }

        """;

    /// <summary>A page, in the second language behind a fold.</summary>
    public static Html Page(ImmutableArray<SetupLanguage> languages, Func<SetupLanguage, Html> section, Html head = default, Html body = default) => Html.Of(
        $"""
        <!DOCTYPE html>
        <html lang="{languages[0].Tag}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{languages[0].Title}</title>
        {head}</head><body{body}>
        <section lang="{languages[0].Tag}">{section(languages[0])}</section>
        {Html.Join(languages.Skip(1).Select(l => Html.Of(
            $"<details class=\"language\" lang=\"{l.Tag}\"><summary>{l.Name}</summary>{section(l)}</details>\n")))}</body></html>

        """);

    /// <summary>The links to what the pages themselves serve.</summary>
    public static Html Head(bool withScript) => Html.Of(
        $"<link rel=\"stylesheet\" href=\"{SetupPages.StylePath}\">{(withScript ? Html.Of($"<script src=\"{SetupPages.ScriptPath}\" defer></script>") : Html.Empty)}");

    /// <summary>What the script wants to know.</summary>
    public static Html BodyData(string fingerprint) => Html.Of($" data-host=\"{SetupPages.HostName}\" data-authority=\"{fingerprint}\"");

    /// <summary>The start page: state, checks, steps, certificate; the form only for a phone that has shown its cookie.</summary>
    public static Html Start(SetupLanguage words, SetupView view) => Html.Of(
        $"""
        <h1>{words.Title}</h1>
        {State(words, view.Device, view.IsEveryoneServed)}
        {(view is { Device: { } device, MayRename: true } ? NameForm(words, SetupPages.NamePath, device.Name, Html.Empty, words.RenameButton) : Html.Empty)}
        {(view.MaySetPhase ? SetupPhases.Form(words, view.Phase) : Html.Empty)}
        {Checks(words.Checks, view.Passed)}
        {SetupSteps.Of(words, view)}
        <h2>{words.DownloadTitle}</h2>
        <ul><li><a href="{SetupPages.CertificatePath}">{words.DownloadDer}</a></li>
        <li><a href="{SetupPages.CertificatePemPath}">{words.DownloadPem}</a></li>
        <li><a href="{SetupPages.ProfilePath}">{words.DownloadProfile}</a></li></ul>
        <p>{words.Fingerprint}<br><code>{view.Fingerprint}</code></p>
        <p>{words.Afterwards}</p>
        """);

    public static Html Pair(SetupLanguage words, string secret, string name) => Html.Of(
        $"""
        <h1>{words.PairTitle}</h1>
        {NameForm(words, SetupPages.PairPath, name, Html.Of($"<input type=\"hidden\" name=\"s\" value=\"{secret}\">"), words.PairButton)}
        """);

    /// <summary>One sentence and the way back.</summary>
    public static Html Message(SetupLanguage words, string text, string setupPage, bool isGood = false) => Html.Of(
        $"""
        <h1>{words.Title}</h1>
        <p class="{(isGood ? "state paired" : "state")}">{text}</p>
        <p><a href="{setupPage}">{words.ToSetup}</a></p>
        """);

    public static string Fill(string text, string value) => text.Replace("{0}", value, StringComparison.Ordinal);

    private static Html State(SetupLanguage words, Device? device, bool everyoneServed) => device switch
    {
        { IsBlocked: true } => Html.Of($"<p class=\"state\">{words.Blocked}</p>"),
        not null => Html.Of($"<p class=\"state paired\">{Fill(words.PairedAs, device.Name)}</p>"),
        null => Html.Of($"<p class=\"state\">{(everyoneServed ? words.NotPairedButServed : words.NotPaired)}</p>"),
    };

    private static Html Checks(ChecklistWords words, IReadOnlySet<SetupCheck> passed) => Html.Of(
        $"""
        <h2>{words.Title}</h2>
        <ul class="checks" data-running="{words.Running}" data-passed="{words.Passed}" data-failed="{words.Failed}" data-waiting="{words.Waiting}">
        {Check(words, SetupCheck.ProxyReached, words.Proxy, passed)}
        {Check(words, SetupCheck.CaTrusted, words.Authority, passed)}
        {Check(words, SetupCheck.Http2, words.Http2, passed)}
        {Check(words, SetupCheck.WebSocket, words.Socket, passed)}
        <li data-check="ca_fingerprint"><b>{words.Fingerprint}</b>: <span class="result">{words.NotRun}</span><span class="detail"></span></li>
        </ul>
        <p><button type="button" class="run" hidden>{words.Again}</button></p>
        <p>{words.ByHand} <a href="http://{SetupPages.HostName}{SetupChecklist.ByHandPath}">{words.ByHandProxy}</a>,
        <a href="https://{SetupPages.HostName}{SetupChecklist.ByHandPath}">{words.ByHandAuthority}</a>. {words.Warning}</p>
        """);

    private static Html Check(ChecklistWords words, SetupCheck check, string name, IReadOnlySet<SetupCheck> passed)
    {
        var (state, text) = passed.Contains(check) ? ("passed", words.Passed) : ("", words.NotRun);
        return Html.Of(
            $"""
            <li data-check="{Model.Token.Of(check)}" data-state="{state}"><b>{name}</b>: <span class="result" role="status">{text}</span><span class="detail"></span></li>
            """);
    }

    private static Html NameForm(SetupLanguage words, string action, string name, Html hidden, string button) => Html.Of(
        $"""
        <form method="post" action="{action}">{hidden}
        <label>{words.NameLabel} <input name="name" value="{name}" maxlength="64" autocomplete="off"></label> <button>{button}</button></form>
        """);
}
