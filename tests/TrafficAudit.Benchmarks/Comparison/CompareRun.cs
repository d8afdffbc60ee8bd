using TrafficAudit.Benchmarks.Servers;
using TrafficAudit.Testing;

namespace TrafficAudit.Benchmarks.Comparison;

/// <summary>All candidates, one after the other, round after round in alternating order; tables and ratios at the end.</summary>
internal static class CompareRun
{
    public static async Task<int> RunAsync(CompareOptions options, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            var candidates = Candidates(options);
            var measurements = await MeasureAsync(options, candidates, time, cancellation);
            return ComparisonReport.Write(Console.Out, options, measurements) ? 0 : 1;
        }
        catch (ComparisonException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 3;
        }
    }

    private static List<Candidate> Candidates(CompareOptions options)
    {
        var candidates = new List<Candidate>();
        foreach (var name in options.Candidates)
        {
            switch (name)
            {
                case "bare":
                    candidates.Add(new BareCandidate());
                    break;
                case "trafficaudit" when File.Exists(options.Program):
                    candidates.Add(new TrafficAuditCandidate(options.Program));
                    break;
                case "trafficaudit":
                    throw new ComparisonException($"There is no {options.Program}: build src/TrafficAudit in Release first");
                case "mitmdump" when MitmdumpCandidate.IsInstalled:
                    candidates.Add(new MitmdumpCandidate());
                    break;
                case "mitmdump":
                    Console.WriteLine("mitmdump is not installed (Debian: apt-get install mitmproxy), so the comparison goes on without it.\n");
                    break;
            }
        }

        return candidates;
    }

    private static async Task<Dictionary<(string Protocol, string Candidate), List<Measurement>>> MeasureAsync(
        CompareOptions options, List<Candidate> candidates, TimeProvider time, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        var authority = folder.File("upstream-ca.pem");
        var endpoint = CandidateRun.FreeEndpoint(UpstreamServer.Address);
        await using var upstream = Itself.Start("upstream", folder.Path, "upstream", "--port", $"{endpoint.Port}", "--authority", authority);
        await upstream.WaitForPortAsync(endpoint, time, cancellation);
        var run = new CandidateRun(options, endpoint, upstream.Id, authority, time);
        var measurements = new Dictionary<(string, string), List<Measurement>>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var protocol in options.Protocols)
            {
                // What runs first meets a machine in another state than what runs last.
                foreach (var candidate in round % 2 == 1 ? candidates : candidates.AsEnumerable().Reverse())
                {
                    var measurement = await MeasureAsync(run, candidate, protocol, cancellation);
                    await Console.Error.WriteLineAsync($"round {round}: {protocol} {candidate.Name}: {ComparisonReport.Line(measurement)}");
                    if (!measurements.TryGetValue((protocol, candidate.Name), out var known))
                    {
                        measurements[(protocol, candidate.Name)] = known = [];
                    }

                    known.Add(measurement);
                }
            }
        }

        await upstream.CloseInputAndWaitAsync(cancellation);
        return measurements;
    }

    private static async Task<Measurement> MeasureAsync(CandidateRun run, Candidate candidate, string protocol, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        return await run.RunAsync(candidate, protocol == "http2", folder.Path, cancellation);
    }
}
