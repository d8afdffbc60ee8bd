using System.CommandLine;
using TrafficAudit.Capture.Forwarding;
using TrafficAudit.Capture.Handshakes;
using TrafficAudit.CommandLine;

namespace TrafficAudit.Commands;

/// <summary>What is decrypted, and how servers are reached: the part of <c>capture</c>'s options that decides what a recording can read.</summary>
/// <param name="Bypass">Hosts that are left alone.</param>
/// <param name="OnRefusal">What follows a refused certificate.</param>
/// <param name="UpstreamProxy">Between this proxy and the servers.</param>
/// <param name="TlsKeys">Where the sessions' keys go.</param>
internal sealed record InterceptionSettings(HostPatterns Bypass, OnRefusal OnRefusal, UpstreamProxy? UpstreamProxy, string? TlsKeys);

/// <summary>The options of <see cref="InterceptionSettings"/>.</summary>
internal sealed class InterceptionOptions
{
    private readonly Option<string[]> _bypass = new("--bypass")
    {
        Description = "Relay TLS connections to these hosts without decryption (name, *.name, address, or * for all).",
        HelpName = "PATTERN",
    };

    private readonly Option<string> _onRefusal = new("--on-refusal")
    {
        Description = "When an app refuses the proxy's certificate for a host: relay its connections there for 10 minutes, or let them fail.",
        DefaultValueFactory = _ => "relay",
    };

    private readonly Option<string?> _upstreamProxy = new("--upstream-proxy")
    {
        Description = "Reach servers through another proxy (http://… or socks5://…).",
        HelpName = "URL",
    };

    private readonly Option<string?> _tlsKeys = new("--tls-keys")
    {
        Description = "Write the keys of every TLS session into a file (NSS key log format), for Wireshark. Whoever has it can read the traffic.",
        HelpName = "FILE",
    };

    public InterceptionOptions() => _onRefusal.AcceptOnlyFromAmong("relay", "fail");

    public void AddTo(Command command)
    {
        command.Add(_bypass);
        command.Add(_onRefusal);
        command.Add(_upstreamProxy);
        command.Add(_tlsKeys);
    }

    /// <exception cref="InputException">A value can't be used; the message names it.</exception>
    public InterceptionSettings Of(ParseResult parsed)
    {
        try
        {
            return new InterceptionSettings(
                HostPatterns.Parse(parsed.GetValue(_bypass) ?? []),
                parsed.GetValue(_onRefusal) == "fail" ? OnRefusal.Fail : OnRefusal.Relay,
                parsed.GetValue(_upstreamProxy) is { } url ? Proxy(url) : null,
                parsed.GetValue(_tlsKeys));
        }
        catch (FormatException e)
        {
            throw new InputException($"--bypass: {e.Message}", e);
        }
    }

    private static UpstreamProxy Proxy(string url)
    {
        try
        {
            return UpstreamProxy.Parse(url);
        }
        catch (FormatException e)
        {
            // The URL may hold a password, so it is not shown again.
            throw new InputException($"--upstream-proxy: {e.Message}", e);
        }
    }
}
