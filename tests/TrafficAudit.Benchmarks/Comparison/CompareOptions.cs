namespace TrafficAudit.Benchmarks.Comparison;

/// <summary>How the comparison is run.</summary>
/// <param name="Program">The built program (trafficaudit.dll).</param>
/// <param name="Candidates">Which candidates, of bare, trafficaudit and mitmdump.</param>
/// <param name="Protocols">Which protocols, of http1 and http2.</param>
/// <param name="Rounds">How often each is measured; medians are reported.</param>
/// <param name="WarmUp">Seconds of load before each measurement.</param>
/// <param name="Duration">Seconds of each measurement.</param>
/// <param name="Connections">HTTP/1.1: client connections.</param>
/// <param name="Http2Connections">HTTP/2: client connections.</param>
/// <param name="Streams">HTTP/2: requests under way on each connection.</param>
internal sealed record CompareOptions(
    string Program, IReadOnlyList<string> Candidates, IReadOnlyList<string> Protocols, int Rounds, int WarmUp, int Duration, int Connections, int Http2Connections,
    int Streams);
