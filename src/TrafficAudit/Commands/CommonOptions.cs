using System.CommandLine;
using TrafficAudit.CommandLine;
using TrafficAudit.Geolocation.Jurisdictions;
using TrafficAudit.Pipeline;

namespace TrafficAudit.Commands;

/// <summary>Options that several commands share. Those that go with every command belong to the root; of the others each call makes a new one.</summary>
internal static class CommonOptions
{
    public static Option<string> Case(bool required = true) => new("--case")
    {
        Description = "The case: its name, or the path of its folder.",
        HelpName = "NAME",
        Required = required,
    };

    public static Option<string> Captures { get; } = new("--captures")
    {
        Recursive = true,
        Description = "The folder that holds the cases.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "captures",
    };

    public static Option<string> GeoData { get; } = new("--geo-data")
    {
        Recursive = true,
        Description = "A folder with more databases (*.mmdb) and data files; a file of the same name replaces a built-in one.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "geo-data",
    };

    public static Option<string> Home { get; } = new("--home")
    {
        Recursive = true,
        Description = "Where this installation keeps its certificate authority, sealing key and pairings.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "trafficaudit"),
    };

    public static Option<string?> PassphraseFile { get; } = new("--passphrase-file")
    {
        Recursive = true,
        Description = "A file whose first line is the passphrase of an encrypted case. Without it: the variable TRAFFICAUDIT_PASSPHRASE, or a question on the terminal.",
        HelpName = "FILE",
    };

    public static Option<bool> Encrypt() => new("--encrypt")
    {
        Description = "Make the case, which is new, an encrypted one: all it holds can only be read with a passphrase.",
    };

    public static Option<string?> Persona() => new("--persona")
    {
        Description = "A persona file (JSON) with the test identity's known values.",
        HelpName = "FILE",
    };

    public static Option<string> Format(params string[] formats)
    {
        var option = new Option<string>("--format") { Description = "Form of the output.", DefaultValueFactory = _ => formats[0] };
        option.AcceptOnlyFromAmong(formats);
        return option;
    }

    public static Option<string?> TimestampAuthority() => new("--tsa")
    {
        Description = "Have the seal stamped by this timestamping authority (RFC 3161).",
        HelpName = "URL",
    };

    /// <exception cref="InputException">It is no address on the web.</exception>
    public static Uri? AuthorityOf(string? text) =>
        text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
        : throw new InputException($"--tsa {text}: write the address of a timestamping authority, such as http://timestamp.example/tsa");

    public static Option<string?> Filter() => new("--filter")
    {
        Description = "Only flows that match, such as 'host:*.example.com item:phone country:CN,SG status:>=400 -method:GET'.",
        HelpName = "EXPR",
    };

    public static Option<string?> Profile() => new("--profile")
    {
        Description = $"By whose rules countries are judged: {string.Join(", ", JurisdictionProfile.Embedded)}, or a file of one's own in jurisdictions/ of --geo-data.",
        HelpName = "ID",
    };

    /// <summary>What analyses rest on, from where <see cref="GeoData"/> and <see cref="Captures"/> say.</summary>
    public static DataSources SourcesOf(ParseResult parsed) => DataSources.Load(parsed.GetValue(GeoData)!, parsed.GetValue(Captures)!);

    public static Option<bool> Reveal() => new("--reveal") { Description = "Show personal values unmasked." };
}
