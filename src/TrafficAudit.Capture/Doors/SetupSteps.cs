using System.Collections.Immutable;

namespace TrafficAudit.Capture.Doors;

/// <summary>The part of the start page that says what to do, the visitor's own system first and open, the others to be unfolded.</summary>
internal static class SetupSteps
{
    // How an app says that it trusts what the user installed (Android, "Network security configuration").
    private const string AppConfiguration = """
        <network-security-config>
          <base-config>
            <trust-anchors>
              <certificates src="system" />
              <certificates src="user" />
            </trust-anchors>
          </base-config>
        </network-security-config>
        """;

    public static Html Of(SetupLanguage words, SetupView view)
    {
        var own = view.System;
        PhoneSystem[] order = [own, .. Enum.GetValues<PhoneSystem>().Where(s => s != own).OrderDescending()];
        return Html.Of(
            $"""
            <h2>{words.FirstTitle}</h2>
            {List(words.First, view.Proxy)}
            {Html.Join(order.Select(s => Fold(TitleOf(words, s), StepsOf(words, view, s), isOpen: s == own)))}
            {Fold(words.SocksTitle, Paragraph(words.Socks, view.Proxy.Authority), isOpen: false)}
            {Fold(words.AutomaticTitle, Paragraph(words.Automatic, $"http://{view.Proxy.Authority}{SetupPages.AutomaticPath}"), isOpen: false)}
            <p>{words.Http3}</p>
            """);
    }

    private static string TitleOf(SetupLanguage words, PhoneSystem system) => system switch
    {
        PhoneSystem.Android => words.AndroidTitle,
        PhoneSystem.Apple => words.AppleTitle,
        _ => words.OtherTitle,
    };

    private static Html StepsOf(SetupLanguage words, SetupView view, PhoneSystem system) => system switch
    {
        PhoneSystem.Android => Android(words, view),
        PhoneSystem.Apple => Apple(words, view.Proxy),
        _ => List(words.Other, view.Proxy),
    };

    private static Html Android(SetupLanguage words, SetupView view) => Html.Of(
        $"""
        {List(words.Android, view.Proxy)}
        <p>{words.AndroidApps}</p>
        <pre>{AppConfiguration}</pre>
        <p>{Linked(words.AndroidSystemStore, view.SystemStoreFile)}</p>
        <pre>{WritableStore(view.SystemStoreFile)}</pre>
        <p>{words.AndroidSystemStoreNew}</p>
        <pre>{MountedStore(view.SystemStoreFile)}</pre>
        """);

    private static Html Apple(SetupLanguage words, ProxyEntry proxy) => Html.Of(
        $"""
        {List(words.Apple, proxy)}
        <p>{words.AppleNetwork}</p>
        <form method="get" action="{SetupPages.ProfilePath}"><label>{words.AppleNetworkLabel}
        <input name="ssid" maxlength="32" required autocomplete="off"></label> <button>{words.AppleNetworkButton}</button></form>
        """);

    private static string WritableStore(string file) =>
        $"""
        adb root
        adb remount
        adb push {file} /system/etc/security/cacerts/{file}
        adb shell chmod 644 /system/etc/security/cacerts/{file}
        adb reboot
        """;

    /// <summary>
    /// The store of the conscrypt module is read through each process's own mounts, so the copy is mounted for the two processes that apps
    /// come from, and for init.
    /// </summary>
    private static string MountedStore(string file) =>
        $"""
        # before: adb push {file} /data/local/tmp/
        mkdir -p /data/local/tmp/cacerts
        cp /apex/com.android.conscrypt/cacerts/* /data/local/tmp/{file} /data/local/tmp/cacerts/
        mount -t tmpfs tmpfs /system/etc/security/cacerts
        cp /data/local/tmp/cacerts/* /system/etc/security/cacerts/
        chmod 644 /system/etc/security/cacerts/*
        chcon u:object_r:system_security_cacerts_file:s0 /system/etc/security/cacerts/*
        for pid in 1 $(pidof zygote) $(pidof zygote64); do
          nsenter --mount=/proc/$pid/ns/mnt -- mount --bind /system/etc/security/cacerts /apex/com.android.conscrypt/cacerts
        done
        """;

    private static Html Fold(string title, Html content, bool isOpen) => isOpen
        ? Html.Of($"<details open><summary>{title}</summary>{content}</details>\n")
        : Html.Of($"<details><summary>{title}</summary>{content}</details>\n");

    private static Html List(ImmutableArray<string> steps, ProxyEntry proxy) =>
        Html.Of($"<ol>{Html.Join(steps.Select(s => Html.Of($"<li>{SetupHtml.Fill(s, proxy.Authority)}</li>")))}</ol>");

    private static Html Paragraph(string text, string value) => Html.Of($"<p>{SetupHtml.Fill(text, value)}</p>");

    private static Html Linked(string text, string file)
    {
        var (before, after) = text.Split("{0}", 2) is [var first, var second] ? (first, second) : (text, "");
        return Html.Of($"{before}<a href=\"/{file}\">{file}</a>{after}");
    }
}
