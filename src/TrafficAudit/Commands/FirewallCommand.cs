using System.CommandLine;
using System.Globalization;
using TrafficAudit.CommandLine;

namespace TrafficAudit.Commands;

/// <summary>
/// <c>firewall</c>: the rules that lead a network's connections to the proxy, for phones and apps that know of no proxy. It prints them and changes
/// nothing: who runs a gateway decides what it does.
/// </summary>
internal static class FirewallCommand
{
    // Linux: IFNAMSIZ is 16 with the final zero.
    private const int LongestInterface = 15;

    public static Command Create()
    {
        var @interface = new Option<string>("--interface") { Description = "The network interface that the phones are behind.", HelpName = "NAME", Required = true };
        var port = new Option<int>("--port") { Description = "The proxy's port.", HelpName = "PORT", DefaultValueFactory = _ => 8080 };
        var command = new Command(
            "firewall", "Prints nftables rules (Linux) that lead the phones' connections to the proxy and reject QUIC; for 'nft -f -'.") { @interface, port };
        command.SetAction(parsed =>
        {
            Console.Out.Write(Rules(parsed.GetValue(@interface)!, parsed.GetValue(port)));
            return ExitCode.Done;
        });
        return command;
    }

    /// <exception cref="InputException">The interface or the port can't be one.</exception>
    internal static string Rules(string @interface, int port)
    {
        if (@interface.Length is 0 or > LongestInterface || !@interface.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            throw new InputException($"--interface: '{@interface}' can't be the name of a network interface; 'ip link' lists them");
        }

        if (port is < 1 or > 65_535)
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--port {port}: write 1 to 65535"));
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            # Leads every TCP connection that comes in on {{@interface}} to the proxy on port {{port}}, and rejects QUIC (HTTP/3), so that apps use TCP.
            # The phones' gateway must be this machine, and it must forward what is left of their traffic (DNS): sysctl -w net.ipv4.ip_forward=1
            # Over IPv6 the proxy takes them with --listen [::]:{{port}} and net.ipv6.conf.all.forwarding=1.
            # Put in place:  trafficaudit firewall --interface {{@interface}} --port {{port}} | sudo nft -f -      Taken away:  sudo nft delete table inet trafficaudit
            table inet trafficaudit
            delete table inet trafficaudit
            table inet trafficaudit {
              chain prerouting {
                type nat hook prerouting priority dstnat; policy accept;
                iifname "{{@interface}}" meta l4proto tcp fib daddr type != local redirect to :{{port}}
              }
              chain forward {
                type filter hook forward priority filter; policy accept;
                iifname "{{@interface}}" udp dport 443 reject
              }
              chain postrouting {
                type nat hook postrouting priority srcnat; policy accept;
                iifname "{{@interface}}" masquerade
              }
            }

            """);
    }
}
