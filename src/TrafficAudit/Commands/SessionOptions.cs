using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TrafficAudit.CommandLine;
using TrafficAudit.Model;

namespace TrafficAudit.Commands;

/// <summary>What people say of a recording; all of it goes into the journal with each session, and null where nobody has said it.</summary>
/// <param name="Operator">Who records.</param>
/// <param name="SecondPerson">Who was there, too.</param>
/// <param name="AppVersion">The version of the app under test.</param>
/// <param name="AppPackage">Its package.</param>
/// <param name="Scenario">The scenario that is gone through.</param>
/// <param name="EgressIp">The address under which servers see this network.</param>
/// <param name="LabPosition">Where the proxy stands.</param>
internal sealed record SessionSettings(
    string? Operator, string? SecondPerson, string? AppVersion, AppPackage? AppPackage, string? Scenario, IPAddress? EgressIp, GeoPosition? LabPosition);

/// <summary>An app's package file.</summary>
internal sealed record AppPackage(string File, long Bytes, string Sha256)
{
    public JsonObject ToJson() => new() { ["file"] = File, ["bytes"] = Bytes, ["sha256"] = Sha256 };
}

/// <summary>The options of <see cref="SessionSettings"/>.</summary>
internal sealed class SessionOptions
{
    private const int LongestText = 200;

    private readonly Option<string?> _operator = Text("--operator", "Who records, for the journal.", "NAME");
    private readonly Option<string?> _secondPerson = Text("--second-person", "Who is there as the second person, for the journal.", "NAME");
    private readonly Option<string?> _appVersion = AppVersion();
    private readonly Option<string?> _appPackage = Text("--app-package", "The package of the app under test (APK, IPA): its size and SHA-256 are journalled.", "FILE");
    private readonly Option<string?> _scenario = Scenario();
    private readonly Option<string?> _egressIp = Text("--egress-ip", "The address under which servers see this network, for the journal.", "ADDRESS");

    private readonly Option<string?> _labPosition = LabPosition();

    public void AddTo(Command command)
    {
        foreach (var option in new[] { _operator, _secondPerson, _appVersion, _appPackage, _scenario, _egressIp, _labPosition })
        {
            command.Add(option);
        }
    }

    /// <exception cref="InputException">A value can't be used; the message names it.</exception>
    public SessionSettings Of(ParseResult parsed) => new(
        Checked(parsed, _operator),
        Checked(parsed, _secondPerson),
        Checked(parsed, _appVersion),
        parsed.GetValue(_appPackage) is { } file ? Package(file) : null,
        Checked(parsed, _scenario),
        parsed.GetValue(_egressIp) is { } text ? Address(text) : null,
        PositionOf(parsed, _labPosition));

    public static Option<string?> AppVersion() => Text("--app-version", "The version of the app under test, for the journal.", "VERSION");

    public static Option<string?> Scenario() => Text(
        "--scenario", "The scenario that is gone through, for the journal; 'reinstall' says that the app was installed anew before.", "NAME");

    public static Option<string?> LabPosition() => Text(
        "--lab-position", "Where the proxy stands, in decimal degrees: the time that connections take then bounds how far servers can be.", "LATITUDE,LONGITUDE");

    /// <exception cref="InputException">It is no position.</exception>
    public static GeoPosition? PositionOf(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is not { } text ? null
        : GeoPosition.Parse(text) ?? throw new InputException($"{option.Name} {text}: write degrees north and east as 37.57,126.98 (south and west are negative)");

    public static Option<string?> Text(string name, string description, string value) => new(name) { Description = description, HelpName = value };

    /// <exception cref="InputException">The text can't be used.</exception>
    public static string? Checked(ParseResult parsed, Option<string?> option)
    {
        var text = parsed.GetValue(option)?.Trim();
        return text is null || (text.Length is > 0 and <= LongestText && !text.Any(char.IsControl))
            ? text
            : throw new InputException($"{option.Name} takes 1 to {LongestText} characters, none of them a control character");
    }

    private static IPAddress Address(string text) =>
        IPAddress.TryParse(text, out var address) ? address : throw new InputException($"--egress-ip {text}: write an IP address, such as 198.51.100.7");

    private static AppPackage Package(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return new AppPackage(Path.GetFileName(path), file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--app-package {path} can't be read: {e.Message}", e);
        }
    }
}
