using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using TrafficAudit.Benchmarks.Comparison;
using TrafficAudit.Benchmarks.Reviewing;
using TrafficAudit.Benchmarks.Servers;
using TrafficAudit.Testing;

namespace TrafficAudit.Benchmarks.Endurance;

/// <summary>The server and the built program with everything on, to be looked at while load is put on them.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly TrafficAuditCandidate _candidate;
    private readonly Child _upstream;
    private readonly Task<string> _output;
    private readonly HttpClient _review;

    private Rig(TemporaryFolder folder, TrafficAuditCandidate candidate, Child upstream, Child program, IPEndPoint proxy, IPEndPoint target, HttpClient review)
    {
        _folder = folder;
        _candidate = candidate;
        _upstream = upstream;
        _review = review;
        Program = program;
        Proxy = proxy;
        Target = target;
        _output = program.Output.ReadToEndAsync();
    }

    /// <summary>The program under test.</summary>
    public Child Program { get; }

    public IPEndPoint Proxy { get; }

    /// <summary>The server behind it.</summary>
    public IPEndPoint Target { get; }

    public string Folder => _folder.Path;

    /// <exception cref="ComparisonException">A part did not start.</exception>
    public static async Task<Rig> StartAsync(string program, TimeProvider time, CancellationToken cancellation)
    {
        if (!File.Exists(program))
        {
            throw new ComparisonException($"There is no {program}: build src/TrafficAudit in Release first");
        }

        var folder = new TemporaryFolder();
        var authority = folder.File("upstream-ca.pem");
        var target = CandidateRun.FreeEndpoint(UpstreamServer.Address);
        var upstream = Itself.Start("upstream", folder.Path, "upstream", "--port", $"{target.Port}", "--authority", authority);
        Child? proxy = null;
        try
        {
            await upstream.WaitForPortAsync(target, time, cancellation);
            var listen = CandidateRun.FreeEndpoint();
            var candidate = new TrafficAuditCandidate(program);
            proxy = candidate.Start(folder.Path, authority, listen);
            await proxy.WaitForPortAsync(listen, time, cancellation);
            return new Rig(folder, candidate, upstream, proxy, listen, target, await ReviewAsync(folder.File("home"), time, cancellation));
        }
        catch
        {
            if (proxy is not null)
            {
                await proxy.DisposeAsync();
            }

            await upstream.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>How many flows are in the program's index now.</summary>
    public async Task<long> FlowsAsync(CancellationToken cancellation)
    {
        using var status = JsonDocument.Parse(await _review.GetStringAsync("api/v1/status", cancellation));
        return status.RootElement.GetProperty("flows").GetInt64();
    }

    /// <summary>Ends program and server in order.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await _candidate.StopAsync(Program, cancellation);
        await _output;
        await _upstream.CloseInputAndWaitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _review.Dispose();
        await Program.DisposeAsync();
        await _upstream.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The program says in its home folder how commands reach it.</summary>
    private static async Task<HttpClient> ReviewAsync(string home, TimeProvider time, CancellationToken cancellation)
    {
        var (address, token) = await RunningProgram.FindAsync(home, time, cancellation);
        return new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
    }
}
