using System.Net;

namespace TrafficAudit.Benchmarks.Load;

/// <summary>What load is put on which proxy.</summary>
/// <param name="Proxy">The candidate.</param>
/// <param name="Target">The server, as CONNECT names it.</param>
/// <param name="IsHttp2">HTTP/2 instead of HTTP/1.1.</param>
/// <param name="Connections">Client connections.</param>
/// <param name="Streams">HTTP/2: requests under way on each connection.</param>
/// <param name="WarmUp">Load before measuring.</param>
/// <param name="Duration">Load that is measured.</param>
/// <param name="RequestsPerConnection">HTTP/1.1: after so many requests a client opens a new connection; 0 for never.</param>
internal sealed record LoadOptions(IPEndPoint Proxy, IPEndPoint Target, bool IsHttp2, int Connections, int Streams, TimeSpan WarmUp, TimeSpan Duration,
    int RequestsPerConnection = 0);

/// <summary>What came of it.</summary>
/// <param name="Answered">Right answers altogether, with those of the warm-up and of the end.</param>
/// <param name="Measured">Right answers in the measured time.</param>
/// <param name="Seconds">The measured time.</param>
/// <param name="Errors">Wrong answers and broken connections altogether.</param>
/// <param name="P50">Median time of a request in ms.</param>
/// <param name="P99">99th percentile in ms.</param>
internal sealed record LoadResult(long Answered, long Measured, double Seconds, long Errors, double P50, double P99);
