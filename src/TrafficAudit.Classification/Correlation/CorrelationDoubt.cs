using System.Text.Json.Serialization;

namespace TrafficAudit.Classification.Correlation;

/// <summary>What a correlation lacks to be certain. Those up to <see cref="Short"/> keep it from counting; with the others it is likely.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CorrelationDoubt>))]
public enum CorrelationDoubt
{
    /// <summary>Only one device has sent the value's place: nothing to differ from.</summary>
    [JsonStringEnumMemberName("one_device")] OneDevice,

    /// <summary>Only one device has sent it in more than one launch.</summary>
    [JsonStringEnumMemberName("one_device_repeated")] OneDeviceRepeated,

    /// <summary>The devices were recorded one after the other: something that changed in between would look the same.</summary>
    [JsonStringEnumMemberName("not_interleaved")] NotInterleaved,

    /// <summary>The devices had other versions of the app, and the value may be the version's.</summary>
    [JsonStringEnumMemberName("other_app_version")] OtherAppVersion,

    /// <summary>The devices had other personas signed in, and the value may be the account's.</summary>
    [JsonStringEnumMemberName("other_persona")] OtherPersona,

    /// <summary>The devices went through other scenarios, and the value may be what was looked at.</summary>
    [JsonStringEnumMemberName("other_scenario")] OtherScenario,

    /// <summary>So short a value can be a model, a build or a setting.</summary>
    [JsonStringEnumMemberName("short")] Short,

    /// <summary>Nobody noted the app's version for both devices.</summary>
    [JsonStringEnumMemberName("app_version_not_noted")] AppVersionNotNoted,

    /// <summary>Nobody noted the persona for both devices.</summary>
    [JsonStringEnumMemberName("persona_not_noted")] PersonaNotNoted,

    /// <summary>No re-install was recorded: a recording alone does not show that the app was started anew.</summary>
    [JsonStringEnumMemberName("no_reinstall")] NoReinstall,

    /// <summary>It changed when the app was installed anew; between the recordings before, the app need not have been closed.</summary>
    [JsonStringEnumMemberName("changed_by_reinstall")] ChangedByReinstall,
}

/// <summary>What is to be done about a doubt.</summary>
public static class CorrelationAdvice
{
    /// <summary>Whether it keeps a correlation from counting.</summary>
    public static bool IsDecisive(this CorrelationDoubt doubt) => doubt <= CorrelationDoubt.Short;

    /// <summary>In words, for the end of a sentence.</summary>
    public static string Of(CorrelationDoubt doubt) => doubt switch
    {
        CorrelationDoubt.OneDevice => "only one device sent it: record a second one",
        CorrelationDoubt.OneDeviceRepeated => "only one device sent it in more than one session: record another one twice",
        CorrelationDoubt.NotInterleaved => "the devices were recorded one after the other: record the first one again",
        CorrelationDoubt.OtherAppVersion => "the devices had different versions of the app",
        CorrelationDoubt.OtherPersona => "the devices had different personas: it may be the account's",
        CorrelationDoubt.OtherScenario => "the devices went through different scenarios",
        CorrelationDoubt.Short => "it is so short that it may be a model, a build or a setting",
        CorrelationDoubt.AppVersionNotNoted => "the app's version was not noted on both devices (--app-version)",
        CorrelationDoubt.PersonaNotNoted => "the persona was not noted on both devices (--persona)",
        CorrelationDoubt.NoReinstall => "no re-install was recorded (a scenario or phase 'reinstall')",
        CorrelationDoubt.ChangedByReinstall => "it changed with a re-install",
        _ => throw new ArgumentOutOfRangeException(nameof(doubt), doubt, "no such doubt"),
    };
}
