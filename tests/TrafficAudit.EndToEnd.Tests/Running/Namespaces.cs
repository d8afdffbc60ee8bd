using System.Diagnostics;

namespace TrafficAudit.EndToEnd.Tests.Running;

/// <summary>
/// Three hosts as Linux network namespaces: a phone, the laptop that is its gateway, and a server behind it. Addresses are from documentation prefixes
/// (RFC 5737, RFC 3849). Each exists as long as this object.
/// </summary>
internal sealed class Namespaces : IAsyncDisposable
{
    public const string PhoneSide = "192.0.2.1";
    public const string Server = "198.51.100.10";
    public const string ServerIpv6 = "2001:db8:3::10";
    public const string LaptopInterface = "phones";

    private readonly string _id = Guid.NewGuid().ToString("N")[..8];

    public string Phone => $"ta-phone-{_id}";

    public string Laptop => $"ta-laptop-{_id}";

    public string ServerHost => $"ta-server-{_id}";

    /// <summary>Makes them; null where this process may not.</summary>
    public static async Task<Namespaces?> TryCreateAsync()
    {
        var made = new Namespaces();
        if ((await Built.RunOtherAsync("ip", "netns", "add", made.Phone)).ExitCode != 0)
        {
            return null;
        }

        try
        {
            await made.CreateAsync();
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <summary>How a program is started on one of the hosts.</summary>
    public static void On(string host, ProcessStartInfo start)
    {
        start.ArgumentList.Insert(0, start.FileName);
        start.ArgumentList.Insert(0, host);
        start.ArgumentList.Insert(0, "exec");
        start.ArgumentList.Insert(0, "netns");
        start.FileName = "ip";
    }

    public static Task<Outcome> RunAsync(string host, params IEnumerable<string> command) => Built.RunOtherAsync("ip", ["netns", "exec", host, .. command]);

    /// <summary>Starts a program on one of the hosts that runs until it is killed.</summary>
    public static Process Start(string host, params IEnumerable<string> command) => Process.Start(new ProcessStartInfo("ip", ["netns", "exec", host, .. command])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
    })!;

    public async ValueTask DisposeAsync()
    {
        foreach (var name in (string[])[Phone, Laptop, ServerHost])
        {
            await Built.RunOtherAsync("ip", "netns", "delete", name);
        }
    }

    private async Task CreateAsync()
    {
        string[] steps =
        [
            $"netns add {Laptop}",
            $"netns add {ServerHost}",
            $"-n {Laptop} link add {LaptopInterface} type veth peer name wlan0 netns {Phone}",
            $"-n {Laptop} link add uplink type veth peer name eth0 netns {ServerHost}",
            .. Addresses(Laptop, LaptopInterface, $"{PhoneSide}/24", "2001:db8:1::1/64"),
            .. Addresses(Phone, "wlan0", "192.0.2.2/24", "2001:db8:1::2/64"),
            .. Addresses(Laptop, "uplink", "203.0.113.1/24", "2001:db8:2::1/64"),
            .. Addresses(ServerHost, "eth0", "203.0.113.2/24", "2001:db8:2::2/64"),
            .. Addresses(ServerHost, "lo", $"{Server}/32", $"{ServerIpv6}/128"),
            $"-n {Laptop} link set lo up",
            $"-n {Phone} route add default via {PhoneSide}",
            $"-n {Phone} -6 route add default via 2001:db8:1::1",
            $"-n {Laptop} route add {Server} via 203.0.113.2",
            $"-n {Laptop} -6 route add {ServerIpv6} via 2001:db8:2::2",
            $"-n {ServerHost} route add default via 203.0.113.1",
            $"-n {ServerHost} -6 route add default via 2001:db8:2::1",
        ];
        foreach (var step in steps)
        {
            await ExpectAsync("ip", step.Split(' '));
        }

        await ExpectAsync("ip", ["netns", "exec", Laptop, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding"]);
    }

    private static IEnumerable<string> Addresses(string host, string link, string ipv4, string ipv6) =>
    [
        $"-n {host} address add {ipv4} dev {link}",
        $"-n {host} address add {ipv6} dev {link} nodad",
        $"-n {host} link set {link} up",
    ];

    private static async Task ExpectAsync(string program, IEnumerable<string> arguments)
    {
        var outcome = await Built.RunOtherAsync(program, arguments);
        Assert.True(outcome.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {outcome.Error}");
    }
}
