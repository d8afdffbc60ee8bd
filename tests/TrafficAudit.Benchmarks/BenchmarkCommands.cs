using System.CommandLine;
using System.Net;
using BenchmarkDotNet.Running;
using TrafficAudit.Benchmarks.Certificates;
using TrafficAudit.Benchmarks.Comparison;
using TrafficAudit.Benchmarks.Destinations;
using TrafficAudit.Benchmarks.Encryption;
using TrafficAudit.Benchmarks.Endurance;
using TrafficAudit.Benchmarks.Imports;
using TrafficAudit.Benchmarks.Load;
using TrafficAudit.Benchmarks.Searching;
using TrafficAudit.Benchmarks.Servers;
using TrafficAudit.Benchmarks.Throughput;
using TrafficAudit.Benchmarks.Verification;

namespace TrafficAudit.Benchmarks;

/// <summary>The commands of the benchmark program.</summary>
internal static class BenchmarkCommands
{
    public static RootCommand Create() =>
        new("Measures TrafficAudit.") { Compare(), Idle(), Soak(), Messages(), Import(), Leaf(), Classify(), Locate(), Transfers(), Filters(), Search(), Verify(), Encrypt(), Microbenchmarks(), Upstream(), Bare(), Load() };

    private static Command Compare()
    {
        var program = Required<string>("--program", "The built program, trafficaudit.dll.");
        var candidates = Choice("--candidates", "Which proxies.", "mitmdump", "bare", "trafficaudit");
        var protocols = Choice("--protocols", "Which protocols.", "http1", "http2");
        var rounds = WithDefault("--rounds", "How often each is measured.", 3);
        var warmUp = WithDefault("--warm-up", "Seconds before each measurement: until .NET has optimised what runs often.", 12);
        var duration = WithDefault("--duration", "Seconds of each measurement.", 10);
        var connections = WithDefault("--connections", "HTTP/1.1: client connections.", 16);
        var http2Connections = WithDefault("--http2-connections", "HTTP/2: client connections.", 4);
        var streams = WithDefault("--streams", "HTTP/2: requests under way on each connection.", 32);
        var command = new Command("compare", "Compares the program with mitmdump and with bare forwarding.")
        {
            program, candidates, protocols, rounds, warmUp, duration, connections, http2Connections, streams,
        };
        command.SetAction((parsed, cancellation) => CompareRun.RunAsync(
            new CompareOptions(
                parsed.GetValue(program)!,
                parsed.GetValue(candidates)!,
                parsed.GetValue(protocols)!,
                parsed.GetValue(rounds),
                parsed.GetValue(warmUp),
                parsed.GetValue(duration),
                parsed.GetValue(connections),
                parsed.GetValue(http2Connections),
                parsed.GetValue(streams)),
            TimeProvider.System,
            cancellation));
        return command;
    }

    private static Command Idle()
    {
        var program = Required<string>("--program", "The built program, trafficaudit.dll.");
        var connections = WithDefault("--connections", "Idle connections, one request done on each.", 2000);
        var busy = WithDefault("--busy", "Connections with traffic beside them.", 50);
        var seconds = WithDefault("--seconds", "Seconds of that traffic.", 20);
        var command = new Command("idle", "Measures what open connections cost.") { program, connections, busy, seconds };
        command.SetAction((parsed, cancellation) => new IdleRun(
            parsed.GetValue(program)!, parsed.GetValue(connections), parsed.GetValue(busy), parsed.GetValue(seconds), TimeProvider.System).RunAsync(cancellation));
        return command;
    }

    private static Command Messages()
    {
        var program = Required<string>("--program", "The built program, trafficaudit.dll.");
        var rate = WithDefault("--rate", "Messages a second on one WebSocket.", 10_000);
        var seconds = WithDefault("--seconds", "How long.", 60);
        var command = new Command("messages", "Measures one WebSocket with many messages.") { program, rate, seconds };
        command.SetAction((parsed, cancellation) => new MessagesRun(
            parsed.GetValue(program)!, parsed.GetValue(rate), parsed.GetValue(seconds), TimeProvider.System).RunAsync(cancellation));
        return command;
    }

    private static Command Import()
    {
        var program = Required<string>("--program", "The built program, trafficaudit.dll.");
        var flows = WithDefault("--flows", "Entries of the HAR.", 100_000);
        var mebibytes = WithDefault("--mebibytes", "Size of the HAR.", 400);
        var command = new Command("import", "Makes a HAR, imports it, and measures time and memory.") { program, flows, mebibytes };
        command.SetAction((parsed, cancellation) => new ImportMeasurement(
            parsed.GetValue(program)!, parsed.GetValue(flows), parsed.GetValue(mebibytes), TimeProvider.System).RunAsync(cancellation));
        return command;
    }

    private static Command Soak()
    {
        var program = Required<string>("--program", "The built program, trafficaudit.dll.");
        var minutes = WithDefault("--minutes", "Minutes of full load.", 20.0);
        var connections = WithDefault("--connections", "HTTP/1.1: connections that stay.", 16);
        var churning = WithDefault("--churning", "Clients that open a connection for each request.", 2);
        var http2 = new Option<bool>("--http2") { Description = "HTTP/2 instead of HTTP/1.1 on the connections that stay." };
        var command = new Command("soak", "Puts full load on the program for long and says whether it grows.") { program, minutes, connections, churning, http2 };
        command.SetAction((parsed, cancellation) => new SoakRun(
            parsed.GetValue(program)!, TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(connections), parsed.GetValue(churning),
            parsed.GetValue(http2), TimeProvider.System).RunAsync(cancellation));
        return command;
    }

    private static Command Leaf()
    {
        var rounds = WithDefault("--rounds", "How often it is measured.", 5);
        var seconds = WithDefault("--seconds", "Seconds of each measurement.", 4);
        var command = new Command("leaf", "Measures how many leaf certificates one core makes.") { rounds, seconds };
        command.SetAction(parsed => LeafRun.Run(parsed.GetValue(rounds), parsed.GetValue(seconds)));
        return command;
    }

    private static Command Classify()
    {
        var rounds = WithDefault("--rounds", "How often each message is measured.", 5);
        var command = new Command("classify", "Measures how fast one core classifies.") { rounds };
        command.SetAction(parsed => ClassifyRun.Run(parsed.GetValue(rounds)));
        return command;
    }

    private static Command Locate()
    {
        var rounds = WithDefault("--rounds", "How often each is measured.", 5);
        var command = new Command("locate", "Measures how many addresses one core looks up, and how many flows it locates.") { rounds };
        command.SetAction(parsed => LocateRun.Run(parsed.GetValue(rounds)));
        return command;
    }

    private static Command Transfers()
    {
        var flows = WithDefault("--flows", "Flows of the case.", 300_000);
        var findings = WithDefault("--findings", "Findings of each.", 3);
        var command = new Command("transfers", "Measures how soon a new flow is counted in the transfers of a large case.") { flows, findings };
        command.SetAction((parsed, cancellation) => TransfersRun.RunAsync(parsed.GetValue(flows), parsed.GetValue(findings), cancellation));
        return command;
    }

    private static Command Search()
    {
        var megabytes = WithDefault("--megabytes", "Bytes of the messages, in millions.", 2000);
        var rounds = WithDefault("--rounds", "How often each is searched for.", 3);
        var command = new Command("search", "Measures how long a text is looked for in decoded content.") { megabytes, rounds };
        command.SetAction((parsed, cancellation) => SearchRun.RunAsync(parsed.GetValue(megabytes), parsed.GetValue(rounds), cancellation));
        return command;
    }

    private static Command Filters()
    {
        var flows = WithDefault("--flows", "Flows of the case.", 200_000);
        var findings = WithDefault("--findings", "Findings of each.", 3);
        var rounds = WithDefault("--rounds", "How often each is asked.", 21);
        var command = new Command("filters", "Measures filters, and the completion of filters, over a large case.") { flows, findings, rounds };
        command.SetAction((parsed, cancellation) => FilterRun.RunAsync(parsed.GetValue(flows), parsed.GetValue(findings), parsed.GetValue(rounds), cancellation));
        return command;
    }

    private static Command Verify()
    {
        var megabytes = WithDefault("--megabytes", "About how much compressed evidence.", 400);
        var rounds = WithDefault("--rounds", "How often it is verified.", 5);
        var command = new Command("verify", "Measures how fast a case is sealed and verified.") { megabytes, rounds };
        command.SetAction((parsed, cancellation) => new VerifyRun(parsed.GetValue(megabytes), parsed.GetValue(rounds)).RunAsync(cancellation));
        return command;
    }

    private static Command Encrypt()
    {
        var flows = WithDefault("--flows", "How many flows are recorded.", 50_000);
        var rounds = WithDefault("--rounds", "How often, plain and encrypted by turns.", 5);
        var command = new Command("encrypt", "Measures what an encrypted case costs.") { flows, rounds };
        command.SetAction((parsed, cancellation) => new EncryptRun(parsed.GetValue(flows), parsed.GetValue(rounds)).RunAsync(cancellation));
        return command;
    }

    private static Command Microbenchmarks()
    {
        var arguments = new Argument<string[]>("arguments") { Description = "BenchmarkDotNet's own, such as --filter '*'.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("bdn", "Runs the BenchmarkDotNet classes.") { arguments };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(parsed => { BenchmarkSwitcher.FromAssembly(typeof(BenchmarkCommands).Assembly).Run([.. parsed.GetValue(arguments) ?? [], .. parsed.UnmatchedTokens]); });
        return command;
    }

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
        var perConnection = WithDefault("--requests-per-connection", "HTTP/1.1: requests before a new connection is opened; 0 for no bound.", 0);
        var command = new Command("load", "Puts load on a proxy for a fixed time.") { proxy, target, http2, connections, streams, warmUp, duration, perConnection };
        command.SetAction(parsed => LoadRun.RunAsync(
            new LoadOptions(
                IPEndPoint.Parse(parsed.GetValue(proxy)!),
                IPEndPoint.Parse(parsed.GetValue(target)!),
                parsed.GetValue(http2),
                parsed.GetValue(connections),
                parsed.GetValue(streams),
                TimeSpan.FromSeconds(parsed.GetValue(warmUp)),
                TimeSpan.FromSeconds(parsed.GetValue(duration)),
                parsed.GetValue(perConnection)),
            TimeProvider.System));
        return command;
    }

    private static Option<T> Required<T>(string name, string description) => new(name) { Description = description, Required = true };

    private static Option<string[]> Choice(string name, string description, params string[] all)
    {
        var option = new Option<string[]>(name) { Description = description, AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => all };
        option.AcceptOnlyFromAmong(all);
        return option;
    }

    private static Option<T> WithDefault<T>(string name, string description, T value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
