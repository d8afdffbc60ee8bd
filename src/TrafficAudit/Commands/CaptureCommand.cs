using System.CommandLine;
using System.Net;
using TrafficAudit.Access;
using TrafficAudit.Capture;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Capture.Forwarding;
using TrafficAudit.CommandLine;
using TrafficAudit.Provenance;

namespace TrafficAudit.Commands;

/// <summary>What <c>capture</c> was told.</summary>
internal sealed record CaptureSettings(
    string Case, string Captures, string GeoData, string Home, IReadOnlyList<string> AppIds, string? Device, string? Persona, IPEndPoint Listen,
    IPEndPoint Review, DoorPolicy Door, bool AllowPrivate, ForwardingOptions Forwarding, InterceptionSettings Interception, SessionSettings Session,
    CommandOptions Options, Uri? TimestampAuthority, string? LogFile, bool IsVerbose, TimeSpan ReviewSession, bool Encrypt = false, string? PassphraseFile = null);

/// <summary><c>capture</c>: the proxy and the review UI, until Ctrl+C.</summary>
internal static class CaptureCommand
{
    public static Command Create()
    {
        var caseName = CommonOptions.Case(required: false);
        caseName.Description = "The case to record into; made when it is new. Default: one named by date and time.";
        var persona = CommonOptions.Persona();
        var app = new Option<string[]>("--app") { Description = "The id of an app under test (package name, bundle id).", HelpName = "ID" };
        var device = new Option<string?>("--device") { Description = "A label for the phone, kept with the session.", HelpName = "NAME" };
        var listen = Address("--listen", "Where phones connect to the proxy.", new IPEndPoint(IPAddress.Any, 8080));
        var review = Address("--review", "Where the review UI listens.", new IPEndPoint(IPAddress.Loopback, 8090));
        var doors = new Option<string>("--accept-devices") { Description = "Whom the proxy serves.", DefaultValueFactory = _ => "paired" };
        doors.AcceptOnlyFromAmong("paired", "all");
        var allowPrivate = new Option<bool>("--allow-private-destinations") { Description = "Forward to loopback, private and other special addresses, too." };
        var upstreamCa = new Option<string[]>("--upstream-ca") { Description = "Certificates (PEM) to trust for servers beside the system's roots.", HelpName = "FILE" };
        var resolve = ResolveOption.Create();
        var dns = DnsOption.Create();
        var timeout = new Option<int>("--upstream-timeout")
        {
            Description = "Seconds without a byte after which an exchange is ended.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => (int)new ForwardingOptions().IdleTimeout.TotalSeconds,
        };
        timeout.Validators.Add(r =>
        {
            if (r.Tokens.Count > 0 && (!int.TryParse(r.Tokens[0].Value, out var seconds) || seconds is < 1 or > 86_400))
            {
                r.AddError("--upstream-timeout takes 1 to 86400 seconds.");
            }
        });
        var logFile = new Option<string?>("--log-file") { Description = "Log into a file, too; one a day.", HelpName = "FILE" };
        var verbose = new Option<bool>("--verbose") { Description = "Log everything on standard error." };
        var command = new Command("capture", "Records what phones send through this proxy, until Ctrl+C.")
        {
            caseName, persona, app, device, listen, review, doors, allowPrivate, upstreamCa, resolve, dns, timeout, logFile, verbose,
        };
        var interception = new InterceptionOptions();
        interception.AddTo(command);
        var session = new SessionOptions();
        session.AddTo(command);
        var tsa = CommonOptions.TimestampAuthority();
        command.Add(tsa);
        var encrypt = CommonOptions.Encrypt();
        command.Add(encrypt);
        var idle = SessionIdleOption.Create();
        command.Add(idle);
        command.SetAction((parsed, cancellation) => CaptureRun.RunAsync(
            new CaptureSettings(
                parsed.GetValue(caseName) ?? $"case-{TimeProvider.System.GetLocalNow():yyyyMMdd-HHmmss}",
                parsed.GetValue(CommonOptions.Captures)!,
                parsed.GetValue(CommonOptions.GeoData)!,
                parsed.GetValue(CommonOptions.Home)!,
                parsed.GetValue(app) ?? [],
                parsed.GetValue(device),
                parsed.GetValue(persona),
                EndpointOf(parsed.GetValue(listen)!, "--listen"),
                EndpointOf(parsed.GetValue(review)!, "--review"),
                parsed.GetValue(doors) == "all" ? DoorPolicy.All : DoorPolicy.Paired,
                parsed.GetValue(allowPrivate),
                new ForwardingOptions
                {
                    IdleTimeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                    AdditionalRoots = PemRoots.Read(parsed.GetValue(upstreamCa) ?? [], "--upstream-ca"),
                    Resolve = ResolveOption.Of(parsed, resolve),
                    Dns = DnsOption.Of(parsed, dns, TimeProvider.System),
                    UpstreamProxy = interception.Of(parsed).UpstreamProxy,
                },
                interception.Of(parsed),
                session.Of(parsed),
                CommandOptions.Of(parsed),
                CommonOptions.AuthorityOf(parsed.GetValue(tsa)),
                parsed.GetValue(logFile),
                parsed.GetValue(verbose),
                TimeSpan.FromHours(parsed.GetValue(idle)),
                parsed.GetValue(encrypt),
                parsed.GetValue(CommonOptions.PassphraseFile)),
            TimeProvider.System,
            cancellation));
        return command;
    }

    internal static Option<string> Address(string name, string description, IPEndPoint standard) =>
        new(name) { Description = description, HelpName = "ADDRESS:PORT", DefaultValueFactory = _ => standard.ToString() };

    /// <exception cref="InputException">It is no address with a port.</exception>
    internal static IPEndPoint EndpointOf(string text, string option) =>
        IPEndPoint.TryParse(text, out var endpoint) && text.Contains(':', StringComparison.Ordinal)
            ? endpoint
            : throw new InputException($"{option} {text}: write it as ADDRESS:PORT, such as 127.0.0.1:8080");
}
