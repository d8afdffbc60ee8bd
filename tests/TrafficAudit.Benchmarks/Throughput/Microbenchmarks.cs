using BenchmarkDotNet.Attributes;
using TrafficAudit.Benchmarks.Traffic;
using TrafficAudit.Classification;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Benchmarks.Throughput;

/// <summary>Messages to fields.</summary>
[MemoryDiagnoser]
public class DecodingBenchmarks
{
    /// <summary>The message's name in <see cref="Samples"/>.</summary>
    [ParamsSource(nameof(Names))]
    public string Sample { get; set; } = "";

    /// <summary>All messages.</summary>
    public static IEnumerable<string> Names => Samples.All.Select(s => s.Name);

    private FlowRecord _flow = null!;

    /// <summary>Finds the message.</summary>
    [GlobalSetup]
    public void Prepare() => _flow = Samples.All.Single(s => s.Name == Sample).Flow;

    /// <summary>Both messages of the flow.</summary>
    [Benchmark]
    public int Decode() =>
        MessageDecoder.Decode(MessageKind.Request, _flow.Request!).Roots.Count + MessageDecoder.Decode(MessageKind.Response, _flow.Response!).Roots.Count;
}

/// <summary>Messages to findings.</summary>
[MemoryDiagnoser]
public class ClassificationBenchmarks
{
    private readonly Classifier _classifier = new(BenchPersona.Value);

    private FlowRecord _flow = null!;

    /// <inheritdoc cref="DecodingBenchmarks.Sample"/>
    [ParamsSource(typeof(DecodingBenchmarks), nameof(DecodingBenchmarks.Names))]
    public string Sample { get; set; } = "";

    /// <summary>Finds the message.</summary>
    [GlobalSetup]
    public void Prepare() => _flow = Samples.All.Single(s => s.Name == Sample).Flow;

    /// <summary>The whole flow, with a persona of 25 values.</summary>
    [Benchmark]
    public int Classify() => _classifier.Classify(_flow).Findings.Count;
}
