using System.Text;
using TrafficAudit.Classification.Correlation;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.Correlation;

/// <summary>A case of invented devices: flows are added in the order of time, then compared.</summary>
internal sealed class Recordings
{
    public const string Host = "log.sdk.example";

    private readonly Dictionary<string, SessionFacts> _sessions = new(StringComparer.Ordinal);
    private long _number;

    public List<FlowRecord> Flows { get; } = [];

    /// <summary>Two devices, each recorded twice by turns, the second time after a re-install; the same app and persona.</summary>
    public static Recordings OfTwoDevices(Func<string, int, int, string> body, int flows = 3)
    {
        var recordings = new Recordings();
        foreach (var session in new[] { 1, 2 })
        {
            foreach (var device in new[] { "a", "b" })
            {
                recordings.Session(device, session, reinstalled: session == 2);
                for (var i = 0; i < flows; i++)
                {
                    recordings.Send(device, session, body(device, session, i));
                }
            }
        }

        return recordings;
    }

    public Recordings Session(string device, int session, bool reinstalled = false, string? version = "1.0", string? persona = "test shopper", string? scenario = null)
    {
        _sessions[Id(device, session)] = new SessionFacts($"phone {device}", version, persona, reinstalled ? "reinstall" : scenario);
        return this;
    }

    public Recordings Send(string device, int session, string json, string? phase = null) => Send(
        device, session, Some.Message($"POST /v1/events HTTP/1.1\nHost: {Host}\nContent-Type: application/json", json), phase);

    public Recordings Send(string? device, int session, Message request, string? phase = null)
    {
        var flow = Some.Flow(++_number, Host, request: request);
        return Send(flow with { Metadata = flow.Metadata with { Phase = phase } }, device, session);
    }

    public Recordings Send(FlowRecord flow, string? device, int session)
    {
        Flows.Add(flow with
        {
            Metadata = flow.Metadata with { Device = device, Session = device is null ? null : Id(device, session), Started = Some.Time.AddSeconds(flow.Metadata.Number) },
        });
        _number = flow.Metadata.Number;
        return this;
    }

    public LaunchMap Launches() => new(Flows.Select(Summary));

    public CorrelationResult Judge(CorrelationLimits? limits = null)
    {
        var correlator = new Correlator(Launches(), limits);
        Flows.ForEach(correlator.Observe);
        return correlator.Judge(_sessions);
    }

    /// <summary>The findings in one flow, beside those that a real classifier makes.</summary>
    public IReadOnlyList<Finding> Findings(int flow, Persona? persona = null)
    {
        var result = Judge();
        return Find(new CorrelationMatcher(result, Launches()), Flows[flow], persona);
    }

    public static IReadOnlyList<Finding> Find(CorrelationMatcher matcher, FlowRecord flow, Persona? persona = null) =>
        matcher.Findings(flow, matcher.Match(flow), new Classifier(persona ?? Persona.None).Classify(flow).Findings);

    private static string Id(string device, int session) => $"s{session}-{device}";

    private static FlowSummary Summary(FlowRecord flow) => new()
    {
        Number = flow.Metadata.Number,
        Kind = flow.Metadata.Kind,
        Time = flow.Metadata.Started,
        Session = flow.Metadata.Session,
        Phase = flow.Metadata.Phase,
        Device = flow.Metadata.Device,
        Method = "POST",
        Scheme = flow.Metadata.Scheme,
        Host = flow.Metadata.Host,
        Port = flow.Metadata.Port,
        Path = "/",
    };
}

/// <summary>Generated values that are the same for the same name.</summary>
internal static class Generated
{
    public static string Hex(string name, int digits = 32) => Convert.ToHexStringLower(Bytes(name, (digits + 1) / 2))[..digits];

    public static string Uuid(string name) => new Guid(Bytes(name, 16)).ToString();

    public static string Base64(string name, int bytes) => Convert.ToBase64String(Bytes(name, bytes));

    public static byte[] Bytes(string name, int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i += 32)
        {
            var block = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"{name} {i}"));
            block.AsSpan(0, Math.Min(32, count - i)).CopyTo(bytes.AsSpan(i));
        }

        return bytes;
    }
}
