using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TrafficAudit.EndToEnd.Tests.Running;

/// <summary>mitmproxy's <c>mitmdump</c>, which writes a flow file of what goes through it.</summary>
internal sealed class Mitmdump : IAsyncDisposable
{
    private const string Address = "127.0.78.1";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private Mitmdump(Process process, int port)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        Proxy = new IPEndPoint(IPAddress.Parse(Address), port);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Proxy { get; }

    /// <summary>Starts it; completes when it listens.</summary>
    public static async Task<Mitmdump> StartAsync(Laboratory lab, string file)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(
            "mitmdump", ["--listen-host", Address, "-p", port.ToString(CultureInfo.InvariantCulture), "-w", file, "--set", $"confdir={lab.PathOf("mitmproxy")}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONUNBUFFERED"] = "1";
        var mitmdump = new Mitmdump(Process.Start(start)!, port);
        using var limit = new CancellationTokenSource(Patience);
        while (await mitmdump._process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains("listening", StringComparison.Ordinal))
            {
                return mitmdump;
            }
        }

        await using (mitmdump)
        {
            throw new InvalidOperationException($"mitmdump did not start: {await mitmdump._errors}");
        }
    }

    /// <summary>Ends it as Ctrl+C would, so that its file is whole.</summary>
    public async Task StopAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        var rest = _process.StandardOutput.ReadToEndAsync(limit.Token);
        await Built.RunOtherAsync("kill", "-INT", _process.Id.ToString(CultureInfo.InvariantCulture));
        await _process.WaitForExitAsync(limit.Token);
        await rest;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _errors;
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Parse(Address), 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
