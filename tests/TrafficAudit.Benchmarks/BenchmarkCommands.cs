using System.CommandLine;
using System.Net;
using TrafficAudit.Benchmarks.Load;
using TrafficAudit.Benchmarks.Servers;

namespace TrafficAudit.Benchmarks;

/// <summary>The commands of the benchmark program.</summary>
internal static class BenchmarkCommands
{
    public static RootCommand Create() =>
        new("Measures TrafficAudit.") { Upstream(), Bare(), Load() };

    private static Command Upstream()
    {
        var port = Required<int>("--port", "The port on 127.0.0.2.");
        var authority = Required<string>("--authority", "Where its certificate authority is written (PEM).");
        var command = new Command("upstream", "The server that candidates fetch from, until standard input ends.") { port, authority };
        command.SetAction(parsed => UpstreamServer.RunAsync(parsed.GetValue(port), parsed.GetValue(authority)!));
        return command;
    }

    private static Command Bare()
    {
        var port = Required<int>("--port", "The port on 127.0.0.1.");
        var command = new Command("bare", "A proxy of Kestrel and YARP that records nothing, until standard input ends.") { port };
        command.SetAction(parsed => BareProxy.RunAsync(parsed.GetValue(port)));
        return command;
    }

    private static Command Load()
    {
        var proxy = Required<string>("--proxy", "The candidate's address and port.");
        var target = Required<string>("--target", "The server's address and port.");
        var http2 = new Option<bool>("--http2") { Description = "HTTP/2 instead of HTTP/1.1." };
        var connections = WithDefault("--connections", "Client connections.", 16);
        var streams = WithDefault("--streams", "HTTP/2: requests under way on each connection.", 32);
        var warmUp = WithDefault("--warm-up", "Seconds before measuring.", 3);
        var duration = WithDefault("--duration", "Seconds measured.", 10);
        var command = new Command("load", "Puts load on a proxy for a fixed time.") { proxy, target, http2, connections, streams, warmUp, duration };
        command.SetAction(parsed => LoadRun.RunAsync(
            new LoadOptions(
                IPEndPoint.Parse(parsed.GetValue(proxy)!),
                IPEndPoint.Parse(parsed.GetValue(target)!),
                parsed.GetValue(http2),
                parsed.GetValue(connections),
                parsed.GetValue(streams),
                TimeSpan.FromSeconds(parsed.GetValue(warmUp)),
                TimeSpan.FromSeconds(parsed.GetValue(duration))),
            TimeProvider.System));
        return command;
    }

    private static Option<T> Required<T>(string name, string description) => new(name) { Description = description, Required = true };

    private static Option<T> WithDefault<T>(string name, string description, T value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
